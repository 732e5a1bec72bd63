#include "cuesheet/chapters.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cuesheet/clock_text.h"
#include "cuesheet/line_text.h"
#include "cuesheet/sheet_part.h"
#include "cuesheet/sheet_text.h"

namespace needledrop {
namespace {

struct Chapter {
  Span span;
  std::string title;
};

/// A language as Matroska writes it twice: by ISO 639-2 and by BCP 47.
struct Language {
  std::string_view iso;
  std::string_view ietf;
};

Language language_of(std::string_view title) {
  const std::string_view language = likely_language(title);
  if (language == "ko") return {"kor", language};
  return {language == "ja" ? "jpn" : "und", language};
}

std::vector<Chapter> scenes_of(const SheetPart& part) {
  std::vector<Chapter> chapters;
  for (const Scene& scene : part.scenes) {
    const std::string_view given = heading(scene);
    chapters.push_back(
        {scene.span, given.empty() ? fmt::format("Scene {}", scene.number) : on_one_line(given)});
  }
  return chapters;
}

std::vector<Chapter> songs_of(const CueSheet& sheet, const SheetPart& part) {
  std::vector<Chapter> chapters;
  for (const SheetCue* cue : cues_in(sheet, part)) {
    std::string title = on_one_line(cue->title);
    if (!cue->artist.empty()) title += " - " + on_one_line(cue->artist);
    for (const Span& span : cue->heard) chapters.push_back({span, title});
  }
  std::ranges::stable_sort(chapters, {}, &Chapter::span);
  return chapters;
}

/// The numbers by which Matroska tells editions and chapters apart: not 0, no two alike.
class Edition {
 public:
  Edition(int number, std::string_view name, bool is_default)
      : number_(number),
        xml_(fmt::format("  <EditionEntry>\n"
                         "    <EditionUID>{}</EditionUID>\n"
                         "    <EditionFlagDefault>{}</EditionFlagDefault>\n"
                         "    <!-- {} -->\n",
                         number, is_default ? 1 : 0, name)) {}

  void add(const Chapter& chapter) {
    constexpr int kMostChapters = 1'000'000;
    const Language language = language_of(chapter.title);
    xml_ += fmt::format(
        "    <ChapterAtom>\n"
        "      <ChapterUID>{}</ChapterUID>\n"
        "      <ChapterTimeStart>{}000000</ChapterTimeStart>\n"
        "      <ChapterTimeEnd>{}000000</ChapterTimeEnd>\n"
        "      <ChapterDisplay>\n"
        "        <ChapterString>{}</ChapterString>\n"
        "        <ChapterLanguage>{}</ChapterLanguage>\n"
        "        <ChapLanguageIETF>{}</ChapLanguageIETF>\n"
        "      </ChapterDisplay>\n"
        "    </ChapterAtom>\n",
        number_ * kMostChapters + ++count_, clock_time(chapter.span.start),
        clock_time(chapter.span.end), in_xml(chapter.title), language.iso, language.ietf);
  }
  [[nodiscard]] std::string ended() const { return xml_ + "  </EditionEntry>\n"; }

 private:
  int number_;
  int count_ = 0;
  std::string xml_;
};

std::string edition(int number, std::string_view name, bool is_default,
                    const std::vector<Chapter>& chapters) {
  if (chapters.empty()) return "";
  Edition made(number, name, is_default);
  for (const Chapter& chapter : chapters) made.add(chapter);
  return made.ended();
}

}  // namespace

Result<std::string> to_matroska_chapters(const CueSheet& sheet, const SheetPart& part) {
  const std::vector<Chapter> scenes = scenes_of(part);
  const std::vector<Chapter> songs = songs_of(sheet, part);
  if (scenes.empty() && songs.empty()) {
    return fail(Error::Kind::kInvalidArgument,
                "there are neither scenes nor songs to make chapters of");
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Chapters>\n" +
         edition(1, "scenes", true, scenes) + edition(2, "songs", scenes.empty(), songs) +
         "</Chapters>\n";
}

std::string to_ffmetadata(const CueSheet& sheet, const SheetPart& part) {
  std::string text = ";FFMETADATA1\n";
  text += fmt::format("title={}\n", in_ffmetadata(sheet_title(sheet.header)));
  if (!sheet.header.production.empty()) {
    text += fmt::format("show={}\n", in_ffmetadata(sheet.header.production));
  }
  for (const Chapter& song : songs_of(sheet, part)) {
    text += fmt::format("[CHAPTER]\nTIMEBASE=1/1000\nSTART={}\nEND={}\ntitle={}\n",
                        song.span.start.count(), song.span.end.count(), in_ffmetadata(song.title));
  }
  return text;
}

}  // namespace needledrop
