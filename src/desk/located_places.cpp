#include "desk/located_places.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <tuple>

namespace needledrop {
namespace {

/// Sound and picture may be told apart by this much and still be of one place: a static picture
/// tells the time no better.
constexpr Milliseconds kSameTime{1'000};
/// A shorter rest of a place than this is not told.
constexpr Milliseconds kLeastRest{1'000};
/// Footage of nothing that the desk knows does not reach both (docs/matching.md).
constexpr double kLeastEvidence = 0.7;
constexpr double kLeastLikeness = 0.6;

double logistic(double odds) {
  return 1 / (1 + std::exp(-odds));
}

double sound_confidence(const SoundPlace& place) {
  return logistic((place.evidence - 60) / 25);
}

/// What is found again, over what footage of something else reaches, each in its own measure.
double picture_confidence(const FootagePlace& place) {
  return logistic(4 * (place.evidence - kLeastEvidence) + 12 * (place.likeness - 0.7));
}

/// The probability that it is this place and not the next best for the same part of the clip.
double lead_over_rivals(const PicturePlace& picture, std::span<const PicturePlace> all) {
  const auto& [span, alignment, evidence, likeness] = picture.place;
  double strongest = 0;
  for (const PicturePlace& rival : all) {
    const Span& other = rival.place.span;
    const bool is_same =
        rival.file == picture.file &&
        std::chrono::abs(rival.place.alignment.offset - alignment.offset) <= kSameTime;
    const auto shared = std::min(other.end, span.end) - std::max(other.start, span.start);
    if (!is_same && 2 * shared > span.length()) {
      strongest = std::max(strongest, rival.place.evidence);
    }
  }
  return logistic(6 * (evidence - std::min(strongest, evidence)) / std::max(evidence, 1e-6));
}

Milliseconds sound_offset(const SoundPlace& place) {
  return place.episode_start - place.span.start;
}

/// The longest part of a span that lies in none of the others.
Span longest_rest(const Span& span, std::span<const Span> others) {
  std::vector<Span> sorted(others.begin(), others.end());
  std::ranges::sort(sorted);
  Span best{span.start, span.start};
  Milliseconds from = span.start;
  const auto take = [&](Milliseconds to) {
    if (to - from > best.length()) best = {from, to};
  };
  for (const Span& other : sorted) {
    take(std::min(other.start, span.end));
    from = std::max(from, other.end);
  }
  take(span.end);
  return best;
}

/// The most convincing ones, each for the part of the clip that a better one leaves. Where one shot
/// looks like another the sound tells which it is.
std::vector<PicturePlace> chosen(std::span<const SoundPlace> sound,
                                 std::span<const PicturePlace> pictures) {
  const auto is_heard = [&](const PicturePlace& each) {
    return std::ranges::any_of(sound, [&](const SoundPlace& place) { return agree(place, each); });
  };
  std::vector<PicturePlace> sorted(pictures.begin(), pictures.end());
  std::erase_if(sorted, [](const PicturePlace& each) {
    return each.place.evidence < kLeastEvidence || each.place.likeness < kLeastLikeness;
  });
  std::ranges::sort(sorted, [&](const PicturePlace& a, const PicturePlace& b) {
    return std::tuple(!is_heard(a), -a.place.evidence, a.file, a.place.alignment.offset) <
           std::tuple(!is_heard(b), -b.place.evidence, b.file, b.place.alignment.offset);
  });
  std::vector<PicturePlace> kept;
  std::vector<Span> taken;
  for (PicturePlace& each : sorted) {
    const Span rest = longest_rest(each.place.span, taken);
    if (rest.length() < kLeastRest && rest != each.place.span) continue;
    const double share =
        static_cast<double>(rest.length().count()) /
        static_cast<double>(std::max(each.place.span.length(), Milliseconds(1)).count());
    each.place.span = rest;
    each.place.evidence *= share;
    if (each.place.evidence < kLeastEvidence) continue;
    taken.push_back(rest);
    kept.push_back(each);
  }
  return kept;
}

LocatedPlace located(const SoundPlace& sound) {
  LocatedPlace place;
  place.span = sound.span;
  place.file = sound.episode;
  place.episode_start = sound.episode_start;
  place.rate = sound.rate;
  place.confidence = sound_confidence(sound);
  return place;
}

LocatedPlace located(const PicturePlace& picture) {
  LocatedPlace place;
  place.span = picture.place.span;
  place.file = picture.file;
  place.episode_start = picture.place.span.start + picture.place.alignment.offset;
  place.by = FoundBy::kPicture;
  place.mirrored = picture.place.alignment.framing.mirrored;
  place.confidence = picture_confidence(picture.place);
  return place;
}

/// Takes over what the picture says of a place that was heard.
void add_picture(LocatedPlace& place, const PicturePlace& picture) {
  const Milliseconds start = std::min(place.span.start, picture.place.span.start);
  place.episode_start -= std::chrono::round<Milliseconds>((place.span.start - start) * place.rate);
  place.span = {start, std::max(place.span.end, picture.place.span.end)};
  place.by = FoundBy::kBoth;
  place.mirrored = picture.place.alignment.framing.mirrored;
  place.confidence = 1 - (1 - place.confidence) * (1 - picture_confidence(picture.place));
}

/// Does the rest of a picture lie where sound and picture together say something else?
bool is_known_better(const PicturePlace& picture, std::span<const LocatedPlace> places) {
  const Span& span = picture.place.span;
  return std::ranges::any_of(places, [&](const LocatedPlace& place) {
    const auto shared = std::min(place.span.end, span.end) - std::max(place.span.start, span.start);
    return place.by == FoundBy::kBoth && 2 * shared > span.length();
  });
}

}  // namespace

bool agree(const SoundPlace& sound, const PicturePlace& picture) {
  const Span& place = picture.place.span;
  return sound.episode == picture.file && place.start < sound.span.end &&
         sound.span.start < place.end &&
         std::chrono::abs(sound_offset(sound) - picture.place.alignment.offset) <= kSameTime;
}

std::vector<LocatedPlace> join_places(std::span<const SoundPlace> sound,
                                      std::span<const PicturePlace> picture) {
  std::vector<PicturePlace> seen = chosen(sound, picture);
  std::vector<LocatedPlace> places;
  for (const SoundPlace& heard : sound) {
    LocatedPlace place = located(heard);
    const auto same = std::ranges::stable_partition(
        seen, [&](const PicturePlace& each) { return !agree(heard, each); });
    for (const PicturePlace& each : same) add_picture(place, each);
    seen.erase(same.begin(), same.end());
    places.push_back(place);
  }
  std::erase_if(seen, [&](const PicturePlace& each) { return is_known_better(each, places); });
  for (const PicturePlace& each : seen) {
    places.push_back(located(each));
    places.back().confidence *= lead_over_rivals(each, picture);
  }
  std::ranges::sort(places, [](const LocatedPlace& a, const LocatedPlace& b) {
    return std::tuple(a.span.start, -a.confidence, a.file, a.episode_start) <
           std::tuple(b.span.start, -b.confidence, b.file, b.episode_start);
  });
  return places;
}

}  // namespace needledrop
