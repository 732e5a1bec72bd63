#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/units.h"
#include "media/thumb.h"

namespace needledrop {

/// A picture of an episode as it is kept, so that footage from around it is known again.
struct FootagePicture {
  static constexpr int kWidth = 32;
  static constexpr int kHeight = 18;
  static constexpr int kChromaWidth = 16;
  static constexpr int kChromaHeight = 9;
  using Luma = std::array<std::uint8_t, std::size_t{kWidth} * kHeight>;
  using Chroma = std::array<std::uint8_t, std::size_t{kChromaWidth} * kChromaHeight>;

  Milliseconds time{0};
  bool is_new = false;  // unlike the picture shown before it
  Luma luma{};          // means of a thumb's pixels
  Chroma blue{};
  Chroma red{};

  friend bool operator==(const FootagePicture&, const FootagePicture&) = default;
};

/// By time, strictly ascending, from 0 to kLatestFootage; at most kMostFootage.
using Footage = std::vector<FootagePicture>;
inline constexpr Milliseconds kLatestFootage{std::int64_t{1} << 29};  // six days
inline constexpr std::size_t kMostFootage = 300'000;                  // 62 hours at 4,800 each

FootagePicture footage_picture_of(const Thumb& thumb);

/// Are two pictures that follow each other of different shots, as far as a glance tells?
bool is_abrupt(const Thumb& before, const Thumb& after);

/// Thumbs in, footage out: a picture a second, more often where much moves, and those on both sides
/// of a sudden change, which tell the time to the frame. At most 4,800 an hour in the long run.
/// Thumbs may be far apart; those that would not be footage are left out.
class FootageMaker final : public ThumbSink {
 public:
  void on_thumb(const Thumb& thumb) override;
  /// The last call.
  Footage finish();

 private:
  void keep(const Thumb& thumb, bool is_new);
  [[nodiscard]] bool has_room(Milliseconds time) const;

  Footage footage_;
  std::optional<Thumb> before_;
};

}  // namespace needledrop
