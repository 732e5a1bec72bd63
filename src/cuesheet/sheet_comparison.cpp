#include "cuesheet/sheet_comparison.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "catalogue/reported_spans.h"
#include "cuesheet/bare_title.h"
#include "cuesheet/clock_text.h"
#include "cuesheet/line_text.h"
#include "cuesheet/sheet_part.h"

namespace needledrop {
namespace {

constexpr std::size_t kMostPairs = 100'000;

/// A filed cue on the clock of the whole programme.
struct FiledUse {
  std::string title;  // bare
  std::optional<Milliseconds> start;
  std::vector<Span> spans;  // none where it has no end
  Milliseconds length{0};
};

/// A way in which a sheet may show a use: as heard, as reported, or a span of either on a line of
/// its own.
struct View {
  std::vector<Span> spans;
  Milliseconds length{0};  // of what would be reported of it
  bool is_whole = true;
};

/// What was heard, on the same clock.
struct HeardUse {
  std::vector<std::string> titles;  // bare
  std::vector<View> views;          // the first is all that is heard
  std::vector<Span> used;           // of what filed cues mean
};

Span extent_of(const std::vector<Span>& spans) {
  return {spans.front().start, spans.back().end};
}

std::vector<Span> shifted(std::vector<Span> spans, Milliseconds by) {
  for (Span& span : spans) span = {span.start + by, span.end + by};
  return spans;
}

/// How long both are heard.
Milliseconds shared(const std::vector<Span>& a, const std::vector<Span>& b) {
  Milliseconds both{0};
  for (const Span& one : a) {
    for (const Span& other : b) {
      both += std::max(Milliseconds(0),
                       std::min(one.end, other.end) - std::max(one.start, other.start));
    }
  }
  return both;
}

/// Our own markers call a cue "1m02 Title".
std::string_view without_sequence(std::string_view title) {
  constexpr std::string_view kDigits = "0123456789";
  const std::size_t m = title.find_first_not_of(kDigits);
  if (m == 0 || m == std::string_view::npos || title[m] != 'm') return title;
  std::size_t end = title.find_first_not_of(kDigits, m + 1);
  if (end == std::string_view::npos || end == m + 1) return title;
  if (title[end] == 's') ++end;
  return end < title.size() && title[end] == ' ' ? title.substr(end + 1) : title;
}

FiledUse use_of(const ReadCue& cue, const CueSheet& sheet) {
  const Milliseconds offset =
      cue.part.has_value() ? start_of_part(sheet, cue.part) : Milliseconds(0);
  FiledUse use;
  use.title = bare_title(without_sequence(cue.title));
  if (cue.start.has_value()) use.start = *cue.start + offset;
  if (!cue.spans.empty()) {
    use.spans = shifted(cue.spans, offset);
  } else if (cue.start.has_value() && cue.end.has_value()) {
    use.spans = {{*cue.start + offset, *cue.end + offset}};
  }
  use.length = cue.duration.value_or(total_length(use.spans));
  return use;
}

/// Under its own name and those of its works, also as formats write them that have only ASCII.
std::vector<std::string> titles_of(const SheetCue& cue) {
  std::vector<std::string> titles;
  const auto add = [&titles](const std::string& title) {
    titles.push_back(bare_title(title));
    const bool is_ascii = std::ranges::all_of(title, [](char c) { return (c & 0x80) == 0; });
    if (!is_ascii) titles.push_back(bare_title(on_one_ascii_line(title)));
  };
  add(cue.title);
  for (const SheetWork& work : cue.works) add(work.title);
  return titles;
}

HeardUse use_of(const SheetCue& cue, const CueSheet& sheet) {
  const Milliseconds offset = start_of_part(sheet, cue.part);
  const std::vector<Span> heard = shifted(cue.heard, offset);
  const std::vector<Span> reported = shifted(cue.reported, offset);
  HeardUse use;
  use.titles = titles_of(cue);
  use.views.push_back({heard, total_length(reported), true});
  if (!reported.empty()) use.views.push_back({reported, total_length(reported), true});
  for (const std::vector<Span>* spans : {&heard, &reported}) {
    if (spans->size() < 2) continue;
    for (const Span& span : *spans) {
      use.views.push_back({{span}, shared({span}, reported), false});
    }
  }
  return use;
}

/// How long both are heard, as a share of the time in which either is; of a use of several spans
/// with or without its gaps. Where a filed cue has no end, the nearer it begins the likelier.
double likeness(const FiledUse& filed, const View& view) {
  if (filed.spans.empty()) {
    if (!filed.start.has_value()) return 0;
    const Milliseconds away = std::chrono::abs(*filed.start - view.spans.front().start);
    return 1 / (1 + static_cast<double>(away.count()) / 1000);
  }
  const auto of = [](const std::vector<Span>& a, const std::vector<Span>& b) {
    const Milliseconds both = shared(a, b);
    const Milliseconds either = total_length(a) + total_length(b) - both;
    if (both <= Milliseconds(0)) return 0.0;
    return static_cast<double>(both.count()) / static_cast<double>(either.count());
  };
  return std::max(of(filed.spans, view.spans),
                  of({extent_of(filed.spans)}, {extent_of(view.spans)}));
}

/// A filed cue and a use that it may mean; those that are likelier come first.
struct Candidate {
  bool has_title = false;
  double likeness = 0;
  std::size_t filed = 0;
  std::size_t heard = 0;
  std::size_t view = 0;
  [[nodiscard]] auto order() const { return std::tuple(!has_title, -likeness, filed, heard, view); }
};

bool may_mean(const FiledUse& filed, const View& view, bool has_title, double likeness) {
  constexpr double kEnough = 0.5;
  const bool has_time = filed.start.has_value();
  if (!has_time && !view.is_whole) return false;
  return has_title ? likeness > 0 || !has_time || filed.spans.empty() : likeness >= kEnough;
}

/// The best view of each use that a filed cue may mean, and the spans of it that it may mean alone.
Result<std::vector<Candidate>> candidates(const std::vector<FiledUse>& filed,
                                          const std::vector<HeardUse>& heard) {
  std::map<std::string, std::vector<bool>> titled;
  for (std::size_t h = 0; h < heard.size(); ++h) {
    for (const std::string& title : heard[h].titles) {
      auto& of_title = titled[title];
      of_title.resize(heard.size());
      of_title[h] = true;
    }
  }
  std::vector<Candidate> all;
  for (std::size_t f = 0; f < filed.size(); ++f) {
    const auto of_title = titled.find(filed[f].title);
    for (std::size_t h = 0; h < heard.size(); ++h) {
      const bool has_title = of_title != titled.end() && of_title->second[h];
      for (std::size_t v = 0; v < heard[h].views.size(); ++v) {
        const View& view = heard[h].views[v];
        const double like = likeness(filed[f], view);
        if (may_mean(filed[f], view, has_title, like)) all.push_back({has_title, like, f, h, v});
      }
      if (all.size() > kMostPairs) {
        return fail(Error::Kind::kInvalidArgument,
                    fmt::format("its lines may mean uses in over {} ways; give them times, or "
                                "compare fewer",
                                kMostPairs));
      }
    }
  }
  std::ranges::sort(all, {}, &Candidate::order);
  return all;
}

std::string shift_text(std::string_view verb, Milliseconds difference) {
  const bool is_later = difference > Milliseconds(0);
  return fmt::format("{} {} {}", verb, printed_time(std::chrono::abs(difference)),
                     is_later ? "later" : "earlier");
}

/// What of a view's times is otherwise than filed.
std::string times_remark(const FiledUse& filed, const View& view, Milliseconds tolerance) {
  std::string remark;
  const auto add = [&remark](const std::string& text) {
    remark += (remark.empty() ? "" : ", ") + text;
  };
  const Span at = extent_of(view.spans);
  if (filed.start.has_value()) {
    const Milliseconds start = at.start - *filed.start;
    if (std::chrono::abs(start) > tolerance) add(shift_text("begins", start));
  }
  if (!filed.spans.empty()) {
    const Milliseconds end = at.end - filed.spans.back().end;
    if (std::chrono::abs(end) > tolerance) add(shift_text("ends", end));
  } else if (filed.length > Milliseconds(0)) {
    const Milliseconds more = view.length - filed.length;
    if (std::chrono::abs(more) > tolerance) {
      add(fmt::format("{} {}", printed_time(std::chrono::abs(more)),
                      more > Milliseconds(0) ? "longer" : "shorter"));
    }
  }
  return remark;
}

/// A sheet may have what is heard, or what is left of it where cues overlap.
std::string times_remark(const FiledUse& filed, const HeardUse& heard, const View& chosen,
                         Milliseconds tolerance) {
  if (!chosen.is_whole) return times_remark(filed, chosen, tolerance);
  for (const View& view : heard.views) {
    if (view.is_whole && times_remark(filed, view, tolerance).empty()) return "";
  }
  return times_remark(filed, heard.views.front(), tolerance);
}

/// A use, or what of it is in these spans, beside nothing that was filed.
ComparedUse missing(std::size_t heard, const std::vector<Span>& spans, Milliseconds length) {
  return {UseDifference::kMissing, std::nullopt, heard, extent_of(spans), length, ""};
}

/// Pairs filed cues with uses, the likeliest first.
class Comparison {
 public:
  Comparison(std::vector<FiledUse> filed, std::vector<HeardUse> heard, const ComparisonRules& rules)
      : filed_(std::move(filed)),
        heard_(std::move(heard)),
        rules_(rules),
        is_filed_used_(filed_.size()) {}

