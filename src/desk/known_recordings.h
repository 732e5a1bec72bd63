#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "catalogue/catalogue.h"
#include "desk/imported_catalogue.h"

namespace needledrop {

/// The recordings of a desk, to find what files name: by number, path or exactly their title, and
/// by ISRC. A value.
class KnownRecordings {
 public:
  /// Reads the catalogue, which no edit holds meanwhile.
  static Result<KnownRecordings> load(Catalogue& catalogue);

  /// The recordings that are meant: one, or all of the same sound that have the ISRC. Several that
  /// fit are an error; none is a warning, as recordings come with the music. An ISRC that another
  /// sound has already is an error that names both; otherwise the recording has it from now on.
  std::vector<SourceId> find(const ImportedRecording& meant, ImportProblems& problems);
  /// The one recording that has this ISRC, else exactly this title; nothing where there is none, or
  /// several.
  [[nodiscard]] std::optional<SourceId> only(const std::optional<Code>& isrc,
                                             const std::string& title) const;
  /// "12 Promise".
  [[nodiscard]] std::string label(SourceId id) const;

 private:
  [[nodiscard]] std::vector<SourceId> named(const std::string& what) const;
  [[nodiscard]] bool are_same_sound(SourceId a, SourceId b) const;
  [[nodiscard]] bool are_all_same_sound(const std::vector<SourceId>& ids) const;
  [[nodiscard]] std::string list_of(const std::vector<SourceId>& ids) const;
  void check_code(const ImportedRecording& meant, SourceId found, ImportProblems& problems);

  std::unordered_map<SourceId::rep, std::string> titles_;
  std::unordered_map<std::string, std::vector<SourceId>> by_title_;  // folded
  std::unordered_map<std::string, std::vector<SourceId>> by_path_;
  std::unordered_map<std::string, std::vector<SourceId>> by_isrc_;
  std::set<std::pair<SourceId, SourceId>> same_sound_;  // the smaller first
};

}  // namespace needledrop
