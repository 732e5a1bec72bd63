#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

namespace needledrop {

/// An integer with a meaning of its own: no conversion to or from other integers happens unseen.
/// Trivially copyable, as large as Rep.
template <typename Tag, typename Rep>
struct StrongNumber {
  using rep = Rep;
  Rep value = 0;

  constexpr StrongNumber() = default;
  constexpr explicit StrongNumber(Rep v) : value(v) {}
  friend constexpr auto operator<=>(StrongNumber, StrongNumber) = default;
};

/// One analysis hop (see fingerprint/parameters.h): the integer time of the engine. Differences of
/// ticks are ticks.
struct Tick : StrongNumber<Tick, std::int32_t> {
  using StrongNumber::StrongNumber;
  friend constexpr Tick operator+(Tick a, Tick b) { return Tick(a.value + b.value); }
  friend constexpr Tick operator-(Tick a, Tick b) { return Tick(a.value - b.value); }
};

/// A source: a recording, or an episode's media file. Given out by the catalogue, never reused.
struct SourceId : StrongNumber<SourceId, std::uint32_t> {
  using StrongNumber::StrongNumber;
};

/// The packed key of a landmark (see fingerprint/hash.h).
struct Hash : StrongNumber<Hash, std::uint32_t> {
  using StrongNumber::StrongNumber;
};

using Milliseconds = std::chrono::milliseconds;

/// The half-open interval [start, end), in milliseconds from the earliest presented sample.
struct Span {
  Milliseconds start{0};
  Milliseconds end{0};

  [[nodiscard]] constexpr Milliseconds length() const { return end - start; }
  friend constexpr auto operator<=>(const Span&, const Span&) = default;
};

}  // namespace needledrop
