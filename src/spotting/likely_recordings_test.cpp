#include "spotting/likely_recordings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/test_episode.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A catalogue of silence; what counts is how long it lasts.
class LikelyRecordingsTest : public testing::Test {
 protected:
  SourceId add(int hours) {
    PeakList list;
    list.length = Tick(test::ticks_of(hours * 3'600.0));
    return index_.add(list);
  }
  [[nodiscard]] std::vector<SourceId> likely(const Albums& albums,
                                             const RecordingEvidence& found) const {
    const auto recordings = likely_recordings(*index_.snapshot(), albums, found);
    std::vector<SourceId> sources;
    for (const auto& [source, peaks] : recordings.value()) sources.push_back(source);
    return sources;
  }

  test::TestIndex index_;
};

TEST_F(LikelyRecordingsTest, AllOfASmallCatalogueAre) {
  const auto a = add(5);
  const auto b = add(6);
  EXPECT_EQ(catalogue_ticks(*index_.snapshot()), test::ticks_of(11 * 3'600.0));
  EXPECT_THAT(likely({}, {}), ElementsAre(a, b));
}

TEST_F(LikelyRecordingsTest, OfALargeOneWhatWasFoundAndItsAlbum) {
  add(13);
  const auto found = add(1);
  const auto companion = add(1);
  const auto other = add(1);
  EXPECT_THAT(likely({{found, 1}, {companion, 1}, {other, 2}}, {}), IsEmpty());
  EXPECT_THAT(likely({{found, 1}, {companion, 1}, {other, 2}}, {{found, 30.0}}),
              ElementsAre(found, companion));
}

TEST_F(LikelyRecordingsTest, TheLikeliestFirstAsFarAsTheyGo) {
  const auto weak = add(1);
  const auto of_weak = add(5);
  const auto strong = add(1);
  const auto of_strong = add(7);
  const auto too_long = add(20);
  const Albums albums = {{weak, 1}, {of_weak, 1}, {strong, 2}, {of_strong, 2}, {too_long, 2}};
  EXPECT_THAT(likely(albums, {{weak, 30.0}, {strong, 90.0}}), ElementsAre(weak, strong, of_strong));
}

TEST_F(LikelyRecordingsTest, EvidenceOfOneRecordingAddsUp) {
  RecordingEvidence evidence;
  const auto finding = [](std::uint32_t source, double nats) {
    return Finding{{SourceId(source), Tick(0)}, {0, 100, nats}, {}};
  };
  add_evidence(std::vector{finding(1, 30), finding(2, 20), finding(1, 40)}, evidence);
  EXPECT_EQ(evidence, (RecordingEvidence{{SourceId(1), 70.0}}));
}

}  // namespace
}  // namespace needledrop
