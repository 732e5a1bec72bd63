#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "catalogue/codes.h"

namespace needledrop {

/// Where in a file something stands.
struct ImportPlace {
  int line = 0;            // of a table, from 1; 0 in JSON
  std::size_t column = 0;  // the cell, from 1; 0: all of the line
  std::string pointer;     // of JSON (RFC 6901): "/works/3/title"
  friend bool operator==(const ImportPlace&, const ImportPlace&) = default;
};

/// "line 3, column 5", "line 3", "/works/3/title".
std::string to_string(const ImportPlace& place);

/// What is wrong with a file that is imported.
struct ImportProblem {
  ImportPlace at;
  std::string text;
  /// The table and the key of the row that a person decided on, where the file contradicts that.
  std::optional<std::pair<std::string, std::string>> decision{};
};

/// Collects what is wrong, so that all of it is told at once.
class ImportProblems {
 public:
  static constexpr std::size_t kMostErrors = 50;
  static constexpr std::size_t kMostWarnings = 1'000;

  void error(ImportProblem problem);
  void error(const ImportPlace& at, std::string text);
  void warn(const ImportPlace& at, std::string text);
  /// The value, or nothing and an error.
  template <typename T>
  std::optional<T> take(Result<T> result, const ImportPlace& at) {
    if (result.has_value()) return std::move(*result);
    error(at, std::move(result.error().message));
    return std::nullopt;
  }
  /// A code; one with a wrong check character is a code, and a warning.
  std::optional<Code> code(CodeScheme scheme, const std::string& text, const ImportPlace& at);

  /// In order of the file; those beyond the most are only counted.
  [[nodiscard]] std::vector<ImportProblem> errors() const;
  [[nodiscard]] std::vector<ImportProblem> warnings() const;
  [[nodiscard]] bool has_errors() const { return !errors_.empty(); }
  [[nodiscard]] std::size_t error_count() const { return error_count_; }
  [[nodiscard]] std::size_t warning_count() const { return warning_count_; }

 private:
  std::vector<ImportProblem> errors_;
  std::vector<ImportProblem> warnings_;
  std::size_t error_count_ = 0;
  std::size_t warning_count_ = 0;
};

}  // namespace needledrop
