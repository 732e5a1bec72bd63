/// music_feature_table FILE: what tells music from other sound in the file
/// (spotting/music_features.h), one line an entry of the level curve: the features of mid, then of
/// side. Used by fit_activity.py.

#include <cstdio>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "fingerprint/fingerprinter.h"
#include "media/media_file.h"
#include "spotting/music_features.h"

namespace needledrop {
namespace {

Result<PeakList> analyse(const char* path) {
  ND_TRY_ASSIGN(const auto file, MediaFile::open(path, {}));
  Fingerprinter fingerprinter(Detail::kEpisode);
  ND_TRY(file->decode(fingerprinter, {}, {}));
  return fingerprinter.finish();
}

}  // namespace
}  // namespace needledrop

int main(int argc, char** argv) {
  using namespace needledrop;
  const auto list = analyse(argc == 2 ? argv[1] : "");
  if (!list.has_value()) {
    fmt::print(stderr, "music_feature_table: {}\n", list.error().message);
    return 1;
  }
  const auto mid = music_features(list->textures[0]);
  auto side = music_features(list->textures[1]);
  side.resize(mid.size());
  for (std::size_t entry = 0; entry < mid.size(); ++entry) {
    fmt::print("{:.5g} {:.5g}\n", fmt::join(mid[entry], " "), fmt::join(side[entry], " "));
  }
  return 0;
}
