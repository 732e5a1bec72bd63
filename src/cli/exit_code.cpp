#include "cli/exit_code.h"

#include <algorithm>
#include <array>

namespace needledrop {

int exit_code(Error::Kind kind) {
  switch (kind) {
    case Error::Kind::kInvalidArgument:
    case Error::Kind::kAmbiguous:
      return kExitUsage;
    case Error::Kind::kCorrupt:
    case Error::Kind::kBusy:
    case Error::Kind::kUnsupported:
      return kExitDesk;
    case Error::Kind::kNotFound:
    case Error::Kind::kIo:
    case Error::Kind::kCancelled:
      break;
  }
  return kExitFailed;
}

int exit_code_of_input(Error::Kind kind) {
  switch (kind) {
    case Error::Kind::kNotFound:
    case Error::Kind::kIo:
    case Error::Kind::kUnsupported:
      return kExitInput;
    default:
      return exit_code(kind);
  }
}

int graver_exit_code(int a, int b) {
  constexpr std::array kRising = {kExitDone, kExitInput, kExitFailed, kExitUsage, kExitDesk};
  const auto rank = [&](int code) { return std::ranges::find(kRising, code) - kRising.begin(); };
  return rank(a) < rank(b) ? b : a;
}

}  // namespace needledrop
