#include "desk/change_report.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "catalogue/codes.h"
#include "catalogue/lookup.h"
#include "catalogue/names.h"
#include "catalogue/role.h"
#include "catalogue/text.h"
#include "cuesheet/clock_text.h"

namespace needledrop {
namespace {

/// What a row of a table is, in words that count ("2 credits").
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kGroups{{
    {"recording_work", "performance"},
    {"release_recording", "place"},
    {"identifier", "code"},
    {"name", "name"},
    {"fact", "fact"},
    {"licence", "licence"},
}};

/// A cue is told of by the state in which it stands after the change.
constexpr std::string_view kCueState = "cue_version";
constexpr std::array<std::string_view, 5> kUntold{"cue", "cue_span", "cue_dismissal", "decision",
                                                  "decision_cue"};

std::string group_of(const std::string& table) {
  if (table == kCueState) return "cue";
  const auto* const found =
      std::ranges::find(kGroups, table, [](const auto& group) { return group.first; });
  return found == kGroups.end() ? table : std::string(found->second);
}

/// Reads the columns of one change: after it, or of a removed row before.
class Described {
 public:
  Described(const Names& names, std::map<EntityRef, std::string>& labels, const RowChange& change)
      : names_(names), labels_(labels), change_(change) {}

  /// `heard`: when a cue is heard, by the number of its state.
  Result<std::string> text(const std::map<std::string, std::string>& heard) {
    if (change_.table == kCueState) return cue(heard);
    if (change_.kind == RowChange::Kind::kChanged) return changed();
    const std::string& table = change_.table;
    if (table == "credit") return credit();
    if (table == "identifier") return identifier();
    if (table == "fact") {
      return of_entity(fmt::format("{} {}", column("property"), column("value")));
    }
    if (table == "name") return of_entity(name());
    if (table == "recording_work") {
      ND_TRY_ASSIGN(const std::string recording, label("recording", column("recording")));
      ND_TRY_ASSIGN(const std::string work, label("work", column("work")));
      return fmt::format("{}: performs {}", recording, work);
    }
    if (table == "release_recording") {
      ND_TRY_ASSIGN(const std::string recording, label("recording", column("recording")));
      ND_TRY_ASSIGN(const std::string release, label("release", column("release")));
      return fmt::format("{}: {}, disc {}, number {}", release, recording, column("disc"),
                         column("position"));
    }
    if (table == "broadcast") return broadcast();
    return row();
  }

 private:
  [[nodiscard]] std::string column(std::string_view name) const {
    const auto found = std::ranges::find(change_.columns, name, &RowChange::Column::name);
    if (found == change_.columns.end()) return "";
    return change_.kind == RowChange::Kind::kRemoved ? found->before : found->after;
  }

  Result<std::string> label(std::string_view kind, const std::string& id) {
    const auto entity = entity_kind(kind);
    const auto number = spelled_number(id);
    if (!entity.has_value() || !number.has_value()) return fmt::format("{} {}", kind, id);
    auto [known, is_new] = labels_.try_emplace(EntityRef{*entity, *number});
    if (is_new) {
      known->second = names_.label({*entity, *number}).value_or(fmt::format("{} {}", kind, id));
    }
    return known->second;
  }

  Result<std::string> of_entity(std::string_view what) {
    ND_TRY_ASSIGN(const std::string entity, label(column("entity_kind"), column("entity")));
    return fmt::format("{}: {}", entity, what);
  }

  Result<std::string> cue(const std::map<std::string, std::string>& heard) {
    const auto found = heard.find(change_.key);
    ND_TRY_ASSIGN(std::string called, title());
    return fmt::format("#{} {}{}, {}", column("cue"), called,
                       found == heard.end() ? "" : ", " + found->second, column("standing"));
  }

  Result<std::string> title() {
    if (std::string own = column("title"); !own.empty()) return own;
    const std::string recording = column("recording");
    if (recording.empty()) return std::string("untitled");
    return label("recording", recording);
  }

  Result<std::string> credit() {
    ND_TRY_ASSIGN(const std::string party, label("party", column("party")));
    std::string text = fmt::format("{} {}", column("role"), party);
    if (const auto share = spelled_number(column("share")); share.has_value()) {
      text += fmt::format(", {}", percent_text(Share{*share}));
    }
    if (const std::string society = column("society"); !society.empty()) text += ", " + society;
    return of_entity(text);
  }

  Result<std::string> identifier() {
    const auto scheme = code_scheme(column("scheme"));
    const std::string value = column("value");
    return of_entity(fmt::format("{} {}", column("scheme"),
                                 scheme.has_value() ? printed_code(*scheme, value) : value));
  }

  [[nodiscard]] std::string name() const {
    const std::string language = column("language");
    return fmt::format("{} name {}{}", column("kind"), column("text"),
                       language.empty() ? "" : fmt::format(" ({})", language));
  }

