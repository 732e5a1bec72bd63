#include <algorithm>
#include <array>
#include <vector>

#include "media/naming.h"
#include "media/unicode_text.h"

namespace needledrop {
namespace {

using enum RecordingVersion;

// Where in a title a phrase counts as a mark.
enum Where : unsigned {
  kInBrackets = 1,  // anywhere inside brackets
  kWhole = 2,       // as the whole of what is in brackets or after a dash
  kBegin = 4,       // as the beginning of that
  kEnd = 8,         // as the end of that, or of the title
};
constexpr unsigned kMark = kInBrackets | kWhole | kBegin | kEnd;  // can hardly be anything else
constexpr unsigned kPart = kWhole | kBegin;                       // an ordinary word elsewhere

struct Phrase {
  RecordingVersion version;
  std::u32string_view words;  // as fold_words leaves them, without the outer spaces
  unsigned where;
};

// In order of precedence: of several marks the first here wins, so that "TV size (Inst.)" and
// "off vocal" are instrumental. Phrases of kOriginal keep a later one from counting.
constexpr auto kPhrases = std::to_array<Phrase>({
    {kInstrumental, U"inst", kMark},
    {kInstrumental, U"instr", kMark},
    {kInstrumental, U"instrumental", kMark},
    {kInstrumental, U"instrumentals", kMark},
    {kInstrumental, U"instrumental ver", kMark},
    {kInstrumental, U"instrumental version", kMark},
    {kInstrumental, U"instrumentale", kMark},
    {kInstrumental, U"strumentale", kMark},
    {kInstrumental, U"инструментал", kMark},
    {kInstrumental, U"минус", kWhole},
    {kInstrumental, U"минусовка", kMark},
    {kInstrumental, U"караоке", kMark},
    {kInstrumental, U"karaoke", kMark},
    {kInstrumental, U"karaoke ver", kMark},
    {kInstrumental, U"karaoke version", kMark},
    {kInstrumental, U"off vocal", kMark},
    {kInstrumental, U"offvocal", kMark},
    {kInstrumental, U"off vocals", kMark},
    {kInstrumental, U"vocal off", kMark},
    {kInstrumental, U"vocal less", kMark},
    {kInstrumental, U"no vocal", kMark},
    {kInstrumental, U"no vocals", kMark},
    {kInstrumental, U"without vocal", kMark},
    {kInstrumental, U"without vocals", kMark},
    {kInstrumental, U"minus one", kMark},
    {kInstrumental, U"backing track", kMark},
    {kInstrumental, U"mr", kWhole},
    {kInstrumental, U"m r", kWhole | kEnd},
    {kInstrumental, U"mr ver", kWhole},
    {kInstrumental, U"mr version", kWhole},
    {kInstrumental, U"mr 버전", kWhole},
    {kInstrumental, U"엠알", kMark},
    {kInstrumental, U"반주", kMark},
    {kInstrumental, U"연주곡", kMark},
    {kInstrumental, U"연주", kWhole},
    {kInstrumental, U"노래방", kWhole},
    {kInstrumental, U"가라오케", kMark},
    {kInstrumental, U"인스트", kMark},
    {kInstrumental, U"인스트루멘탈", kMark},
    {kInstrumental, U"カラオケ", kMark},
    {kInstrumental, U"からおけ", kMark},
    {kInstrumental, U"インスト", kMark},
    {kInstrumental, U"インストゥルメンタル", kMark},
    {kInstrumental, U"インストルメンタル", kMark},
    {kInstrumental, U"オフボーカル", kMark},
    {kInstrumental, U"オフ ボーカル", kMark},
    {kInstrumental, U"オフヴォーカル", kMark},
    {kInstrumental, U"ボーカルオフ", kMark},
    {kInstrumental, U"ボーカルレス", kMark},
    {kInstrumental, U"歌なし", kMark},
    {kInstrumental, U"伴奏", kMark},
    {kInstrumental, U"伴奏版", kMark},
    {kInstrumental, U"纯音乐", kMark},
    {kInstrumental, U"純音樂", kMark},
    {kInstrumental, U"演奏版", kMark},
    {kInstrumental, U"คาราโอเกะ", kMark},
    {kLive, U"live", kWhole},
    {kLive, U"live at", kPart},
    {kLive, U"live from", kPart},
    {kLive, U"live in", kPart},
    {kLive, U"live on", kPart},
    {kLive, U"live ver", kMark},
    {kLive, U"live version", kMark},
    {kLive, U"live session", kMark},
    {kLive, U"live sessions", kMark},
    {kLive, U"live recording", kMark},
    {kLive, U"live performance", kMark},
    {kLive, U"live acoustic", kMark},
    {kLive, U"live video", kMark},
    {kLive, U"live clip", kMark},
    {kLive, U"live edit", kMark},
    {kLive, U"live mix", kMark},
    {kLive, U"live tour", kInBrackets | kWhole},
    {kLive, U"live concert", kMark},
    {kLive, U"acoustic live", kMark},
    {kLive, U"concert live", kMark},
    {kLive, U"studio live", kMark},
    {kLive, U"unplugged live", kMark},
    {kLive, U"recorded live", kMark},
    {kLive, U"en vivo", kMark},
    {kLive, U"ao vivo", kMark},
    {kLive, U"en directo", kMark},
    {kLive, U"en concert", kWhole | kEnd},
    {kLive, U"라이브", kMark},
    {kLive, U"라이브 버전", kMark},
    {kLive, U"실황", kMark},
    {kLive, U"ライブ", kMark},
    {kLive, U"ライヴ", kMark},
    {kLive, U"现场", kMark},
    {kLive, U"現場", kMark},
    {kLive, U"现场版", kMark},
    {kLive, U"現場版", kMark},
    {kRemix, U"remix", kMark},
    {kRemix, U"rmx", kMark},
    {kRemix, U"remixed", kInBrackets | kWhole | kEnd},
    {kRemix, U"remix ver", kMark},
    {kRemix, U"remix version", kMark},
    {kRemix, U"리믹스", kMark},
    {kRemix, U"リミックス", kMark},
    {kRemix, U"混音", kMark},
    {kRemix, U"混音版", kMark},
    {kRemix, U"ремикс", kMark},
    {kEdit, U"tv size", kMark},
    {kEdit, U"tvsize", kMark},
    {kEdit, U"tv サイズ", kMark},
    {kEdit, U"tv 사이즈", kMark},
    {kEdit, U"tv ver", kMark},
    {kEdit, U"tv version", kMark},
    {kEdit, U"tv edit", kMark},
    {kEdit, U"tv mix", kMark},
    {kEdit, U"tv 버전", kMark},
    {kEdit, U"tv バージョン", kMark},
    {kEdit, U"tv 版", kMark},
    {kEdit, U"anime size", kMark},
    {kEdit, U"game size", kMark},
    {kEdit, U"short size", kMark},
    {kEdit, U"short ver", kMark},
    {kEdit, U"short version", kMark},
    {kEdit, U"short edit", kMark},
    {kEdit, U"radio edit", kMark},
    {kEdit, U"radio ver", kMark},
    {kEdit, U"radio version", kMark},
    {kEdit, U"radio mix", kMark},
    {kEdit, U"single edit", kMark},
    {kEdit, U"album edit", kMark},
    {kEdit, U"video edit", kMark},
    {kEdit, U"edit", kWhole},
    {kEdit, U"edit ver", kMark},
    {kEdit, U"edit version", kMark},
    {kEdit, U"edited", kWhole},
    {kEdit, U"숏 버전", kMark},
    {kEdit, U"숏버전", kMark},
    {kEdit, U"short 버전", kMark},
    {kEdit, U"ショート", kInBrackets | kWhole},
    {kEdit, U"ショートバージョン", kMark},
    {kEdit, U"short バージョン", kMark},
    {kVocal, U"vocal", kWhole},
    {kVocal, U"vocals", kWhole},
    {kVocal, U"vocal ver", kMark},
    {kVocal, U"vocal version", kMark},
    {kVocal, U"vocal mix", kMark},
    {kVocal, U"with vocal", kMark},
    {kVocal, U"with vocals", kMark},
    {kVocal, U"보컬", kWhole},
    {kVocal, U"보컬 버전", kMark},
    {kVocal, U"보컬버전", kMark},
    {kVocal, U"vocal 버전", kMark},
    {kVocal, U"ボーカル", kWhole},
    {kVocal, U"ボーカル入り", kMark},
    {kVocal, U"歌入り", kMark},
    {kVocal, U"ボーカルバージョン", kMark},
    {kVocal, U"人声版", kMark},
    {kOriginal, U"original ver", kMark},
    {kOriginal, U"original version", kMark},
    {kOriginal, U"original mix", kMark},
    {kOriginal, U"full ver", kMark},
    {kOriginal, U"full version", kMark},
    {kOriginal, U"album ver", kMark},
    {kOriginal, U"album version", kMark},
    {kOriginal, U"single ver", kMark},
    {kOriginal, U"single version", kMark},
    {kOriginal, U"ost ver", kMark},
    {kOriginal, U"ost version", kMark},
    {kRemix, U"mix", kEnd},
    {kOther, U"ver", kEnd},
    {kOther, U"version", kEnd},
    {kOther, U"버전", kEnd},
    {kOther, U"バージョン", kEnd},
    {kOther, U"acoustic", kWhole},
    {kOther, U"unplugged", kWhole | kEnd},
    {kOther, U"어쿠스틱", kWhole},
    {kOther, U"アコースティック", kWhole},
    {kOther, U"demo", kWhole},
    {kOther, U"데모", kWhole},
    {kOther, U"cover", kWhole},
    {kOther, U"커버", kWhole},
    {kOther, U"a cappella", kMark},
    {kOther, U"acapella", kMark},
    {kOther, U"a capella", kMark},
    {kOther, U"아카펠라", kMark},
    {kOther, U"sped up", kMark},
    {kOther, U"slowed", kWhole | kBegin},
    {kOther, U"nightcore", kMark},
    {kOther, U"piano", kWhole},
    {kOther, U"orchestral", kWhole},
});

struct Segment {
  std::u32string words;  // folded
  unsigned where;        // places it offers
};

struct Bracket {
  char32_t open;
  char32_t close;
};
constexpr auto kBrackets = std::to_array<Bracket>({{U'(', U')'},
                                                   {U'[', U']'},
                                                   {U'{', U'}'},
                                                   {U'<', U'>'},
                                                   {U'（', U'）'},
                                                   {U'［', U'］'},
                                                   {U'【', U'】'},
                                                   {U'〔', U'〕'},
                                                   {U'「', U'」'},
                                                   {U'『', U'』'},
                                                   {U'〈', U'〉'},
                                                   {U'《', U'》'},
                                                   {U'~', U'~'},
                                                   {U'～', U'～'},
                                                   {U'〜', U'〜'}});

/// A year or a number beside a mark says nothing: "2019 Live" is "Live".
std::u32string without_numbers(const std::u32string& words) {
  std::u32string result = U" ";
  for (std::size_t at = 1; at < words.size();) {
    const auto end = words.find(U' ', at);
    const auto word = std::u32string_view(words).substr(at, end - at);
    const bool number =
        std::ranges::all_of(word, [](char32_t c) { return c >= U'0' && c <= U'9'; });
    if (!number) result.append(word).append(U" ");
    at = end + 1;
  }
  return result;
}

bool fits(const Segment& segment, const Phrase& phrase) {
  const std::u32string_view words = segment.words;
  const unsigned where = segment.where & phrase.where;
  const auto at = std::u32string(U" ").append(phrase.words).append(U" ");
  if ((where & kWhole) != 0 && words == at) return true;
  if ((where & kBegin) != 0 && words.starts_with(at)) return true;
  // A title that is nothing but the mark has it for its name.
  if ((where & kEnd) != 0 && words.ends_with(at)) {
    return (segment.where & kWhole) != 0 || words.size() > at.size();
  }
  if ((where & kInBrackets) == 0) return false;
  if (words.find(at) != std::u32string_view::npos) return true;
  return is_unspaced_script(phrase.words.front()) && is_unspaced_script(phrase.words.back()) &&
         words.find(phrase.words) != std::u32string_view::npos;
}

bool is_dash(std::u32string_view text, std::size_t at) {
  const char32_t c = text[at];
  if (c == U'—' || c == U'―') return true;
  if (c != U'-' && c != U'–' && c != U'|' && c != U'/') return false;
  return at > 0 && text[at - 1] == U' ' && at + 1 < text.size() && text[at + 1] == U' ';
}

/// What stands in brackets, what follows a dash, and the title without its brackets.
std::vector<Segment> segments_of(std::u32string_view title) {
  constexpr unsigned kAfterDash = kWhole | kBegin | kEnd;
  std::vector<Segment> segments;
  std::u32string plain;
  std::u32string part;
  bool after_dash = false;
  const auto end_part = [&] {
    if (after_dash) segments.push_back({without_numbers(fold_words(part)), kAfterDash});
    part.clear();
  };
  for (std::size_t i = 0; i < title.size(); ++i) {
    const auto bracket = std::ranges::find(kBrackets, title[i], &Bracket::open);
    const auto close =
        bracket == kBrackets.end() ? std::u32string_view::npos : title.find(bracket->close, i + 1);
    if (close != std::u32string_view::npos) {
      segments.push_back({without_numbers(fold_words(title.substr(i + 1, close - i - 1))), kMark});
      i = close;
      continue;
    }
    plain += title[i];
    if (is_dash(title, i)) {
      end_part();
      after_dash = true;
    } else {
      part += title[i];
    }
  }
  end_part();
  segments.push_back({fold_words(plain), kEnd});
  return segments;
}

/// "MR" (music recorded, a backing) as a word at the end is a mark only in capitals.
bool ends_in_capital_mr(std::u32string_view title) {
  while (!title.empty() && (title.back() == U' ' || title.back() == U'.')) title.remove_suffix(1);
  return title.ends_with(U" MR") || title.ends_with(U"_MR");
}

}  // namespace

std::string_view to_string(RecordingVersion version) {
  switch (version) {
    case kOriginal:
      return "original";
    case kVocal:
      return "vocal";
    case kInstrumental:
      return "instrumental";
    case kEdit:
      return "edit";
    case kLive:
      return "live";
    case kRemix:
      return "remix";
    case kOther:
      return "other";
  }
  return "other";
}

std::optional<RecordingVersion> recording_version_from(std::string_view word) {
  for (const auto version : {kOriginal, kVocal, kInstrumental, kEdit, kLive, kRemix, kOther}) {
    if (to_string(version) == word) return version;
  }
  return std::nullopt;
}

RecordingVersion read_recording_version(std::string_view title) {
  const auto text = to_code_points(title);
  if (ends_in_capital_mr(text)) return kInstrumental;
  const auto segments = segments_of(text);
  for (const auto& phrase : kPhrases) {
    if (std::ranges::any_of(segments, [&](const Segment& s) { return fits(s, phrase); })) {
      return phrase.version;
    }
  }
  return kOriginal;
}

}  // namespace needledrop
