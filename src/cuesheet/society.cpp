#include "cuesheet/society.h"

#include <algorithm>
#include <array>

namespace needledrop {
namespace {

constexpr CueFunction kAnyFunction = CueFunction::kUnknown;
constexpr CueVocal kAnyVocal = CueVocal::kUnknown;
constexpr CuePerception kAnyPerception = CuePerception::kUnknown;

// The codes that American cue sheets print (legends of published templates: BI BV VI VV VS MT ET EE
// FI FV). What depends on voices has no code while that is not known.
constexpr std::array<UsageRow, 14> kAmerican{{
    {CueFunction::kOpeningTheme, kAnyVocal, kAnyPerception, "MT"},
    {CueFunction::kClosingTheme, kAnyVocal, kAnyPerception, "ET"},
    {CueFunction::kLogo, kAnyVocal, kAnyPerception, "EE"},
    {kAnyFunction, CueVocal::kVocal, CuePerception::kPerformed, "VV"},
    {kAnyFunction, CueVocal::kMixed, CuePerception::kPerformed, "VV"},
    {kAnyFunction, CueVocal::kInstrumental, CuePerception::kPerformed, "VI"},
    {kAnyFunction, kAnyVocal, CuePerception::kPerformed, ""},
    {kAnyFunction, kAnyVocal, CuePerception::kHeard, "VS"},
    {CueFunction::kFeatured, CueVocal::kVocal, kAnyPerception, "FV"},
    {CueFunction::kFeatured, CueVocal::kMixed, kAnyPerception, "FV"},
    {CueFunction::kFeatured, CueVocal::kInstrumental, kAnyPerception, "FI"},
    {kAnyFunction, CueVocal::kVocal, kAnyPerception, "BV"},
    {kAnyFunction, CueVocal::kMixed, kAnyPerception, "BV"},
    {kAnyFunction, CueVocal::kInstrumental, kAnyPerception, "BI"},
}};

// The BBC's help on music reporting: background, visual, signature tune.
constexpr std::array<UsageRow, 7> kBritish{{
    {CueFunction::kOpeningTheme, kAnyVocal, kAnyPerception, "Signature"},
    {CueFunction::kClosingTheme, kAnyVocal, kAnyPerception, "Signature"},
    {CueFunction::kSegmentTheme, kAnyVocal, kAnyPerception, "Signature"},
    {kAnyFunction, kAnyVocal, CuePerception::kHeard, "Featured"},
    {kAnyFunction, kAnyVocal, CuePerception::kPerformed, "Featured"},
    {CueFunction::kFeatured, kAnyVocal, kAnyPerception, "Featured"},
    {kAnyFunction, kAnyVocal, kAnyPerception, "Background"},
}};

// APRA AMCOS's guide to cue sheets: a theme is tied to a series and opens or closes it; music under
// teasers, recaps and previews is background; featured is what the people in the programme hear.
constexpr std::array<UsageRow, 7> kAustralian{{
    {CueFunction::kTrailer, kAnyVocal, kAnyPerception, "Background"},
    {CueFunction::kOpeningTheme, kAnyVocal, kAnyPerception, "Theme"},
    {CueFunction::kClosingTheme, kAnyVocal, kAnyPerception, "Theme"},
    {kAnyFunction, kAnyVocal, CuePerception::kHeard, "Featured"},
    {kAnyFunction, kAnyVocal, CuePerception::kPerformed, "Featured"},
    {CueFunction::kFeatured, kAnyVocal, kAnyPerception, "Featured"},
    {kAnyFunction, kAnyVocal, kAnyPerception, "Background"},
}};

// Korea distributes theme, background and signal music each by its air time; a use on air counts
// from five seconds on (Dong-A Ilbo, 2018-03-26; Star News, 2008-09-22).
constexpr std::array<UsageRow, 6> kKorean{{
    {CueFunction::kOpeningTheme, kAnyVocal, kAnyPerception, "Theme"},
    {CueFunction::kClosingTheme, kAnyVocal, kAnyPerception, "Theme"},
    {CueFunction::kSegmentTheme, kAnyVocal, kAnyPerception, "Theme"},
    {CueFunction::kLogo, kAnyVocal, kAnyPerception, "Signal"},
    {CueFunction::kBumper, kAnyVocal, kAnyPerception, "Signal"},
    {kAnyFunction, kAnyVocal, kAnyPerception, "Background"},
}};

constexpr std::array<Society, 4> kSocieties{{
    {"apra", "Australia and New Zealand (APRA AMCOS)", ShareBasis::kWhole, Milliseconds(0),
     kAustralian},
    {"komca", "Korea (KOMCA)", ShareBasis::kWhole, Milliseconds(5'000), kKorean},
    {"uk", "United Kingdom (PRS, BBC)", ShareBasis::kWhole, Milliseconds(0), kBritish},
    {"us", "United States (ASCAP, BMI)", ShareBasis::kSplit, Milliseconds(0), kAmerican},
}};

template <typename T>
bool fits(T wanted, T value) {
  return wanted == T::kUnknown || wanted == value;
}

}  // namespace

std::string_view to_string(ShareBasis basis) {
  return basis == ShareBasis::kWhole ? "whole" : "split";
}

std::optional<ShareBasis> share_basis(std::string_view text) {
  for (const ShareBasis basis : {ShareBasis::kWhole, ShareBasis::kSplit}) {
    if (to_string(basis) == text) return basis;
  }
  return std::nullopt;
}

std::span<const Society> societies() {
  return kSocieties;
}

const Society* find_society(std::string_view name) {
  const auto* const found = std::ranges::find(kSocieties, name, &Society::name);
  return found == kSocieties.end() ? nullptr : found;
}

std::string_view usage_code(const Society& society, const Cue& cue) {
  const auto row = std::ranges::find_if(society.usages, [&cue](const UsageRow& each) {
    return fits(each.function, cue.function) && fits(each.vocal, cue.vocal) &&
           fits(each.perception, cue.perception);
  });
  return row == society.usages.end() ? std::string_view() : row->code;
}

}  // namespace needledrop
