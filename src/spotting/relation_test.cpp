#include "spotting/relation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Relatives, AreSeenFromBothSides) {
  const Relation edit = {SourceId(2),
                         SourceId(5),
                         RelationKind::kEdit,
                         0.9,
                         {{Tick(0), Tick(100), Tick(-50)}, {Tick(200), Tick(300), Tick(180)}}};
  const Relation version = {
      SourceId(1), SourceId(2), RelationKind::kVersion, 0.5, {{Tick(10), Tick(20), Tick(0)}}};
  const Relatives relatives(std::vector{edit, version});

  EXPECT_THAT(relatives.of(SourceId(3)), IsEmpty());
  const auto of_two = relatives.of(SourceId(2));
  ASSERT_EQ(of_two.size(), 2U);
  EXPECT_EQ(of_two[0].recording, SourceId(1));
  EXPECT_EQ(of_two[1].recording, SourceId(5));
  EXPECT_EQ(of_two[1].stretches, edit.stretches);

  const auto of_five = relatives.of(SourceId(5));
  ASSERT_EQ(of_five.size(), 1U);
  EXPECT_EQ(of_five[0].recording, SourceId(2));
  EXPECT_EQ(of_five[0].kind, RelationKind::kEdit);
  EXPECT_THAT(of_five[0].stretches, ElementsAre(SharedStretch{Tick(20), Tick(120), Tick(-180)},
                                                SharedStretch{Tick(50), Tick(150), Tick(50)}))
      << "in the order of the other recording";
}

}  // namespace
}  // namespace needledrop
