#pragma once

#include <cstddef>
#include <vector>

#include "scenes/picture_series.h"

namespace needledrop {

/// A stretch of a series in which one picture turns evenly into another.
struct Gradual {
  std::size_t first = 0;  // the last moment that is all the picture before
  std::size_t last = 0;   // the first that is all the picture after
  double weight = 0;      // how much changes, and how evenly

  friend bool operator==(const Gradual&, const Gradual&) = default;
};

/// Those between two moments, which are no more than one shot's own beginning and end apart from
/// them: not overlapping, by time.
std::vector<Gradual> find_graduals(const PictureSeries& series, std::size_t begin, std::size_t end);

/// Is the picture of one colour, as far as can be said beside another?
bool is_flat(const PictureMoment& moment, const PictureMoment& other);

}  // namespace needledrop
