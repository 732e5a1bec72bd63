#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace needledrop {

/// One channel of one stream of sound, both counted from 0.
struct Leg {
  std::size_t stream = 0;
  std::size_t channel = 0;
  friend bool operator==(const Leg&, const Leg&) = default;
};

/// A short stretch of several legs at kAnalysisRate, taken at the same time and equally long.
struct Excerpt {
  std::vector<std::vector<float>> legs;
};

/// Listens to a file here and there, to tell how its channels belong together: stretches of
/// kExcerptSeconds spread over the whole length, fewer the more legs there are, at most 90 s in all
/// and at most kExcerptBytes read. The order of the stretches is scattered, so that what the bounds
/// allow is spread as well. A file that can't be read gives no excerpts. Deterministic.
std::vector<Excerpt> take_excerpts(const std::string& path, const std::vector<Leg>& legs);

inline constexpr double kExcerptSeconds = 1.25;
inline constexpr std::int64_t kExcerptBytes = 512LL << 20;

}  // namespace needledrop
