#pragma once

#include <string_view>

#include "base/units.h"

namespace needledrop {

/// How one shot gives way to the next.
enum class TransitionKind {
  kCut,
  kDissolve,
  kFade,  // through black, white or another flat picture
};

std::string_view to_string(TransitionKind kind);

struct Transition {
  TransitionKind kind = TransitionKind::kCut;
  /// Of a cut: when the new shot's first picture is shown. Of the others: the middle.
  Milliseconds time{0};
  /// From the last picture that is all the shot before to the first that is all the shot after; of
  /// a cut both are its time.
  Span span;

  friend constexpr auto operator<=>(const Transition&, const Transition&) = default;
};

/// The pictures between two transitions. A shot goes from the middle of one to the middle of the
/// next.
struct Shot {
  Span span;
  Milliseconds still{0};  // when its most typical picture is shown
};

}  // namespace needledrop
