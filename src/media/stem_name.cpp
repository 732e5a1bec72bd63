#include "media/stem_name.h"

#include <algorithm>
#include <array>

#include "media/unicode_text.h"

namespace needledrop {
namespace {

struct StemWord {
  Stem stem;
  std::u32string_view words;  // as fold_words leaves them
};

// The first that is found decides.
constexpr auto kStemWords = std::to_array<StemWord>({
    {Stem::kMusicAndEffects, U"m e"},
    {Stem::kMusicAndEffects, U"mne"},
    {Stem::kMusicAndEffects, U"mande"},
    {Stem::kMusicAndEffects, U"m and e"},
    {Stem::kMusicAndEffects, U"music and effects"},
    {Stem::kMusicAndEffects, U"music effects"},
    {Stem::kMusicAndEffects, U"music and fx"},
    {Stem::kMusicAndEffects, U"music fx"},
    {Stem::kMusicAndEffects, U"mx fx"},
    {Stem::kMusicAndEffects, U"international"},
    {Stem::kMusicAndEffects, U"intl"},
    {Stem::kMusicAndEffects, U"international sound"},
    {Stem::kMusicAndEffects, U"국제음"},
    {Stem::kMusicAndEffects, U"국제음향"},
    {Stem::kMusicAndEffects, U"국제 음"},
    {Stem::kMusicAndEffects, U"음악효과"},
    {Stem::kMusicAndEffects, U"음악 효과"},
    {Stem::kMusicAndEffects, U"国際音声"},
    {Stem::kMusicAndEffects, U"国际声"},
    {Stem::kMusic, U"mx"},
    {Stem::kMusic, U"music"},
    {Stem::kMusic, U"mus"},
    {Stem::kMusic, U"music stem"},
    {Stem::kMusic, U"음악"},
    {Stem::kMusic, U"音楽"},
    {Stem::kMusic, U"音乐"},
    {Stem::kAside, U"commentary"},
    {Stem::kAside, U"description"},
    {Stem::kAside, U"descriptive"},
    {Stem::kAside, U"visually impaired"},
    {Stem::kAside, U"화면해설"},
    {Stem::kAside, U"해설"},
    {Stem::kAside, U"narration"},
    {Stem::kAside, U"dialogue"},
    {Stem::kAside, U"dialog"},
    {Stem::kAside, U"dx"},
    {Stem::kAside, U"dia"},
    {Stem::kAside, U"대사"},
    {Stem::kAside, U"fx"},
    {Stem::kAside, U"sfx"},
    {Stem::kAside, U"effects"},
    {Stem::kAside, U"효과"},
    {Stem::kAside, U"click"},
    {Stem::kAside, U"ltc"},
});

struct SpeakerWord {
  Speaker speaker;
  std::u32string_view word;
};

constexpr auto kSpeakerWords = std::to_array<SpeakerWord>({
    {Speaker::kSurround, U"ls"},
    {Speaker::kSurround, U"rs"},
    {Speaker::kSurround, U"lss"},
    {Speaker::kSurround, U"rss"},
    {Speaker::kSurround, U"lrs"},
    {Speaker::kSurround, U"rrs"},
    {Speaker::kSurround, U"lsr"},
    {Speaker::kSurround, U"rsr"},
    {Speaker::kSurround, U"sl"},
    {Speaker::kSurround, U"sr"},
    {Speaker::kSurround, U"bl"},
    {Speaker::kSurround, U"br"},
    {Speaker::kSurround, U"surround"},
    {Speaker::kSurround, U"rear"},
    {Speaker::kLowFrequency, U"lfe"},
    {Speaker::kLowFrequency, U"sub"},
    {Speaker::kCentre, U"c"},
    {Speaker::kCentre, U"center"},
    {Speaker::kCentre, U"centre"},
    {Speaker::kCentre, U"fc"},
    {Speaker::kLeft, U"l"},
    {Speaker::kLeft, U"left"},
    {Speaker::kLeft, U"lt"},
    {Speaker::kLeft, U"lo"},
    {Speaker::kLeft, U"fl"},
    {Speaker::kRight, U"r"},
    {Speaker::kRight, U"right"},
    {Speaker::kRight, U"rt"},
    {Speaker::kRight, U"ro"},
    {Speaker::kRight, U"fr"},
});

bool has_words(std::u32string_view folded, std::u32string_view words) {
  return folded.find(std::u32string(U" ").append(words).append(U" ")) != std::u32string_view::npos;
}

}  // namespace

Stem read_stem(std::string_view name) {
  const auto text = to_code_points(name);
  const auto folded = fold_words(text);
  // In small letters it is a word of a sentence.
  const bool capitals = text.find(U"ME") != std::u32string::npos && has_words(folded, U"me");
  if (capitals) return Stem::kMusicAndEffects;
  const auto found = std::ranges::find_if(
      kStemWords, [&](const StemWord& word) { return has_words(folded, word.words); });
  return found == kStemWords.end() ? Stem::kProgramme : found->stem;
}

std::optional<Speaker> read_speaker(std::string_view name) {
  const auto folded = fold_words(to_code_points(name));
  const auto found = std::ranges::find_if(
      kSpeakerWords, [&](const SpeakerWord& word) { return has_words(folded, word.word); });
  if (found == kSpeakerWords.end()) return std::nullopt;
  return found->speaker;
}

}  // namespace needledrop
