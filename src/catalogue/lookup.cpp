#include "catalogue/lookup.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "catalogue/text.h"

namespace needledrop {
namespace {

std::string_view take_digits(std::string_view& text) {
  const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view digits = text.substr(0, end);
  text.remove_prefix(end);
  return digits;
}

bool take_letter(std::string_view& text, char lower) {
  if (text.empty() || (text.front() | 0x20) != lower) {
    return false;
  }
  text.remove_prefix(1);
  return true;
}

std::optional<int> small_number(std::string_view digits) {
  constexpr std::size_t kMostDigits = 6;
  const auto value = spelled_number(digits);
  return value && digits.size() <= kMostDigits ? std::optional(static_cast<int>(*value))
                                               : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> spelled_number(std::string_view text) {
  constexpr std::size_t kMostDigits = 18;
  if (text.empty() || text.size() > kMostDigits ||
      text.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<EpisodeMark> read_episode_mark(std::string_view text) {
  EpisodeMark mark;
  const bool names_season = take_letter(text, 's');
  if (names_season || (!text.empty() && text.front() >= '0' && text.front() <= '9')) {
    mark.season = small_number(take_digits(text));
    if (!mark.season || !take_letter(text, names_season ? 'e' : 'x')) {
      return std::nullopt;
    }
  } else if (!take_letter(text, 'e')) {
    return std::nullopt;
  }
  const auto episode = small_number(take_digits(text));
  if (!episode || !text.empty()) {
    return std::nullopt;
  }
  mark.number = *episode;
  return mark;
}

Result<std::int64_t> only_choice(const std::vector<Choice>& choices, std::string_view what,
                                 std::string_view noun, std::string_view plural,
                                 std::string_view names) {
  constexpr std::size_t kMostShown = 12;
  if (choices.empty()) {
    return fail(Error::Kind::kNotFound,
                fmt::format("no {} fits '{}'; give {}", noun, shown(what), names));
  }
  if (choices.size() == 1) {
    return choices.front().id;
  }
  std::string list;
  for (const Choice& choice : std::span(choices).first(std::min(choices.size(), kMostShown))) {
    list += fmt::format("{}{} {}", list.empty() ? "" : ", ", choice.id, choice.label);
  }
  if (choices.size() > kMostShown) {
    list += fmt::format(", and {} more", choices.size() - kMostShown);
  }
  return fail(Error::Kind::kAmbiguous, fmt::format("{} {} fit '{}': {}; name it by its number",
                                                   choices.size(), plural, shown(what), list));
}

Lookup::Lookup(const Database& database, std::string_view what, std::string_view choices,
               Label label)
    : database_(database), what_(what), choices_(choices), label_(std::move(label)) {}

Result<std::vector<Choice>> Lookup::fitting(std::initializer_list<Rule> rules) const {
  for (const Rule& rule : rules) {
    ND_TRY_ASSIGN(auto choices, choices_of(rule));
    if (!choices.empty()) {
      return choices;
    }
  }
  return std::vector<Choice>();
}

std::string Lookup::with_condition(std::string_view condition) const {
  return fmt::format(fmt::runtime(choices_), condition);
}

Result<std::vector<Choice>> Lookup::read_choices(Statement& query) const {
  return all_rows(query, [this](Statement& row) {
    const auto id = row.read<std::int64_t>();
    return Choice{id, label_(row)};
  });
}

Result<std::vector<Choice>> Lookup::choices_of(const Rule& rule) const {
  switch (rule.needle) {
    case Needle::kId: {
      const auto id = spelled_number(what_);
      return id ? choices_where(rule.condition, *id) : std::vector<Choice>();
    }
    case Needle::kBytes:
      return choices_where(rule.condition, Blob{std::string(what_)});
    case Needle::kFolded: {
      const std::string needle = folded(what_);  // "" is part of everything, and no name
      return needle.empty() ? std::vector<Choice>() : choices_where(rule.condition, needle);
    }
  }
  return std::vector<Choice>();
}

}  // namespace needledrop
