#include "base/error.h"

namespace needledrop {

Error Error::in(std::string_view context) const {
  return {kind, std::string(context) + ": " + message};
}

std::string_view to_string(Error::Kind kind) {
  switch (kind) {
    case Error::Kind::kNotFound:
      return "not found";
    case Error::Kind::kInvalidArgument:
      return "invalid argument";
    case Error::Kind::kAmbiguous:
      return "ambiguous";
    case Error::Kind::kCorrupt:
      return "corrupt";
    case Error::Kind::kUnsupported:
      return "unsupported";
    case Error::Kind::kIo:
      return "input or output failed";
    case Error::Kind::kBusy:
      return "busy";
    case Error::Kind::kCancelled:
      return "cancelled";
  }
  return "unknown";
}

}  // namespace needledrop
