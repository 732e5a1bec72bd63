#include "cli/changes_report.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/text_width.h"
#include "cli/wording.h"

namespace needledrop {
namespace {

std::string_view sign_of(RowChange::Kind kind) {
  switch (kind) {
    case RowChange::Kind::kAdded:
      return "+";
    case RowChange::Kind::kChanged:
      return "~";
    case RowChange::Kind::kRemoved:
      break;
  }
  return "-";
}

/// "1 party", "2 parties", else as usual.
std::string count_text(const ChangeCount& count) {
  if (count.group == "party" && count.count != 1) return fmt::format("{} parties", count.count);
  return counted(count.count, count.group);
}

}  // namespace

std::string changes_text(std::span<const DescribedChange> changes) {
  constexpr std::size_t kMostOfGroup = 200;
  using Group = std::pair<RowChange::Kind, std::string_view>;
  std::vector<std::pair<Group, std::size_t>> groups;
  std::string text;
  for (const DescribedChange& change : changes) {
    const Group group{change.kind, change.group};
    auto known = std::ranges::find(groups, group, [](const auto& g) { return g.first; });
    if (known == groups.end()) known = groups.insert(groups.end(), {group, 0});
    if (++known->second > kMostOfGroup) continue;
    text += fmt::format("{} {} {}\n", sign_of(change.kind), change.group, printable(change.text));
  }
  for (const auto& [group, count] : groups) {
    if (count <= kMostOfGroup) continue;
    text += fmt::format("{} and {} more\n", sign_of(group.first),
                        count_text({group.first, std::string(group.second), count - kMostOfGroup}));
  }
  return text;
}

std::string counts_text(std::span<const ChangeCount> counts) {
  if (counts.empty()) return "nothing new";
  std::string text;
  const ChangeCount* before = nullptr;
  for (const ChangeCount& count : counts) {
    if (before == nullptr || before->kind != count.kind) {
      text += fmt::format("{}{}: ", before == nullptr ? "" : "; ", to_string(count.kind));
    } else {
      text += ", ";
    }
    text += count_text(count);
    before = &count;
  }
  return text;
}

}  // namespace needledrop