  Result<std::vector<ComparedUse>> run() {
    ND_TRY_ASSIGN(const auto all, candidates(filed_, heard_));
    for (const Candidate& pair : all) take(pair);
    for (std::size_t f = 0; f < filed_.size(); ++f) {
      if (!is_filed_used_[f]) {
        uses_.push_back({UseDifference::kNotHeard, f, std::nullopt, Span{}, Milliseconds(0), ""});
      }
    }
    for (std::size_t h = 0; h < heard_.size(); ++h) add_missing(h);
    // A filed cue without times stands where its use is heard, else at the end.
    std::ranges::sort(uses_, {}, [this](const ComparedUse& use) {
      const bool has_place = use.heard.has_value() || filed_[*use.filed].start.has_value();
      const Milliseconds at = use.heard.has_value()
                                  ? use.heard_at.start
                                  : filed_[*use.filed].start.value_or(Milliseconds(0));
      return std::tuple(!has_place, at, use.filed, use.heard);
    });
    return std::move(uses_);
  }

 private:
  void take(const Candidate& pair) {
    HeardUse& heard = heard_[pair.heard];
    const View& view = heard.views[pair.view];
    const bool is_taken =
        view.is_whole ? !heard.used.empty() : shared(heard.used, view.spans) > Milliseconds(0);
    if (is_filed_used_[pair.filed] || is_taken) return;
    is_filed_used_[pair.filed] = true;
    const View& used = view.is_whole ? heard.views.front() : view;
    heard.used.insert(heard.used.end(), used.spans.begin(), used.spans.end());
    ComparedUse use{
        UseDifference::kNone, pair.filed,
        pair.heard,           extent_of(used.spans),
        used.length,          times_remark(filed_[pair.filed], heard, view, rules_.tolerance)};
    if (!use.remark.empty()) use.difference = UseDifference::kTimes;
    if (!pair.has_title) use.difference = UseDifference::kTitle;
    uses_.push_back(std::move(use));
  }

