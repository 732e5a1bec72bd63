#pragma once

#include <string>
#include <string_view>

namespace needledrop {

/// Why an operation on the outside world failed, in kinds that a caller can act on.
/// A broken precondition is a bug, not an Error: see ND_ASSERT.
struct Error {
  enum class Kind {
    kNotFound,         // the thing named does not exist
    kInvalidArgument,  // the caller asked for something that can't be done; a usage error
    kAmbiguous,        // the name fits several things; the message lists them
    kCorrupt,          // bytes that a reader must reject
    kUnsupported,      // well formed, but not for this version or build
    kIo,               // the system refused to read or write
    kBusy,             // somebody else holds the lock; the message names the pid
    kCancelled,        // a person or a caller asked to stop
  };

  Kind kind = Kind::kIo;
  std::string message;

  /// The same error with `context` (a file's name, an offset) and ": " before its message.
  [[nodiscard]] Error in(std::string_view context) const;
};

std::string_view to_string(Error::Kind kind);

}  // namespace needledrop
