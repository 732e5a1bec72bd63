#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "spotting/offset_histogram.h"
#include "spotting/peak_grid.h"
#include "spotting/peak_index.h"

namespace needledrop {

/// What it is worth that the recording has the episode's peak, too: half nats.
int votes_of_coincidence(const PeakGrid& episode, const Peak& peak);

/// Finds places of the indexed recordings that windows of the episode may come from. Where a hash
/// needs two peaks that survived, here every single one votes (as PeakFP does, the strongest method
/// of BAF, Cortès et al., ISMIR 2022), by how surprising it would be by chance: so music is found
/// of which no landmark has survived, and the work grows with what is indexed. Immutable; keeps
/// references to index and episode. The result does not depend on `threads`.
class CloseSearch {
 public:
  CloseSearch(const PeakIndex& index, const PeakGrid& episode, unsigned threads);

  /// The few places of each window that stand out from all its others, by window, best first;
  /// support counts the votes for the place's tick twice and those for the ticks beside it once.
  /// `windows` are numbers as find_candidates counts them, ascending; the recordings are supposed
  /// to be played like `playback`, whose ratios may be off by 0.2 %. Of the votes that each
  /// block could cast this share is, by the peaks at rare frequencies first. An episode that is
  /// indexed itself is `own`: places less than a window from the one that asks are none, and chance
  /// is learned without them.
  [[nodiscard]] std::vector<Candidate> find(std::span<const int> windows, const Playback& playback,
                                            double share_of_votes = 1,
                                            std::optional<SourceId> own = std::nullopt) const;

  [[nodiscard]] const PeakIndex& index() const { return index_; }
  [[nodiscard]] const PeakGrid& episode() const { return episode_; }
  [[nodiscard]] unsigned threads() const { return threads_; }

  /// A peak of the episode that votes.
  struct Voter {
    std::int16_t delay = 0;       // ticks from the block's start
    std::uint16_t frequency = 0;  // in eighths of a bin
    Channel channel = Channel::kMid;
    std::uint8_t votes = 0;
  };
  using Voters = std::vector<Voter>;
  /// The same as it asks the index of recordings that are played in some way.
  struct Query {
    PeakIndex::Rows rows;
    std::int16_t delay = 0;  // ticks of the recording
    std::uint8_t votes = 0;
  };
  using Queries = std::vector<Query>;

 private:
  [[nodiscard]] Queries queries_of(int block, const Playback& playback,
                                   double share_of_votes) const;

  const PeakIndex& index_;
  const PeakGrid& episode_;
  unsigned threads_;
  std::vector<Voters> blocks_;  // those worth most first
};

}  // namespace needledrop
