#include "spotting/offset_histogram.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {

void PrintTo(const Candidate& candidate, std::ostream* out) {
  *out << candidate.source.value << '@' << candidate.offset.value << 'x' << candidate.support;
}

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// The slow twin: a map of counts, asked cell by cell. Of equal neighbours the first is the
/// maximum.
std::vector<Candidate> slow_candidates(const std::vector<Vote>& votes, int window, int least,
                                       std::size_t most) {
  std::map<std::pair<std::uint32_t, int>, int> counts;
  for (const Vote& vote : votes) ++counts[{vote.source.value, vote.offset.value}];
  const auto count = [&](std::uint32_t source, int offset) {
    const auto it = counts.find({source, offset});
    return it == counts.end() ? 0 : it->second;
  };
  std::vector<Candidate> candidates;
  for (const auto& [place, here] : counts) {
    const int before = count(place.first, place.second - 1);
    const int after = count(place.first, place.second + 1);
    if (before + here + after >= least && here > before && here >= after) {
      candidates.push_back(
          {SourceId(place.first), Tick(place.second), window, before + here + after});
    }
  }
  std::ranges::stable_sort(candidates, [](const Candidate& a, const Candidate& b) {
    return std::tuple(b.support, a.source, a.offset) < std::tuple(a.support, b.source, b.offset);
  });
  while (candidates.size() > most) {
    const int last = candidates.back().support;
    std::erase_if(candidates, [&](const Candidate& c) { return c.support == last; });
  }
  return candidates;
}

std::vector<Vote> votes_at(std::uint32_t source, int offset, int count) {
  return std::vector<Vote>(static_cast<std::size_t>(count), {SourceId(source), Tick(offset)});
}

std::vector<Vote> operator+(std::vector<Vote> a, const std::vector<Vote>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

TEST(OffsetHistogram, EqualsItsSlowTwinOnRandomVotes) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    test::Random random(seed);
    std::vector<Vote> votes(static_cast<std::size_t>(random.below(400)));
    const int sources = random.within(1, 6);
    const int offsets = random.within(1, 60);
    for (Vote& vote : votes) {
      vote.source = SourceId(static_cast<std::uint32_t>(random.within(1, sources)));
      vote.offset = Tick(random.within(-offsets, offsets));
    }
    const int least = random.within(1, 6);
    const auto most = static_cast<std::size_t>(random.below(12));
    const auto expected = slow_candidates(votes, 17, least, most);
    EXPECT_EQ(strongest_candidates(votes, 17, least, most), expected);
  }
}

/// So many that those which can't matter are dropped before they are sorted.
TEST(OffsetHistogram, EqualsItsSlowTwinOnVeryManyVotes) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    test::Random random(seed);
    std::vector<Vote> votes(static_cast<std::size_t>(random.within(4'000, 40'000)));
    const int offsets = random.within(100, 30'000);
    for (Vote& vote : votes) {
      vote.source = SourceId(static_cast<std::uint32_t>(random.within(1, 30)));
      vote.offset = Tick(random.within(-offsets, offsets));
    }
    const auto loud = votes_at(3, 500, 300);  // more than a byte counts
    votes.insert(votes.end(), loud.begin(), loud.end());
    const int least = random.within(2, 300);
    const auto expected = slow_candidates(votes, 1, least, 1'000);
    EXPECT_EQ(strongest_candidates(votes, 1, least, 1'000), expected);
    EXPECT_FALSE(expected.empty());
  }
}

TEST(OffsetHistogram, NeighboursSupportEachOtherOnlyWithinARecording) {
  auto votes = votes_at(1, 10, 3) + votes_at(1, 11, 2) + votes_at(1, 9, 1) + votes_at(2, 12, 4);
  EXPECT_THAT(
      strongest_candidates(votes, 5, 1, 9),
      ElementsAre(Candidate{SourceId(1), Tick(10), 5, 6}, Candidate{SourceId(2), Tick(12), 5, 4}));
}

TEST(OffsetHistogram, TiesGoByRecordingThenOffset) {
  auto votes = votes_at(9, 1, 3) + votes_at(2, 50, 3) + votes_at(2, -50, 3) + votes_at(4, 0, 4);
  EXPECT_THAT(
      strongest_candidates(votes, 0, 3, 4),
      ElementsAre(Candidate{SourceId(4), Tick(0), 0, 4}, Candidate{SourceId(2), Tick(-50), 0, 3},
                  Candidate{SourceId(2), Tick(50), 0, 3}, Candidate{SourceId(9), Tick(1), 0, 3}));
}

TEST(OffsetHistogram, WhatTooManyHaveSaysNothing) {
  auto votes = votes_at(9, 1, 3) + votes_at(2, 50, 3) + votes_at(2, -50, 3) + votes_at(4, 0, 4);
  EXPECT_THAT(strongest_candidates(votes, 0, 3, 3),
              ElementsAre(Candidate{SourceId(4), Tick(0), 0, 4}));
}

TEST(OffsetHistogram, TooLittleSupportIsNothing) {
  auto votes = votes_at(1, 10, 2) + votes_at(1, 11, 1);
  EXPECT_THAT(strongest_candidates(votes, 0, 4, 9), IsEmpty());
  std::vector<Vote> none;
  EXPECT_THAT(strongest_candidates(none, 0, 1, 9), IsEmpty());
}

}  // namespace
}  // namespace needledrop
