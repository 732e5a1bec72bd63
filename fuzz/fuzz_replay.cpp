#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "fuzz_target.h"

/// fuzz_replay CORPUS: runs every file of CORPUS/segment, CORPUS/manifest, CORPUS/merge,
/// CORPUS/subtitles, CORPUS/footage, CORPUS/spreadsheet, CORPUS/sheet and CORPUS/import through its
/// folder's target: whole, cut at every length, and with every byte changed.

namespace needledrop {
namespace {

using Target = void (*)(std::span<const std::uint8_t>);

void replay_one(Target target, const std::vector<std::uint8_t>& seed) {
  target(seed);
  for (std::size_t at = 0; at < seed.size(); ++at) {
    target(std::span(seed).first(at));
    for (const std::uint8_t value : {std::uint8_t{0x00}, std::uint8_t{0x01}, std::uint8_t{0xFF}}) {
      std::vector<std::uint8_t> changed = seed;
      changed[at] = static_cast<std::uint8_t>(changed[at] + value + 1U);
      target(changed);
    }
  }
}

int replay(const std::filesystem::path& folder, Target target) {
  std::vector<std::filesystem::path> paths;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    paths.push_back(file.path());
  }
  std::ranges::sort(paths);
  for (const auto& path : paths) {
    std::printf("%s\n", path.c_str());
    std::ifstream file(path, std::ios::binary);
    replay_one(target, {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
  }
  return static_cast<int>(paths.size());
}

}  // namespace
}  // namespace needledrop

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: fuzz_replay CORPUS\n", stderr);
    return 2;
  }
  const std::filesystem::path corpus = arguments[1];
  const int segments = needledrop::replay(corpus / "segment", needledrop::fuzz_segment);
  const int manifests = needledrop::replay(corpus / "manifest", needledrop::fuzz_manifest);
  const int merges = needledrop::replay(corpus / "merge", needledrop::fuzz_merge);
  const int subtitles = needledrop::replay(corpus / "subtitles", needledrop::fuzz_subtitles);
  const int footage = needledrop::replay(corpus / "footage", needledrop::fuzz_footage);
  const int tables = needledrop::replay(corpus / "spreadsheet", needledrop::fuzz_spreadsheet);
  const int sheets = needledrop::replay(corpus / "sheet", needledrop::fuzz_sheet);
  const int imports = needledrop::replay(corpus / "import", needledrop::fuzz_import);
  std::printf(
      "%d segments, %d manifests, %d merges, %d subtitles, %d footage, %d spreadsheets, %d "
      "sheets, %d imports\n",
      segments, manifests, merges, subtitles, footage, tables, sheets, imports);
  return std::min({segments, manifests, merges, subtitles, footage, tables, sheets, imports}) > 0
             ? 0
             : 1;
}
