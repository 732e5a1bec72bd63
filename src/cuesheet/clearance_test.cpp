#include "cuesheet/clearance.h"

#include <gmock/gmock.h>

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr EntityRef kRecording{EntityKind::kRecording, 3};
constexpr EntityRef kWork{EntityKind::kWork, 8};

LicensedUse use(int seconds, std::string day = "2024-04-14") {
  LicensedUse result;
  result.recording = SourceId(3);
  result.works = {8};
  result.length = std::chrono::seconds(seconds);
  result.day = std::move(day);
  return result;
}

Licence licence(std::int64_t id, Licence::Kind kind) {
  Licence result;
  result.id = id;
  result.kind = kind;
  result.of = kind == Licence::Kind::kMaster ? kRecording : kWork;
  result.reference = "contract " + std::to_string(id);
  return result;
}

std::vector<Clearance> judged(const std::vector<LicensedUse>& uses,
                              const std::vector<Licence>& licences) {
  std::vector<Clearance> result;
  for (const UseClearance& each : clear_uses(uses, licences)) result.push_back(each.clearance);
  return result;
}

const Licence kMaster = licence(1, Licence::Kind::kMaster);
const Licence kSync = licence(2, Licence::Kind::kSync);

TEST(Clearance, AUseNeedsTheRecordingAndEveryWork) {
  EXPECT_THAT(judged({use(30)}, {kMaster, kSync}), ElementsAre(Clearance::kCleared));
  EXPECT_THAT(judged({use(30)}, {kMaster}), ElementsAre(Clearance::kNone));
  EXPECT_THAT(judged({use(30)}, {kSync}), ElementsAre(Clearance::kNone));
  const auto cleared = clear_uses(std::vector{use(30)}, std::vector{kMaster});
  EXPECT_THAT(cleared[0].rights,
              ElementsAre(NeededRight{Licence::Kind::kMaster, kRecording, Clearance::kCleared,
                                      "contract 1"},
                          NeededRight{Licence::Kind::kSync, kWork, Clearance::kNone, ""}));
}

TEST(Clearance, WithoutAnyLicenceEveryRightIsToBeBought) {
  const auto cleared = clear_uses(std::vector{use(30)}, {});
  EXPECT_EQ(cleared[0].clearance, Clearance::kNone);
  EXPECT_THAT(cleared[0].rights, SizeIs(2));
}

TEST(Clearance, WhatWasCommissionedNeedsNone) {
  LicensedUse own = use(30);
  own.origin = CueOrigin::kCommissioned;
  EXPECT_THAT(judged({own}, {kMaster}), ElementsAre(Clearance::kCleared));
  EXPECT_THAT(clear_uses(std::vector{own}, std::vector{kMaster})[0].rights, IsEmpty());
}

TEST(Clearance, MusicThatNobodyKnowsIsNotCleared) {
  EXPECT_THAT(judged({LicensedUse{}}, {kMaster}), ElementsAre(Clearance::kNone));
}

TEST(Clearance, TheUseThatPassesTheLimitAndThoseAfterItAreOver) {
  Licence uses = kMaster;
  uses.most_uses = 2;
  EXPECT_THAT(judged({use(1), use(1), use(1)}, {uses, kSync}),
              ElementsAre(Clearance::kCleared, Clearance::kCleared, Clearance::kOverLimit));
  Licence seconds = kMaster;
  seconds.most_seconds = 60;
  EXPECT_THAT(judged({use(60), use(1)}, {seconds, kSync}),
              ElementsAre(Clearance::kCleared, Clearance::kOverLimit));
}

TEST(Clearance, TheDayOfTheBroadcastDecides) {
  Licence term = kMaster;
  term.first_day = "2024-01-01";
  term.last_day = "2024-04-13";
  EXPECT_THAT(
      judged({use(1), use(1, "2024-04-13"), use(1, "2023-12-31"), use(1, "")}, {term, kSync}),
      ElementsAre(Clearance::kExpired, Clearance::kCleared, Clearance::kExpired,
                  Clearance::kCleared));
}

TEST(Clearance, LicencesAreUsedUpOneAfterTheOther) {
  Licence one = kMaster;
  one.most_uses = 1;
  Licence another = licence(9, Licence::Kind::kMaster);
  another.most_uses = 1;
  EXPECT_THAT(judged({use(1), use(1), use(1)}, {one, kSync, another}),
              ElementsAre(Clearance::kCleared, Clearance::kCleared, Clearance::kOverLimit));
}

TEST(Clearance, ARecordingOfAnUnknownWorkIsNotCleared) {
  LicensedUse unknown = use(1);
  unknown.works.clear();
  const auto cleared = clear_uses(std::vector{unknown}, std::vector{kMaster});
  EXPECT_EQ(cleared[0].clearance, Clearance::kNone);
  EXPECT_EQ(cleared[0].rights.back(),
            (NeededRight{Licence::Kind::kSync, kRecording, Clearance::kNone, ""}));
}

TEST(Clearance, OfSeveralLicencesTheKindestHolds) {
  Licence expired = kMaster;
  expired.last_day = "2020-01-01";
  const Licence renewed = licence(9, Licence::Kind::kMaster);
  const auto cleared = clear_uses(std::vector{use(1)}, std::vector{expired, kSync, renewed});
  EXPECT_EQ(cleared[0].clearance, Clearance::kCleared);
  ASSERT_THAT(cleared[0].rights, SizeIs(2));
  EXPECT_EQ(cleared[0].rights[0].reference, "contract 9");
}

}  // namespace
}  // namespace needledrop
