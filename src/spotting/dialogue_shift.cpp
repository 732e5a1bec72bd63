#include "spotting/dialogue_shift.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "spotting/speech_activity.h"

namespace needledrop {
namespace {

constexpr double kLook = static_cast<double>(kLookLength.count());
constexpr int kMostLag = 938;  // looks: a minute either way
constexpr int kSlow = 156;     // looks to either side: slower changes are the scenes'
constexpr int kAside = 31;     // looks, 2 s: nearer shifts are the same fit
constexpr std::size_t kLeastLines = 15;

/// By how many deviations a fit must stand out from those of all shifts, and how often it must be
/// the next best. Over 2,897 pairs of an episode's sound with another's lines the most was 4.1; on
/// their own sound the lines reach 5.2 or more wherever there are four minutes of dialogue.
constexpr double kLeastDeviations = 4.4;
constexpr double kLeastDeviationsOfRates = 5;
constexpr double kLeastOverNext = 1.7;

/// Lines made for one frame rate on pictures of another: 25 and 24, 25 and 23.976, 24 and 23.976.
constexpr std::array kRates = {25.0 / 24,    24.0 / 25,     1001.0 / 960,
                               960.0 / 1001, 1001.0 / 1000, 1000.0 / 1001};

/// Less its mean over kSlow looks to either side.
std::vector<float> without_slow(const std::vector<double>& series) {
  std::vector<double> sums(series.size() + 1);
  for (std::size_t i = 0; i < series.size(); ++i) sums[i + 1] = sums[i] + series[i];
  std::vector<float> fast(series.size());
  const int size = static_cast<int>(series.size());
  for (int i = 0; i < size; ++i) {
    const int first = std::max(0, i - kSlow);
    const int last = std::min(size, i + kSlow + 1);
    fast[i] = static_cast<float>(series[i] - (sums[last] - sums[first]) / (last - first));
  }
  return fast;
}

/// The sum of speech[i + lag] * shown[i]. In 32 parts at once, in the same order everywhere.
double product(const std::vector<float>& speech, const std::vector<float>& shown, int lag) {
  constexpr int kParts = 32;
  const int size = static_cast<int>(speech.size());
  const int first = std::max(0, -lag);
  const int last = std::min(size, size - lag);
  std::array<float, kParts> sums{};
  int i = first;
  for (; i + kParts <= last; i += kParts) {
    for (int part = 0; part < kParts; ++part) {
      sums[part] += speech[i + part + lag] * shown[i + part];
    }
  }
  double sum = 0;
  for (const float part : sums) sum += static_cast<double>(part);
  for (; i < last; ++i) sum += static_cast<double>(speech[i + lag] * shown[i]);
  return sum;
}

/// The place of the maximum of the parabola through three values, from the middle one.
double vertex(double before, double at, double after) {
  const double bend = before - 2 * at + after;
  return bend < 0 ? (before - after) / 2 / bend : 0;
}

/// The shift in looks at which one fit stands out.
std::optional<double> standing_out(const std::vector<double>& fits, double least_deviations) {
  const auto best = std::ranges::max_element(fits);
  const int at = static_cast<int>(best - fits.begin());
  if (at == 0 || at + 1 == static_cast<int>(fits.size())) return std::nullopt;
  double sum = 0;
  double squares = 0;
  double next = 0;
  for (int i = 0; i < static_cast<int>(fits.size()); ++i) {
    sum += fits[i];
    squares += fits[i] * fits[i];
    if (std::abs(i - at) > kAside) next = std::max(next, fits[i]);
  }
  const double count = static_cast<double>(fits.size());
  const double deviation = std::sqrt(std::max(0.0, squares / count - sum / count * sum / count));
  const bool is_sure =
      *best - sum / count >= least_deviations * deviation && *best >= kLeastOverNext * next;
  if (!is_sure || deviation <= 0) return std::nullopt;
  return at - kMostLag + vertex(fits[at - 1], *best, fits[at + 1]);
}

}  // namespace

std::vector<double> shown_share(std::span<const Span> lines, double rate, std::size_t looks) {
  std::vector<double> share(looks);
  // Of the lines that cover whole looks, those that begin at a look, less those that end there.
  std::vector<int> whole(looks + 1);
  const double length = static_cast<double>(looks);
  const auto place = [&](Milliseconds time) {
    return std::clamp(static_cast<double>(time.count()) / rate / kLook, 0.0, length);
  };
  const auto add = [&](std::size_t look, double part) {
    share[look] = std::min(1.0, share[look] + part);
  };
  for (const Span& line : lines) {
    const double start = place(line.start);
    const double end = place(line.end);
    if (start >= end) continue;
    const auto first = static_cast<std::size_t>(start);
    const auto last = static_cast<std::size_t>(end);
    add(first, std::min(end, static_cast<double>(first) + 1) - start);
    if (last == first) continue;
    ++whole[first + 1];
    --whole[last];
    if (last < looks) add(last, end - static_cast<double>(last));
  }
  int covering = 0;
  for (std::size_t look = 0; look < looks; ++look) {
    covering += whole[look];
    if (covering > 0) share[look] = 1;
  }
  return share;
}

std::optional<DialogueShift> find_dialogue_shift(std::span<const float> speech,
                                                 std::span<const Span> lines) {
  if (lines.size() < kLeastLines || static_cast<int>(speech.size()) <= 2 * kMostLag)
    return std::nullopt;
  const auto heard = without_slow(std::vector<double>(speech.begin(), speech.end()));
  const auto fit_at = [&](double rate) -> std::optional<DialogueShift> {
    const auto shown = without_slow(shown_share(lines, rate, heard.size()));
    std::vector<double> fits;
    for (int lag = -kMostLag; lag <= kMostLag; ++lag) fits.push_back(product(heard, shown, lag));
    const auto looks = standing_out(fits, rate == 1 ? kLeastDeviations : kLeastDeviationsOfRates);
    if (!looks.has_value()) return std::nullopt;
    return DialogueShift{Milliseconds(std::llround(*looks * kLook)), rate};
  };
  if (const auto shift = fit_at(1)) return shift;
  for (const double rate : kRates) {
    if (const auto shift = fit_at(rate)) return shift;
  }
  return std::nullopt;
}

}  // namespace needledrop
