#include "cuesheet/sheet_check.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "catalogue/codes.h"
#include "cuesheet/bare_title.h"
#include "cuesheet/printed_shares.h"

namespace needledrop {
namespace {

using Gravity = SheetFault::Gravity;

/// Collects the faults of one cue, or of the sheet as a whole.
class Faults {
 public:
  Faults(std::vector<SheetFault>& all, int cue) : all_(all), cue_(cue) {}
  void error(std::string_view field, std::string message) {
    all_.push_back({Gravity::kError, cue_, std::string(field), std::move(message)});
  }
  void warning(std::string_view field, std::string message) {
    all_.push_back({Gravity::kWarning, cue_, std::string(field), std::move(message)});
  }

 private:
  std::vector<SheetFault>& all_;
  int cue_;
};

void check_code(CodeScheme scheme, const std::string& value, Faults& faults) {
  if (value.empty()) return;
  const auto code = read_code(scheme, value);
  if (!code.has_value()) {
    faults.error(to_string(scheme), code.error().message);
  } else if (!code->warning.empty()) {
    faults.warning(to_string(scheme), code->warning);
  }
}

void check_header(const SheetHeader& header, Faults& faults) {
  if (header.production.empty()) faults.error("production", "the production has no title");
  if (header.episode_title.empty() && !header.number.has_value()) {
    faults.error("episode", "the episode has neither a title nor a number");
  }
  const std::array<std::pair<std::string_view, std::string_view>, 6> wanted{{
      {header.first_transmission, "first transmission"},
      {header.production_company, "production company"},
      {header.broadcaster, "broadcaster"},
      {header.type, "type of production"},
      {header.country, "country of origin"},
      {header.year, "year of production"},
  }};
  for (const auto& [value, field] : wanted) {
    if (value.empty()) faults.warning(field, fmt::format("the {} is not known", field));
  }
  check_code(CodeScheme::kIsan, header.isan, faults);
  check_code(CodeScheme::kEidr, header.eidr, faults);
  if (header.preparer.empty()) faults.warning("preparer", "nobody is named as preparer");
}

bool is_writer(const SheetParty& party) {
  return side_of(party.role) == RoleSide::kWriter;
}

void check_shares(const SheetWork& work, Faults& faults) {
  if (has_whole_shares(work)) return;
  std::int64_t sum = 0;
  for (const SheetParty& party : work.parties) {
    if (!party.share.has_value()) {
      faults.error("shares",
                   fmt::format("the share of {} in '{}' is not known", party.name, work.title));
      return;
    }
    sum += party.share->millionths;
  }
  faults.error("shares", fmt::format("the shares of '{}' add up to {} %, not 100 %", work.title,
                                     percent_text(Share{sum})));
}

/// Where a society splits a work, half of it is the publishers'.
void check_split(const SheetWork& work, ShareBasis basis, Faults& faults) {
  const bool has_publisher = std::ranges::any_of(work.parties, [](const SheetParty& party) {
    return side_of(party.role) == RoleSide::kPublisher;
  });
  if (basis == ShareBasis::kSplit && !has_publisher) {
    faults.warning("publishers", fmt::format("'{}' has no publisher: the 100 % that the society "
                                             "gives to publishers are nobody's",
                                             work.title));
  }
}

void check_publishers(const SheetWork& work, Faults& faults) {
  const auto has = [&work](Role role) {
    return std::ranges::any_of(work.parties,
                               [role](const SheetParty& party) { return party.role == role; });
  };
  if (has(Role::kAdministrator) && !has(Role::kPublisher)) {
    faults.warning("publishers", fmt::format("'{}' names an administrator, but no original "
                                             "publisher",
                                             work.title));
  }
}

void check_party(const SheetParty& party, Faults& faults) {
  if (party.ipi.empty() && is_writer(party)) {
    faults.warning(
        "ipi", fmt::format("{} ({}) has no IPI name number", party.name, to_string(party.role)));
  }
  check_code(CodeScheme::kIpi, party.ipi, faults);
}

void check_work(const SheetWork& work, ShareBasis basis, Faults& faults) {
  for (const std::string& conflict : work.conflicts) faults.error("shares", conflict);
  if (std::ranges::none_of(work.parties, is_writer)) {
    faults.error("writers", fmt::format("nobody is known to have written '{}'", work.title));
    return;
  }
  check_shares(work, faults);
  check_publishers(work, faults);
  check_split(work, basis, faults);
  for (const SheetParty& party : work.parties) check_party(party, faults);
  check_code(CodeScheme::kIswc, work.iswc, faults);
}

void check_title(const SheetCue& cue, Faults& faults) {
  if (cue.title.empty()) faults.error("title", "the cue has no title");
  if (cue.works.size() != 1) return;
  const SheetWork& work = cue.works.front();
  if (bare_title(cue.title) != bare_title(work.title)) {
    faults.warning("title", fmt::format("'{}' differs from the title under which the work is "
                                        "registered, '{}'",
                                        cue.title, work.title));
  }
}

void check_usage(const SheetCue& cue, const CueSheet& sheet, Faults& faults) {
  if (cue.function == CueFunction::kUnknown) {
    faults.error("function", "what the music is for is not known");
  } else if (!sheet.society.empty() && cue.usage.empty()) {
    faults.error("usage", fmt::format("its code for {} depends on what is not known: vocal or "
                                      "instrumental, heard by the characters or not",
                                      sheet.society));
  }
  if (cue.origin == CueOrigin::kLibrary && (cue.label.empty() || cue.catalogue_number.empty())) {
    faults.error("library", "music of a library needs its label and catalogue number");
  }
}

void check_standing(const SheetCue& cue, Faults& faults) {
  if (cue.standing == CueStanding::kDetected) {
    faults.warning("review", "nobody has reviewed it yet");
  }
  if (cue.is_short) {
    faults.warning("duration", "it is shorter than the society counts");
  }
  if (cue.reported.empty()) {
    faults.warning("duration", "nothing of it is reported: other cues cover all of it");
  }
}

void check_clearance(const SheetCue& cue, Faults& faults) {
  if (cue.clearance == Clearance::kUnchecked || cue.clearance == Clearance::kCleared) return;
  faults.warning("clearance", fmt::format("it is not cleared: {}", to_string(cue.clearance)));
}

void check_cue(const SheetCue& cue, const CueSheet& sheet, std::vector<SheetFault>& all) {
  Faults faults(all, cue.number);
  check_title(cue, faults);
  if (cue.works.empty()) {
    faults.error("works", fmt::format("the work that '{}' performs is not known", cue.title));
  }
  for (const SheetWork& work : cue.works) check_work(work, sheet.share_basis, faults);
  check_code(CodeScheme::kIsrc, cue.isrc, faults);
  check_usage(cue, sheet, faults);
  check_standing(cue, faults);
  check_clearance(cue, faults);
}

const SheetPart* part_of(const SheetCue& cue, const CueSheet& sheet) {
  const auto part = std::ranges::find(sheet.parts, cue.part, &SheetPart::part);
  return part == sheet.parts.end() ? nullptr : &*part;
}

struct ReportedSpan {
  std::optional<int> part;
  Span span;
  const SheetCue* cue;
};

/// All reported spans, by part and time.
std::vector<ReportedSpan> reported_spans_of(const CueSheet& sheet) {
  std::vector<ReportedSpan> spans;
  for (const SheetCue& cue : sheet.cues) {
    for (const Span& span : cue.reported) spans.push_back({cue.part, span, &cue});
  }
  std::ranges::stable_sort(spans, [](const ReportedSpan& a, const ReportedSpan& b) {
    return std::pair(a.part, a.span) < std::pair(b.part, b.span);
  });
  return spans;
}

void check_times(const CueSheet& sheet, std::vector<SheetFault>& all) {
  const auto spans = reported_spans_of(sheet);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    Faults faults(all, spans[i].cue->number);
    const SheetPart* part = part_of(*spans[i].cue, sheet);
    if (part != nullptr &&
        (spans[i].span.start < Milliseconds(0) || spans[i].span.end > part->duration)) {
      faults.error("times", "it is reported outside the programme");
    }
    if (i + 1 < spans.size() && spans[i].part == spans[i + 1].part &&
        spans[i + 1].span.start < spans[i].span.end) {
      faults.error("times", fmt::format("its reported time overlaps that of cue {}",
                                        spans[i + 1].cue->number));
    }
  }
  if (sheet.music_duration > sheet.programme_duration) {
    Faults(all, 0).error("duration", "there is more music than programme");
  }
}

}  // namespace

std::string_view to_string(SheetFault::Gravity gravity) {
  return gravity == Gravity::kError ? "error" : "warning";
}

std::vector<SheetFault> check_sheet(const CueSheet& sheet) {
  std::vector<SheetFault> all;
  Faults whole(all, 0);
  check_header(sheet.header, whole);
  check_times(sheet, all);
  for (const SheetCue& cue : sheet.cues) check_cue(cue, sheet, all);
  std::ranges::stable_sort(all, [](const SheetFault& a, const SheetFault& b) {
    return std::pair(a.gravity, a.cue) < std::pair(b.gravity, b.cue);
  });
  return all;
}

bool has_errors(std::span<const SheetFault> faults) {
  return std::ranges::any_of(
      faults, [](const SheetFault& fault) { return fault.gravity == Gravity::kError; });
}

}  // namespace needledrop
