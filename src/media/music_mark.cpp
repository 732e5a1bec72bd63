#include "media/music_mark.h"

#include <algorithm>
#include <array>

#include "media/text_scan.h"
#include "media/unicode_text.h"

namespace needledrop {
namespace {

/// ¶ is what a note becomes on its way through a caption decoder's character set.
constexpr std::u32string_view kNotes = U"♪♫♬♩🎵🎶🎼¶";

struct Brackets {
  char32_t open;
  char32_t close;
};
constexpr std::array<Brackets, 10> kBrackets = {{{U'[', U']'},
                                                 {U'<', U'>'},
                                                 {U'(', U')'},
                                                 {U'{', U'}'},
                                                 {U'（', U'）'},
                                                 {U'［', U'］'},
                                                 {U'〔', U'〕'},
                                                 {U'【', U'】'},
                                                 {U'＜', U'＞'},
                                                 {U'〈', U'〉'}}};
/// A longer bracket is an aside in which somebody speaks.
constexpr std::size_t kLongestBracket = 80;

/// What says in a bracket that there is music, folded; a space stands where a word must begin.
/// Words that say something else in a neighbour's language (German "Lied") are left out.
constexpr std::array kMusicWords = std::to_array<std::u32string_view>({
    // English, French, German, Dutch and the Nordic languages, with their compounds
    U"music",
    U"musik",
    U"musique",
    U"muziek",
    U" song",
    U" singing",
    U" sings",
    U" sing ",
    U" sung ",
    U" melod",
    U" lullab",
    U" anthem",
    U" tune ",
    U" theme ",
    U" instrumental ",
    U" orchestra",
    U" jazz ",
    U" choir",
    U" piano ",
    U" guitar ",
    U" violin ",
    U" chanson",
    U" chante",
    U" chœur",
    U" gesang",
    U" singt ",
    U" singen ",
    U" gesungen ",
    U" zingt ",
    U" zingen ",
    U" liedje",
    U" sång",
    U" sjung",
    U" sang ",
    U" synger ",
    U"musiikki",
    U" laul",
    // Spanish, Portuguese, Italian, Romanian
    U" música",
    U" musica",
    U" canci",
    U" canta",
    U" canto ",
    U" canção",
    U" cançõ",
    U" cantam",
    U" canzon",
    U" muzic",
    U" cântec",
    // Polish, Czech, Slovak, Hungarian, Turkish, Greek, Russian, Ukrainian, Bulgarian
    U" muzyk",
    U" piosenk",
    U" śpiew",
    U" hudb",
    U" píse",
    U" zpěv",
    U" zpív",
    U" spev",
    U" zene",
    U" ének",
    U" dalol",
    U" müzi",
    U" şarkı",
    U" μουσικ",
    U" τραγουδ",
    U" τραγούδ",
    U" музык",
    U" песн",
    U" поет",
    U" поют",
    U" напева",
    U" мелоди",
    U" музик",
    U" пісн",
    U" співа",
    U" пее ",
    // Korean
    U"음악",
    U"노래",
    U"노랫",
    U"연주",
    U"반주",
    U"선율",
    U"주제곡",
    U"합창",
    U"흥얼",
    // Japanese and Chinese
    U"音楽",
    U"歌",
    U"曲",
    U"演奏",
    U"メロディ",
    U"bgm",
    U"音乐",
    U"音樂",
    U"唱",
    U"旋律",
    U"奏乐",
    U"奏樂",
    // Thai, Vietnamese, Indonesian, Hindi, Arabic, Persian, Hebrew
    U"เพลง",
    U"ดนตรี",
    U" nhạc",
    U" âm nhạc",
    U" bài hát",
    U" ca hát",
    U" lagu",
    U" nyanyi",
    U" menyanyi",
    U" bernyanyi",
    U"संगीत",
    U" गीत",
    U" गान",
    U"موسيق",
    U"موسیق",
    U"أغني",
    U"اغني",
    U"غناء",
    U"آهنگ",
    U"מוזיק",
    U"מוסיק",
    U" שיר",
    U" שר ",
    U" שרה ",
});

bool is_note(char32_t c) {
  return kNotes.find(c) != std::u32string_view::npos;
}

bool names_music(std::u32string_view words) {
  const std::u32string folded = fold_words(words);
  return std::ranges::any_of(kMusicWords, [&](std::u32string_view word) {
    return folded.find(word) != std::u32string::npos;
  });
}

/// From the first note to the last; where there is but one, and text after it, to the end.
std::u32string_view between_notes(std::u32string_view text) {
  const auto first = std::ranges::find_if(text, is_note);
  if (first == text.end()) return {};
  const auto begin = static_cast<std::size_t>(first - text.begin());
  std::size_t last = text.size();
  while (!is_note(text[last - 1])) --last;
  if (last - begin == 1 && begin == 0) return text;
  return last - begin == 1 ? text.substr(begin) : text.substr(begin, last - begin);
}

/// "# lyrics #", as teletext writes them: both signs stand apart from the words.
bool is_between_hashes(std::u32string_view text) {
  return text.size() > 4 && text.starts_with(U"# ") && text.ends_with(U" #");
}

}  // namespace

std::string music_mark_of(std::string_view text) {
  const std::u32string points = to_code_points(trimmed(text));
  const std::u32string_view all = points;
  if (is_between_hashes(all)) return to_utf8(all);
  if (const auto sung = between_notes(all); !sung.empty()) return to_utf8(sung);
  std::u32string marks;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto brackets = std::ranges::find(kBrackets, all[i], &Brackets::open);
    if (brackets == kBrackets.end()) continue;
    const std::u32string_view inside = all.substr(i + 1, kLongestBracket);
    const std::size_t length = inside.find(brackets->close);
    if (length == std::u32string_view::npos) continue;
    if (names_music(inside.substr(0, length))) {
      if (!marks.empty()) marks += U' ';
      marks += all.substr(i, length + 2);
    }
    i += length + 1;
  }
  return to_utf8(marks);
}

}  // namespace needledrop
