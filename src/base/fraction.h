#pragma once

namespace needledrop {

/// A fraction, as of frames a second; 0/1 when unknown.
struct Fraction {
  int numerator = 0;
  int denominator = 1;
  friend bool operator==(const Fraction&, const Fraction&) = default;
};

}  // namespace needledrop
