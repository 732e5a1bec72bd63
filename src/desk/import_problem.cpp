#include "desk/import_problem.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "spreadsheet/spreadsheet.h"

namespace needledrop {
namespace {

std::vector<ImportProblem> in_order(std::vector<ImportProblem> problems) {
  std::ranges::stable_sort(problems, [](const ImportProblem& a, const ImportProblem& b) {
    return std::tie(a.at.line, a.at.column) < std::tie(b.at.line, b.at.column);
  });
  return problems;
}

}  // namespace

std::string to_string(const ImportPlace& place) {
  if (place.line == 0) return place.pointer.empty() ? "the document" : place.pointer;
  return place.column == 0 ? fmt::format("line {}", place.line)
                           : cell_place(place.line, place.column);
}

void ImportProblems::error(ImportProblem problem) {
  ++error_count_;
  if (errors_.size() < kMostErrors) errors_.push_back(std::move(problem));
}

void ImportProblems::error(const ImportPlace& at, std::string text) {
  error({at, std::move(text)});
}

void ImportProblems::warn(const ImportPlace& at, std::string text) {
  ++warning_count_;
  if (warnings_.size() < kMostWarnings) warnings_.push_back({at, std::move(text)});
}

std::optional<Code> ImportProblems::code(CodeScheme scheme, const std::string& text,
                                         const ImportPlace& at) {
  auto code = take(read_code(scheme, text), at);
  if (code.has_value() && !code->warning.empty()) warn(at, std::move(code->warning));
  return code;
}

std::vector<ImportProblem> ImportProblems::errors() const {
  return in_order(errors_);
}

std::vector<ImportProblem> ImportProblems::warnings() const {
  return in_order(warnings_);
}

}  // namespace needledrop
