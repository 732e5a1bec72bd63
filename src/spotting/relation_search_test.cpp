#include "spotting/relation_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotting/test_versions.h"

namespace needledrop {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

std::vector<Relation> relations_of(const test::TestIndex& index, std::uint32_t id) {
  const auto found = find_relations(*index.snapshot(), SourceId(id));
  EXPECT_TRUE(found.has_value()) << found.error().message;
  return found.value_or(std::vector<Relation>());
}

class RelationSearchTest : public testing::Test {
 protected:
  PeakList song_ = test::random_recording(3'000, 1);
  PeakList vocal_ = test::with_voice(song_, 500, 2'000, 2);
  PeakList edit_ =
      test::joined(test::cut_out(song_, 100, 1'200), test::cut_out(song_, 2'200, 2'900));
  PeakList other_ = test::random_recording(3'000, 3);
};

TEST_F(RelationSearchTest, FindsTheFamilyAndNobodyElse) {
  test::TestIndex index;
  for (const PeakList& list : {song_, other_, vocal_, edit_}) index.add(list);
  EXPECT_THAT(relations_of(index, 2), IsEmpty());
  const auto found = relations_of(index, 1);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].a, SourceId(1));
  EXPECT_EQ(found[0].b, SourceId(3));
  EXPECT_EQ(found[0].kind, RelationKind::kVersion);
  EXPECT_EQ(found[1].b, SourceId(4));
  EXPECT_EQ(found[1].kind, RelationKind::kEdit);
}

TEST_F(RelationSearchTest, IsTheSameFromEitherEnd) {
  test::TestIndex index;
  for (const PeakList& list : {edit_, song_, vocal_}) index.add(list);
  const auto from_first = relations_of(index, 1);
  const auto from_second = relations_of(index, 2);
  const auto from_third = relations_of(index, 3);
  ASSERT_THAT(from_first, SizeIs(2));
  ASSERT_THAT(from_second, SizeIs(2));
  ASSERT_THAT(from_third, SizeIs(2));
  EXPECT_EQ(from_first[0], from_second[0]);
  EXPECT_EQ(from_first[1], from_third[0]);
  EXPECT_EQ(from_second[1], from_third[1]);
}

TEST_F(RelationSearchTest, DoesNotDependOnWhoElseIsThere) {
  test::TestIndex alone;
  for (const PeakList& list : {song_, edit_}) alone.add(list);
  test::TestIndex crowd;
  for (const PeakList& list : {song_, edit_, vocal_, other_}) crowd.add(list);
  EXPECT_EQ(relations_of(alone, 1).at(0), relations_of(crowd, 1).at(0));
}

TEST_F(RelationSearchTest, ARemovedRecordingHasNoRelations) {
  test::TestIndex index;
  for (const PeakList& list : {song_, vocal_}) index.add(list);
  index.remove(SourceId(2));
  EXPECT_THAT(relations_of(index, 1), IsEmpty());
  EXPECT_EQ(find_relations(*index.snapshot(), SourceId(2)).error().kind, Error::Kind::kNotFound);
}

}  // namespace
}  // namespace needledrop
