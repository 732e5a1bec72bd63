#include "cli/advice.h"

#include <string_view>

namespace needledrop {
namespace {

std::string_view advice(Error::Kind kind) {
  switch (kind) {
    case Error::Kind::kCorrupt:
      return "to mend what is damaged, run: needledrop check --repair";
    case Error::Kind::kBusy:
      return "try again when it is done";
    case Error::Kind::kUnsupported:
      return "use the version of needledrop that wrote it, or a newer one";
    case Error::Kind::kIo:
      return "make room on the disk, or change permissions, and try again";
    default:
      return "";
  }
}

std::string_view input_advice(Error::Kind kind) {
  switch (kind) {
    case Error::Kind::kUnsupported:
      return "check that it plays, with sound";
    case Error::Kind::kNotFound:
      return "check the path";
    case Error::Kind::kIo:
      return "check the disk and the file's permissions";
    default:
      return advice(kind);
  }
}

std::string joined(const Error& error, std::string_view what_to_do) {
  const bool says_it = error.message.find("; ") != std::string::npos;
  if (says_it || what_to_do.empty()) return error.message;
  return error.message + "; " + std::string(what_to_do);
}

}  // namespace

std::string advised(const Error& error) {
  return joined(error, advice(error.kind));
}

std::string advised_input(const Error& error) {
  return joined(error, input_advice(error.kind));
}

}  // namespace needledrop
