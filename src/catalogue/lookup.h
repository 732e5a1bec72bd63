#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/statement.h"

namespace needledrop {

struct Choice {
  std::int64_t id = 0;
  std::string label;
};

/// What a person may call a thing that has a file and a title.
inline constexpr std::string_view kAnyName = "its number, its path or a part of its title";

/// The id of the only choice. Otherwise kNotFound with the `names` that it may be called by, or
/// kAmbiguous with the choices in the message:
/// "2 episodes fit 'queen': 3 Queen of Rain/S01E02, 7 Queen Mary/S01E01; name it by its number".
Result<std::int64_t> only_choice(const std::vector<Choice>& choices, std::string_view what,
                                 std::string_view noun, std::string_view plural,
                                 std::string_view names = kAnyName);

/// Finds the one thing that a person names. Borrows all it is made of.
class Lookup {
 public:
  enum class Needle { kId, kBytes, kFolded };
  struct Rule {
    Needle needle;               // what ?1 is: the number it spells, its bytes, or its folded text
    std::string_view condition;  // in SQL
  };
  using Label = std::function<std::string(Statement&)>;

  /// `choices` is a query with "{}" for the condition, whose rows are an id and what `label` reads.
  Lookup(const Database& database, std::string_view what, std::string_view choices, Label label);

  /// What fits the first rule that anything fits.
  [[nodiscard]] Result<std::vector<Choice>> fitting(std::initializer_list<Rule> rules) const;
  /// What fits this condition, by id.
  template <typename... Values>
  [[nodiscard]] Result<std::vector<Choice>> choices_where(std::string_view condition,
                                                          const Values&... values) const {
    ND_TRY_ASSIGN(Statement query, database_.prepare(with_condition(condition)));
    return read_choices(query.bind(values...));
  }

 private:
  [[nodiscard]] std::string with_condition(std::string_view condition) const;
  [[nodiscard]] Result<std::vector<Choice>> read_choices(Statement& query) const;
  [[nodiscard]] Result<std::vector<Choice>> choices_of(const Rule& rule) const;

  const Database& database_;
  std::string_view what_;
  std::string_view choices_;
  Label label_;
};

/// The number that the text spells in ASCII digits; at most 18 of them.
std::optional<std::int64_t> spelled_number(std::string_view text);

/// An episode's place in its production, as a person types it: S01E12, 1x12 or E12.
struct EpisodeMark {
  std::optional<int> season;
  int number = 0;
};
std::optional<EpisodeMark> read_episode_mark(std::string_view text);

}  // namespace needledrop
