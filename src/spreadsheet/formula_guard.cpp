#include "spreadsheet/formula_guard.h"

#include <algorithm>
#include <array>

namespace needledrop {
namespace {

constexpr char kGuard = '\'';

bool reads_as_formula(std::string_view text) {
  // The full-width forms count too: spreadsheets set to East Asian languages take them for the
  // others.
  constexpr std::array<std::string_view, 11> kStarts{"=",  "+",  "-",  "@",  "\t", "\r",
                                                     "\n", "＝", "＋", "－", "＠"};
  return std::ranges::any_of(kStarts, [text](std::string_view s) { return text.starts_with(s); });
}

bool reads_as_guarded(std::string_view text) {
  const std::size_t guards = std::min(text.find_first_not_of(kGuard), text.size());
  return guards > 0 && reads_as_formula(text.substr(guards));
}

}  // namespace

std::string guarded_against_formulas(std::string_view text) {
  const bool needs_guard = reads_as_formula(text) || reads_as_guarded(text);
  return (needs_guard ? std::string(1, kGuard) : std::string()).append(text);
}

std::string_view without_formula_guard(std::string_view cell) {
  return reads_as_guarded(cell) ? cell.substr(1) : cell;
}

}  // namespace needledrop
