#include "catalogue/broadcasts.h"

#include <algorithm>
#include <memory>
#include <tuple>

#include <fmt/format.h>
#include <unicode/timezone.h>

#include "catalogue/catalogue_state.h"
#include "catalogue/facts.h"
#include "catalogue/partial_date.h"
#include "catalogue/text.h"

namespace needledrop {
namespace {

Broadcast read_broadcast(Statement& row) {
  Broadcast broadcast;
  broadcast.id = row.read<std::int64_t>();
  broadcast.episode = row.read<std::int64_t>();
  broadcast.part = row.read<std::optional<int>>();
  broadcast.date = row.read<std::string>();
  broadcast.time = row.read<std::string>();
  broadcast.zone = row.read<std::string>();
  broadcast.channel = row.read<std::string>();
  broadcast.territory = row.read<std::string>();
  broadcast.provenance = row.read<std::int64_t>();
  broadcast.standing = read_fact_standing(row);
  return broadcast;
}

Result<std::string> read_time(std::string_view text) {
  const auto digit = [text](std::size_t i) { return text[i] - '0'; };
  const std::size_t colon = text.find_first_of(":.");
  const bool is_formed = colon != std::string_view::npos && (colon == 1 || colon == 2) &&
                         text.size() == colon + 3 && std::ranges::all_of(text, [&](const char& c) {
                           return (c >= '0' && c <= '9') || &c == text.data() + colon;
                         });
  if (is_formed) {
    const int hour = colon == 1 ? digit(0) : digit(0) * 10 + digit(1);
    const int minute = digit(colon + 1) * 10 + digit(colon + 2);
    if (hour < 30 && minute < 60) return fmt::format("{:02}:{:02}", hour, minute);
  }
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("'{}' is no time of day; write 21:20, or 25:10 for ten past one at night",
                          shown(text, 40)));
}

Result<void> check_zone(std::string_view zone) {
  const auto known = std::unique_ptr<icu::TimeZone>(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(std::string(zone))));
  if (known != nullptr && *known != icu::TimeZone::getUnknown()) return {};
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("'{}' is no time zone; write one like Asia/Seoul", shown(zone, 40)));
}

bool is_same_statement(const Broadcast& a, const Broadcast& b) {
  return std::tie(a.part, a.date, a.time, a.zone, a.channel, a.territory, a.provenance) ==
         std::tie(b.part, b.date, b.time, b.zone, b.channel, b.territory, b.provenance);
}

/// The first of those in order of time that holds; null: none.
const Broadcast* first_of(const std::vector<Broadcast>& broadcasts) {
  const Broadcast* first = nullptr;
  for (const Broadcast& broadcast : broadcasts) {
    if (broadcast.standing == FactStanding::kPreferred) return &broadcast;
    if (broadcast.standing == FactStanding::kDismissed) continue;
    const bool is_more_precise = first != nullptr && broadcast.date.size() > first->date.size() &&
                                 broadcast.date.starts_with(first->date);
    if (first == nullptr || is_more_precise) first = &broadcast;
  }
  return first;
}

Error no_broadcast(std::int64_t id) {
  return fail(Error::Kind::kNotFound, fmt::format("there is no broadcast {}", id));
}

}  // namespace

Result<Broadcast> checked_broadcast(Broadcast broadcast) {
  ND_TRY_ASSIGN(const PartialDate date, read_partial_date(broadcast.date));
  broadcast.date = to_string(date);
  if (!broadcast.time.empty()) {
    ND_TRY_ASSIGN(broadcast.time, read_time(broadcast.time));
    if (!date.day.has_value()) {
      return fail(
          Error::Kind::kInvalidArgument,
          fmt::format("a time ({}) needs a day, and '{}' is none", broadcast.time, broadcast.date));
    }
  }
  if (!broadcast.zone.empty()) ND_TRY(check_zone(broadcast.zone));
  if (!broadcast.territory.empty()) {
    ND_TRY_ASSIGN(broadcast.territory, read_fact_value(Property::kCountry, broadcast.territory));
  }
  ND_TRY(check_text(broadcast.channel, "the channel"));
  return broadcast;
}

Result<std::int64_t> add_broadcast(CatalogueEdit& edit, const Broadcast& said) {
  const Database& database = edit.database();
  ND_TRY_ASSIGN(const Broadcast broadcast, checked_broadcast(said));
  ND_TRY(check_entity(database, {EntityKind::kEpisode, broadcast.episode}));
  ND_TRY_ASSIGN(const auto known, broadcasts_of(database, broadcast.episode));
  const auto same = std::ranges::find_if(
      known, [&broadcast](const Broadcast& other) { return is_same_statement(broadcast, other); });
  if (same != known.end()) return same->id;
  ND_TRY(database.run(
      "INSERT INTO broadcast (episode, part, date, time, zone, channel, territory, provenance, "
      "standing) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      broadcast.episode, broadcast.part, broadcast.date, broadcast.time, broadcast.zone,
      broadcast.channel, broadcast.territory, broadcast.provenance, to_string(broadcast.standing)));
  return database.last_id();
}

Result<void> remove_broadcast(CatalogueEdit& edit, std::int64_t id) {
  ND_TRY(edit.database().run("DELETE FROM broadcast WHERE id = ?1", id));
  if (edit.database().changed_rows() == 0) return no_broadcast(id);
  return {};
}

Result<void> set_broadcast_standing(CatalogueEdit& edit, std::int64_t id, FactStanding standing) {
  ND_TRY(edit.database().run("UPDATE broadcast SET standing = ?2 WHERE id = ?1", id,
                             to_string(standing)));
  if (edit.database().changed_rows() == 0) return no_broadcast(id);
  return {};
}

Result<std::vector<Broadcast>> broadcasts_of(const Database& database, std::int64_t episode) {
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT id, episode, part, date, time, zone, channel, territory, "
                                 "provenance, standing FROM broadcast WHERE episode = ?1 "
                                 "ORDER BY date, time, id"));
  return all_rows(query.bind(episode), read_broadcast);
}

Result<FirstTransmission> first_transmission(const Database& database, const Episode& episode) {
  ND_TRY_ASSIGN(const auto broadcasts, broadcasts_of(database, episode.id));
  if (const Broadcast* const first = first_of(broadcasts)) {
    return FirstTransmission{first->date, when_text(*first), first->channel};
  }
  ND_TRY_ASSIGN(const auto facts, facts_of(database, {EntityKind::kEpisode, episode.id}));
  const std::string date =
      episode.air_date.value_or(held_fact(facts, Property::kFirstBroadcast).value);
  return FirstTransmission{date, date, ""};
}

std::string when_text(const Broadcast& broadcast) {
  std::string text = broadcast.date;
  if (!broadcast.time.empty()) text += " " + broadcast.time;
  if (!broadcast.zone.empty()) text += " " + broadcast.zone;
  return text;
}

}  // namespace needledrop
