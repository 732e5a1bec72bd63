#include "media/seen_pictures.h"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace needledrop {
namespace {

Seen checked(Seen seen, Result<DecodedPicture> decoded, const std::string& path) {
  if (!decoded.has_value()) {
    ADD_FAILURE() << path << ": " << decoded.error().message;
  } else {
    seen.decoded = *std::move(decoded);
  }
  return seen;
}

}  // namespace

GroupPlan AllOfThem::plan(const PictureGroup& group) {
  const std::size_t all = group.pictures.size();
  if (all < 2 || group.decoded.size() > 1) return {};
  return {all, {{0, all}}};
}

Seen see(const std::string& path, const PictureOptions& options) {
  Seen seen;
  auto decoded = decode_picture(path, seen, options);
  return checked(std::move(seen), std::move(decoded), path);
}

Seen see(const std::string& path, GroupPlanner& planner, const PictureOptions& options) {
  Seen seen;
  auto decoded = decode_groups(path, planner, seen, options);
  return checked(std::move(seen), std::move(decoded), path);
}

std::vector<long> times_of(const std::vector<Thumb>& thumbs) {
  std::vector<long> times;
  for (const Thumb& thumb : thumbs) times.push_back(thumb.time.count());
  return times;
}

double mean_luma(const Thumb& thumb) {
  return std::accumulate(thumb.luma.begin(), thumb.luma.end(), 0.0) /
         static_cast<double>(thumb.luma.size());
}

std::vector<long> even_times(std::size_t count, long numerator, long denominator, double start) {
  std::vector<long> times;
  for (std::size_t i = 0; i < count; ++i) {
    const double length =
        1'000.0 * static_cast<double>(denominator) / static_cast<double>(numerator);
    times.push_back(std::lround(start + static_cast<double>(i) * length));
  }
  return times;
}

std::string numbered_pictures(const std::string& rate, int count, const std::string& size) {
  return "-f lavfi -i \"nullsrc=s=" + size + ":r=" + rate +
         ",format=yuv420p,geq=lum='30+mod(N*37,180)':cb=128:cr=128\" -frames:v " +
         std::to_string(count) + " ";
}

int grey_of(std::size_t number) {
  return static_cast<int>(30 + number * 37 % 180);
}

}  // namespace needledrop
