#include "desk/broadcast_parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/catalogue_test.h"
#include "desk/desk.h"

namespace needledrop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class BroadcastPartsTest : public CatalogueFixture {
 protected:
  SourceId spot(std::string path, std::string cut, std::optional<int> part = std::nullopt) {
    NewEpisode made = episode_of(desk_.catalogue(), std::move(path));
    made.episode.id = episode_;
    made.file.cut = std::move(cut);
    made.file.part = part;
    episode_ = store(desk_.catalogue(), made);
    return made.file.id;
  }

  std::vector<SourceId> files(Result<std::vector<SpottedFile>> parts) {
    std::vector<SourceId> ids;
    for (const SpottedFile& part : value_of(std::move(parts))) ids.push_back(part.file.id);
    return ids;
  }

  std::unique_ptr<FileSystem> files_ = posix_file_system();
  Desk desk_ = *Desk::open(*files_, system_clock(), folder_ + "/desk", Desk::Purpose::kCreate);
  std::int64_t episode_ = 0;
};

TEST_F(BroadcastPartsTest, TheNewestFileOfAPartCounts) {
  const SourceId second = spot("e01 part 2.mkv", "", 2);
  const SourceId old = spot("e01 part 1.mkv", "", 1);
  const SourceId newer = spot("e01 part 1.ts", "", 1);
  const SourceId director = spot("e01 director.mkv", "director");
  EXPECT_NE(old, newer);
  EXPECT_THAT(files(broadcast_parts(desk_, episode_)), ElementsAre(newer, second));
  EXPECT_THAT(files(parts_of_cut(desk_, episode_, "director")), ElementsAre(director));
  EXPECT_THAT(files(parts_of_cut(desk_, episode_, "none")), IsEmpty());
}

TEST_F(BroadcastPartsTest, TheBroadcastCutIsMeantOrTheOnlyOne) {
  spot("e01 director.mkv", "director");
  EXPECT_EQ(value_of(meant_cut(desk_, episode_, std::nullopt)), "director");
  EXPECT_THAT(files(broadcast_parts(desk_, episode_)), testing::SizeIs(1));
  spot("e01 airline.mkv", "airline");
  const Error several = error_of(meant_cut(desk_, episode_, std::nullopt));
  EXPECT_EQ(several.kind, Error::Kind::kAmbiguous);
  EXPECT_THAT(several.message, HasSubstr("\"airline\", \"director\""));
  EXPECT_EQ(value_of(meant_cut(desk_, episode_, "director")), "director");
  const Error none = error_of(meant_cut(desk_, episode_, ""));
  EXPECT_EQ(none.kind, Error::Kind::kNotFound);
  spot("e01.mkv", "");
  EXPECT_EQ(value_of(meant_cut(desk_, episode_, std::nullopt)), "");
  EXPECT_THAT(value_of(spotted_cuts(desk_, episode_)), ElementsAre("", "airline", "director"));
  EXPECT_THAT(error_of(meant_cut(desk_, episode_, "x")).message, HasSubstr("the broadcast cut"));
}

}  // namespace
}  // namespace needledrop
