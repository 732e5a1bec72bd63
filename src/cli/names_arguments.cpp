#include "cli/names_arguments.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/text_width.h"
#include "cli/wording.h"

namespace needledrop {
namespace {

constexpr int kMostFound = 1000;

Error usage(std::string message) {
  return fail(Error::Kind::kInvalidArgument, std::move(message));
}

Result<NamesArguments> take_search(const NamesWords& words) {
  if (!words.words.empty() || !words.language.empty()) {
    return usage("--search looks for a name; leave out WHAT and --language");
  }
  NamesArguments arguments;
  arguments.action = NamesArguments::Action::kSearch;
  arguments.search.text = words.search;
  if (words.limit > 0) arguments.search.limit = static_cast<std::size_t>(words.limit);
  if (words.kind.empty()) return arguments;
  const auto kind = entity_kind(words.kind);
  if (!kind) {
    return usage(
        fmt::format("\"{}\" is no kind of thing; kinds are production, season, episode, "
                    "recording, work, release and party",
                    printable(words.kind)));
  }
  arguments.search.kinds = {*kind};
  return arguments;
}

/// "party 3" may be typed as two words.
std::size_t words_of_what(const std::vector<std::string>& words) {
  return words.size() > 1 && entity_kind(words[0]) && read_count(words[1]) ? 2 : 1;
}

Result<NamesArguments> take_add(NamesArguments arguments, const NamesWords& words,
                                const std::string& text) {
  arguments.action = NamesArguments::Action::kAdd;
  arguments.name.text = text;
  arguments.name.language = words.language;
  if (words.kind.empty()) return arguments;
  const auto kind = name_kind(words.kind);
  if (!kind) {
    return usage(
        fmt::format("\"{}\" is no kind of name; kinds are official, localised, romanised "
                    "and search",
                    printable(words.kind)));
  }
  arguments.name.kind = *kind;
  return arguments;
}

Result<NamesArguments> take_remove(NamesArguments arguments, const std::string& number) {
  arguments.action = NamesArguments::Action::kRemove;
  const auto id = read_count(number);
  if (!id) return usage(fmt::format("\"{}\" is no name's number", printable(number)));
  arguments.id = *id;
  return arguments;
}

}  // namespace

std::vector<std::string*> NamesWords::texts() {
  std::vector<std::string*> all{&search, &kind, &language, &author};
  for (std::string& word : words) all.push_back(&word);
  return all;
}

void declare_names(CLI::App& app, NamesWords& words) {
  CLI::App* names = app.add_subcommand("names");
  names->add_option("WHAT", words.words)->expected(0, 4);
  names->add_option("--search", words.search);
  names->add_option("--kind", words.kind);
  names->add_option("--language", words.language);
  names->add_option("--limit", words.limit)->check(CLI::Range(1, kMostFound));
  names->add_option("--by", words.author);
}

Result<NamesArguments> take_names(const NamesWords& words) {
  if (!words.search.empty()) return take_search(words);
  if (words.words.empty()) return usage("names needs WHAT, or --search TEXT");
  if (words.limit > 0) return usage("--limit goes with --search");
  const std::size_t count = words_of_what(words.words);
  NamesArguments arguments;
  arguments.author = words.author;
  arguments.what = count == 2 ? words.words[0] + " " + words.words[1] : words.words[0];
  const std::vector<std::string> rest(words.words.begin() + static_cast<std::ptrdiff_t>(count),
                                      words.words.end());
  const bool adds = rest.size() == 2 && rest[0] == "add";
  if (!adds && (!words.language.empty() || !words.kind.empty())) {
    return usage("--language and --kind go with add TEXT");
  }
  if (rest.empty()) return arguments;
  if (adds) return take_add(std::move(arguments), words, rest[1]);
  if (rest.size() == 2 && rest[0] == "remove") return take_remove(std::move(arguments), rest[1]);
  return usage("after WHAT, names takes: add TEXT, or remove NUMBER");
}

}  // namespace needledrop