  void add_missing(std::size_t h) {
    const HeardUse& heard = heard_[h];
    const View& whole = heard.views.front();
    if (heard.used.empty()) {
      uses_.push_back(missing(h, whole.spans, whole.length));
      return;
    }
    for (const View& view : heard.views) {
      const bool is_heard_span =
          !view.is_whole && std::ranges::find(whole.spans, view.spans.front()) != whole.spans.end();
      if (!is_heard_span || shared(heard.used, view.spans) > Milliseconds(0)) continue;
      const ComparedUse left = missing(h, view.spans, view.length);
      if (std::ranges::find(uses_, left) == uses_.end()) uses_.push_back(left);
    }
  }

  std::vector<FiledUse> filed_;
  std::vector<HeardUse> heard_;
  const ComparisonRules& rules_;
  std::vector<bool> is_filed_used_;
  std::vector<ComparedUse> uses_;
};

}  // namespace

std::string_view to_string(UseDifference difference) {
  switch (difference) {
    case UseDifference::kNone:
      return "agrees";
    case UseDifference::kTimes:
      return "times differ";
    case UseDifference::kTitle:
      return "title differs";
    case UseDifference::kMissing:
      return "missing";
    case UseDifference::kNotHeard:
      return "not heard";
  }
  return "";
}

Result<std::vector<ComparedUse>> compare_uses(std::span<const ReadCue> filed, const CueSheet& sheet,
                                              const ComparisonRules& rules) {
  std::vector<FiledUse> all_filed;
  for (const ReadCue& cue : filed) all_filed.push_back(use_of(cue, sheet));
  std::vector<HeardUse> all_heard;
  for (const SheetCue& cue : sheet.cues) all_heard.push_back(use_of(cue, sheet));
  return Comparison(std::move(all_filed), std::move(all_heard), rules).run();
}

}  // namespace needledrop
