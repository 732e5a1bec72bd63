#include "catalogue/sequence_numbers.h"

#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "catalogue/text.h"

namespace needledrop {
namespace {

struct Numbered {
  int part = 1;
  int number = 1;
  bool is_source = false;
};

/// The digits that "number:2" asks for; nothing when it is no such thing.
std::optional<int> width_of(std::string_view field) {
  constexpr std::string_view kNumber = "number";
  constexpr int kWidest = 9;
  if (!field.starts_with(kNumber)) return std::nullopt;
  field.remove_prefix(kNumber.size());
  if (field.empty()) return 1;
  if (field.front() != ':') return std::nullopt;
  field.remove_prefix(1);
  int width = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), width);
  const bool is_number = error == std::errc() && end == field.data() + field.size();
  return is_number && width >= 1 && width <= kWidest ? std::optional(width) : std::nullopt;
}

Result<std::string> filled_in(std::string_view pattern, const Numbered& numbered) {
  std::string text;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    text += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    pattern.remove_prefix(open + 1);
    const std::size_t close = pattern.find('}');
    const std::string_view field = pattern.substr(0, close);
    const std::optional<int> width = width_of(field);
    if (close == std::string_view::npos || (field != "part" && field != "source" && !width)) {
      return fail(Error::Kind::kInvalidArgument,
                  fmt::format("a pattern of numbers has {{part}}, {{number}}, {{number:2}} and "
                              "{{source}}, not \"{{{}\"",
                              shown(field, 40)));
    }
    if (field == "part") text += std::to_string(numbered.part);
    if (field == "source" && numbered.is_source) text += 's';
    if (width.has_value()) text += fmt::format("{:0{}}", numbered.number, *width);
    pattern.remove_prefix(close + 1);
  }
  return text;
}

}  // namespace

Result<std::vector<std::string>> sequence_numbers(std::span<const Cue> cues, int part,
                                                  std::string_view pattern) {
  std::vector<std::string> numbers;
  Numbered next{part, 1, false};
  ND_TRY(filled_in(pattern, next));
  for (const Cue& cue : cues) {
    numbers.emplace_back();
    if (cue.standing == CueStanding::kRejected) continue;
    next.is_source =
        cue.perception == CuePerception::kHeard || cue.perception == CuePerception::kPerformed;
    ND_TRY_ASSIGN(numbers.back(), filled_in(pattern, next));
    ++next.number;
  }
  return numbers;
}

}  // namespace needledrop
