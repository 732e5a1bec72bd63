#pragma once

#include <string>
#include <string_view>

namespace needledrop {

/// Text of strangers becomes a formula when a spreadsheet opens a CSV file in which a cell begins
/// with = + - @ or their full-width forms, tab, CR or LF. An apostrophe before it makes it text.

/// The text as it may stand in a CSV cell: with a guard where it would be a formula, or where it
/// already begins like a guarded one.
std::string guarded_against_formulas(std::string_view text);

/// Undoes guarded_against_formulas.
std::string_view without_formula_guard(std::string_view cell);

}  // namespace needledrop
