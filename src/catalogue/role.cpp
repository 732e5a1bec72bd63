#include "catalogue/role.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "catalogue/text.h"

namespace needledrop {
namespace {

struct RoleRow {
  Role role;
  RoleSide side;
  std::string_view word;
  std::string_view code;  // CWR's; "" none
};

// The codes of writers and publishers are those of CISAC's Common Works Registration (CWR 2.1,
// tables "writer designation" and "publisher type").
constexpr std::array<RoleRow, 24> kRoles{{
    {Role::kComposer, RoleSide::kWriter, "composer", "C"},
    {Role::kAuthor, RoleSide::kWriter, "author", "A"},
    {Role::kComposerAuthor, RoleSide::kWriter, "composer and author", "CA"},
    {Role::kArranger, RoleSide::kWriter, "arranger", "AR"},
    {Role::kAdaptor, RoleSide::kWriter, "adaptor", "AD"},
    {Role::kTranslator, RoleSide::kWriter, "translator", "TR"},
    {Role::kSubAuthor, RoleSide::kWriter, "sub-author", "SA"},
    {Role::kSubArranger, RoleSide::kWriter, "sub-arranger", "SR"},
    {Role::kPublisher, RoleSide::kPublisher, "publisher", "E"},
    {Role::kSubPublisher, RoleSide::kPublisher, "sub-publisher", "SE"},
    {Role::kAdministrator, RoleSide::kPublisher, "administrator", "AM"},
    {Role::kAcquirer, RoleSide::kPublisher, "acquirer", "AQ"},
    {Role::kSubstitutedPublisher, RoleSide::kPublisher, "substituted publisher", "ES"},
    {Role::kIncomeParticipant, RoleSide::kPublisher, "income participant", "PA"},
    {Role::kPerformer, RoleSide::kRecording, "performer", ""},
    {Role::kProducer, RoleSide::kRecording, "producer", ""},
    {Role::kLabel, RoleSide::kRecording, "label", ""},
    {Role::kDirector, RoleSide::kProduction, "director", ""},
    {Role::kScreenwriter, RoleSide::kProduction, "screenwriter", ""},
    {Role::kActor, RoleSide::kProduction, "actor", ""},
    {Role::kMusicDirector, RoleSide::kProduction, "music director", ""},
    {Role::kMusicSupervisor, RoleSide::kProduction, "music supervisor", ""},
    {Role::kProductionCompany, RoleSide::kProduction, "production company", ""},
    {Role::kBroadcaster, RoleSide::kProduction, "broadcaster", ""},
}};

// What people write for them besides.
struct RoleAlias {
  std::string_view word;
  Role role;
};
constexpr std::array<RoleAlias, 10> kAliases{{
    {"lyricist", Role::kAuthor},
    {"lyrics", Role::kAuthor},
    {"music", Role::kComposer},
    {"songwriter", Role::kComposerAuthor},
    {"composer/author", Role::kComposerAuthor},
    {"original publisher", Role::kPublisher},
    {"artist", Role::kPerformer},
    {"singer", Role::kPerformer},
    {"writer", Role::kComposerAuthor},
    {"channel", Role::kBroadcaster},
}};

const RoleRow& row_of(Role role) {
  return *std::ranges::find(kRoles, role, &RoleRow::role);
}

std::string trimmed(std::string text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string all_roles() {
  std::string all;
  for (const RoleRow& row : kRoles) {
    all += fmt::format("{}{}", all.empty() ? "" : ", ", row.word);
  }
  return all;
}

Error no_share(std::string_view text) {
  return fail(
      Error::Kind::kInvalidArgument,
      fmt::format("'{}' is no share; write a percentage like 50 or 33.33", shown(text, 40)));
}

}  // namespace

std::string_view to_string(Role role) {
  return row_of(role).word;
}

std::string_view cwr_code(Role role) {
  return row_of(role).code;
}

RoleSide side_of(Role role) {
  return row_of(role).side;
}

Result<Role> read_role(std::string_view text) {
  std::string word = trimmed(folded(text));
  std::ranges::replace(word, '_', ' ');
  for (const RoleRow& row : kRoles) {
    if (word == row.word || (!row.code.empty() && word == folded(row.code))) return row.role;
  }
  for (const RoleAlias& alias : kAliases) {
    if (word == alias.word) return alias.role;
  }
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("'{}' is no role; there are {}", shown(text, 40), all_roles()));
}

Result<Share> read_share(std::string_view percent) {
  constexpr std::int64_t kScale = Share::kWhole / 100;  // of one percent
  std::string text = trimmed(std::string(percent));
  if (text.ends_with('%')) text = trimmed(text.substr(0, text.size() - 1));
  std::ranges::replace(text, ',', '.');
  const std::size_t point = text.find('.');
  const std::string whole = text.substr(0, point);
  const std::string decimals = point == std::string::npos ? "" : text.substr(point + 1);
  const auto is_digits = [](const std::string& s) {
    return std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; });
  };
  if (whole.starts_with('-') && is_digits(whole.substr(1)) && is_digits(decimals)) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("a share of {} is below 0", shown(percent, 40)));
  }
  if (whole.empty() || whole.size() > 9 || !is_digits(whole) || !is_digits(decimals) ||
      (point != std::string::npos && decimals.empty())) {
    return no_share(percent);
  }
  if (decimals.size() > 4) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("a share of {} has more than 4 decimals", shown(percent, 40)));
  }
  std::int64_t millionths = 0;
  for (const char c : whole) millionths = millionths * 10 + (c - '0');
  millionths *= kScale;
  std::int64_t unit = kScale;
  for (const char c : decimals) millionths += (c - '0') * (unit /= 10);
  if (millionths > Share::kWhole) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("a share of {} is above 100", shown(percent, 40)));
  }
  return Share{millionths};
}

std::string percent_text(Share share) {
  std::string text = fmt::format("{}.{:04}", share.millionths / 10'000, share.millionths % 10'000);
  for (int i = 0; i < 2 && text.ends_with('0'); ++i) text.pop_back();
  return text;
}

}  // namespace needledrop