  Result<std::string> broadcast() {
    ND_TRY_ASSIGN(std::string text, label("episode", column("episode")));
    text += ":";
    for (const std::string_view part : {"date", "time", "zone", "channel", "territory"}) {
      if (const std::string value = column(part); !value.empty()) text += " " + value;
    }
    return text;
  }

  /// A thing by itself: its number, then what it is called.
  [[nodiscard]] Result<std::string> row() const {
    std::string text = change_.key;
    for (const std::string_view part :
         {"title", "name", "production", "season", "number", "comment"}) {
      const std::string value = column(part);
      if (value.empty()) continue;
      text += part == "title" || part == "name" ? " " + value : fmt::format(", {} {}", part, value);
    }
    return text;
  }

  Result<std::string> changed() {
    std::string text = change_.key;
    if (entity_kind(change_.table).has_value()) {
      ND_TRY_ASSIGN(const std::string called, label(change_.table, change_.key));
      text += " " + called;
    }
    for (const RowChange::Column& column : change_.columns) {
      if (column.before == column.after) continue;
      text += fmt::format(", {} from '{}' to '{}'", column.name, column.before, column.after);
    }
    return text;
  }

  const Names& names_;
  std::map<EntityRef, std::string>& labels_;
  const RowChange& change_;
};

std::string_view value_of(const RowChange& change, std::string_view name) {
  const auto found = std::ranges::find(change.columns, name, &RowChange::Column::name);
  if (found == change.columns.end()) return "";
  return change.kind == RowChange::Kind::kRemoved ? found->before : found->after;
}

/// Those that are told of: of a cue, however many rows say it, one.
std::vector<RowChange> told_changes(const std::vector<RowChange>& changes) {
  std::set<std::string_view> new_cues;
  for (const RowChange& change : changes) {
    if (change.table == "cue" && change.kind == RowChange::Kind::kAdded)
      new_cues.insert(change.key);
  }
  std::vector<RowChange> told;
  for (const RowChange& change : changes) {
    if (std::ranges::find(kUntold, change.table) != kUntold.end()) continue;
    told.push_back(change);
    const bool is_later = change.table == kCueState && change.kind == RowChange::Kind::kAdded &&
                          !new_cues.contains(value_of(change, "cue"));
    if (is_later) told.back().kind = RowChange::Kind::kChanged;
  }
  return told;
}

/// "0:12-0:40", by the number of a cue's state.
std::map<std::string, std::string> heard_times(const std::vector<RowChange>& changes) {
  std::map<std::string, std::string> times;
  for (const RowChange& change : changes) {
    if (change.table != "cue_span" || value_of(change, "kind") != "heard") continue;
    const auto start = spelled_number(value_of(change, "start_ms"));
    const auto end = spelled_number(value_of(change, "end_ms"));
    if (!start.has_value() || !end.has_value()) continue;
    std::string& text = times[std::string(value_of(change, "version"))];
    text += fmt::format("{}{}-{}", text.empty() ? "" : " ", printed_time(Milliseconds(*start)),
                        printed_time(Milliseconds(*end)));
  }
  return times;
}

}  // namespace

std::string_view to_string(RowChange::Kind kind) {
  switch (kind) {
    case RowChange::Kind::kAdded:
      return "added";
    case RowChange::Kind::kChanged:
      return "changed";
    case RowChange::Kind::kRemoved:
      break;
  }
  return "removed";
}

Result<std::vector<DescribedChange>> describe_changes(const Database& database,
                                                      const std::vector<RowChange>& changes) {
  const Names names(database);
  std::map<EntityRef, std::string> labels;
  std::vector<DescribedChange> described;
  described.reserve(changes.size());
  const auto heard = heard_times(changes);
  for (const RowChange& change : told_changes(changes)) {
    ND_TRY_ASSIGN(std::string text, Described(names, labels, change).text(heard));
    described.push_back({change.kind, group_of(change.table), std::move(text)});
  }
  return described;
}

std::vector<ChangeCount> count_changes(const std::vector<RowChange>& all) {
  const auto changes = told_changes(all);
  std::vector<ChangeCount> counts;
  for (const auto kind :
       {RowChange::Kind::kAdded, RowChange::Kind::kChanged, RowChange::Kind::kRemoved}) {
    const auto first = static_cast<std::ptrdiff_t>(counts.size());
    for (const RowChange& change : changes) {
      if (change.kind != kind) continue;
      std::string group = group_of(change.table);
      const auto known = std::find_if(counts.begin() + first, counts.end(),
                                      [&](const ChangeCount& c) { return c.group == group; });
      if (known == counts.end()) {
        counts.push_back({kind, std::move(group), 1});
      } else {
        ++known->count;
      }
    }
  }
  return counts;
}

}  // namespace needledrop
