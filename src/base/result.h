#pragma once

#include <utility>

#include <tl/expected.hpp>

#include "base/error.h"

namespace needledrop {

/// A value, or the Error that kept it from being made. A dropped Result is a compiler warning.
/// Only has_value, *, ->, error and value_or are used, so that std::expected can replace the base.
template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
  // NOLINTNEXTLINE(google-explicit-constructor): implicit, as std::expected is from unexpected
  Result(Error error) : tl::expected<T, Error>(tl::unexpected<Error>(std::move(error))) {}
};

/// Makes an Error from a kind and a message that is already formatted.
inline Error fail(Error::Kind kind, std::string message) {
  return {kind, std::move(message)};
}

}  // namespace needledrop

#define ND_CONCAT_INNER(a, b) a##b
#define ND_CONCAT(a, b) ND_CONCAT_INNER(a, b)

/// Returns from the calling function with the error of `expr`, if it has one.
#define ND_TRY(expr)                                            \
  do {                                                          \
    if (auto nd_result = (expr); !nd_result.has_value()) {      \
      return ::needledrop::Error(std::move(nd_result.error())); \
    }                                                           \
  } while (false)

#define ND_TRY_ASSIGN_INNER(temporary, decl, expr)            \
  auto temporary = (expr);                                    \
  if (!temporary.has_value()) {                               \
    return ::needledrop::Error(std::move(temporary.error())); \
  }                                                           \
  decl = std::move(*temporary)

/// Declares or assigns `decl` from the value of `expr`, or returns with its error.
#define ND_TRY_ASSIGN(decl, expr) \
  ND_TRY_ASSIGN_INNER(ND_CONCAT(nd_result_, __COUNTER__), decl, expr)
