#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "media/subtitle_markup.h"
#include "media/subtitles.h"

namespace needledrop {

/// Makes Subtitles of what a parser finds, within bounds, and words its faults. One language class
/// each; they share one list of faults.
class SubtitleBuilder {
 public:
  /// A line as it stands in the file.
  struct Draft {
    std::size_t place = 0;  // line in the file, for faults; 0: it has none
    Milliseconds start{0};
    std::optional<Milliseconds> end = {};  // none: until the next begins, 5 s at most
    bool stays = false;                    // without an end: until the next, however long
    PlainText text = {};
    bool is_song = false;  // known otherwise than from its text
  };

  explicit SubtitleBuilder(std::string format) : format_(std::move(format)) {}

  /// Takes a line; one without text only ends the open line before it. `key` is the language class.
  void add(Draft draft, const std::string& key = "");
  /// Says what the class is; classes come out in the order in which they were first named. What is
  /// beyond the first kMostClasses belongs to the first.
  Subtitles& about(const std::string& key = "") { return class_of(key).subtitles; }
  /// Counts a fault; `what` says also what comes of it: "the time can't be read; left out".
  void fault(std::size_t place, std::string_view what);
  [[nodiscard]] bool is_full() const { return count_ >= kMostLines; }

  /// Everything taken, in order. Lines over one another are a fault where `overlaps_are_faults`.
  ReadSubtitles finish(bool overlaps_are_faults);

  static constexpr std::size_t kMostLines = 200'000;
  static constexpr std::size_t kMostText = 4'096;  // bytes of a line's text
  static constexpr std::size_t kMostClasses = 64;

 private:
  struct Class {
    Subtitles subtitles;
    std::vector<Draft> drafts;
  };

  Class& class_of(const std::string& key);
  void settle(Class& part, bool overlaps_are_faults);

  std::string format_;
  std::vector<std::string> keys_;  // in order of appearance
  std::map<std::string, Class> classes_;
  std::map<std::string, std::size_t, std::less<>> faults_;  // by kind
  std::vector<std::string> warnings_;
  std::size_t count_ = 0;
};

}  // namespace needledrop
