#include "cli/edit_arguments.h"

#include <algorithm>
#include <array>
#include <span>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "catalogue/lookup.h"
#include "cli/text_width.h"

namespace needledrop {
namespace {

constexpr std::string_view kUsage =
    "edit needs: [KIND] NAME ACTION, with ACTION one of facts, set PROPERTY VALUE, credit ROLE "
    "PARTY, code SCHEME VALUE, prefer ID, dismiss ID, remove ID, work WORK, rename NAME, add";

struct ActionWord {
  std::string_view word;
  std::size_t words;  // after it
};
constexpr std::array<ActionWord, 10> kActions{{{"facts", 0},
                                               {"set", 2},
                                               {"credit", 2},
                                               {"code", 2},
                                               {"prefer", 1},
                                               {"dismiss", 1},
                                               {"remove", 1},
                                               {"work", 1},
                                               {"rename", 1},
                                               {"add", 0}}};

Error wrong(std::string text) {
  return fail(Error::Kind::kInvalidArgument, std::move(text));
}

/// An action at the front with as many words as it takes.
const ActionWord* action_of(std::span<const std::string> words) {
  if (words.empty()) return nullptr;
  const auto* const action = std::ranges::find(kActions, words.front(), &ActionWord::word);
  return action != kActions.end() && words.size() == action->words + 1 ? action : nullptr;
}

std::string list_of(auto values) {
  std::string list;
  for (const auto value : values)
    list += fmt::format("{}{}", list.empty() ? "" : ", ", to_string(value));
  return list;
}

Result<EntityAction> read_set(const std::string& word, const std::string& value) {
  const auto known = property(word);
  if (known.has_value()) return EntityAction(SetFact{*known, value});
  return wrong(
      fmt::format("'{}' is no property; there are {}", printable(word), list_of(kProperties)));
}

Result<EntityAction> read_credit(const EditWords& words, const std::string& role,
                                 const std::string& party) {
  SetCredit credit;
  ND_TRY_ASSIGN(credit.role, read_role(role));
  credit.party = party;
  credit.society = words.society;
  if (!words.share.empty()) {
    ND_TRY_ASSIGN(credit.share, read_share(words.share));
  }
  return EntityAction(std::move(credit));
}

Result<EntityAction> read_code_action(const std::string& scheme, const std::string& value) {
  const auto known = code_scheme(scheme);
  if (known.has_value()) return EntityAction(SetCode{*known, value});
  return wrong(fmt::format("'{}' is no kind of code; there are {}", printable(scheme),
                           list_of(kCodeSchemes)));
}

Result<EntityAction> read_decision(Decide::What what, const std::string& word) {
  const auto statement = statement_id(word);
  if (statement.has_value()) return EntityAction(Decide{what, *statement});
  return wrong(
      fmt::format("'{}' is no id of a statement, like f12; see edit NAME facts", printable(word)));
}

Result<EntityAction> read_action(const EditWords& words, std::span<const std::string> action) {
  const std::string& word = action.front();
  if (word == "set") return read_set(action[1], action[2]);
  if (word == "credit") return read_credit(words, action[1], action[2]);
  if (word == "code") return read_code_action(action[1], action[2]);
  if (word == "prefer") return read_decision(Decide::What::kPrefer, action[1]);
  if (word == "dismiss") return read_decision(Decide::What::kDismiss, action[1]);
  if (word == "remove") return read_decision(Decide::What::kRemove, action[1]);
  if (word == "work") return EntityAction(LinkWork{action[1]});
  if (word == "rename") {
    const bool has_comment = !words.comment.empty();
    return EntityAction(
        Rename{action[1], has_comment ? std::optional(words.comment) : std::nullopt});
  }
  return EntityAction(AddThing{words.organisation, words.comment});
}

Result<void> check_options(const EditWords& words, std::string_view action) {
  if (action != "credit" && (!words.share.empty() || !words.society.empty())) {
    return wrong("--share and --society are said of a credit");
  }
  if (action != "add" && words.organisation) {
    return wrong("--organisation is said of what is added");
  }
  if (action != "add" && action != "rename" && !words.comment.empty()) {
    return wrong("--comment is said of what is added or renamed");
  }
  return {};
}

/// [KIND] NAME ACTION...: the first word is a kind where an action still follows a name.
Result<EditArguments> read_words(const EditWords& words) {
  const std::span<const std::string> all = words.words;
  EditArguments arguments;
  arguments.author = words.author;
  EntityName what;
  const ActionWord* action = nullptr;
  std::span<const std::string> rest;
  if (all.size() > 2 && entity_kind(all[0]).has_value()) {
    what = {entity_kind(all[0]), all[1]};
    rest = all.subspan(2);
    action = action_of(rest);
  }
  if (action == nullptr && all.size() > 1) {
    what = {std::nullopt, all[0]};
    rest = all.subspan(1);
    action = action_of(rest);
  }
  if (action == nullptr) return wrong(std::string(kUsage));
  ND_TRY(check_options(words, action->word));
  if (action->word == "facts") {
    arguments.request = EditArguments::Facts{std::move(what)};
    return arguments;
  }
  EntityEdit edit;
  edit.what = std::move(what);
  ND_TRY_ASSIGN(edit.action, read_action(words, rest));
  arguments.request = std::move(edit);
  return arguments;
}

}  // namespace

std::vector<std::string*> EditWords::texts() {
  std::vector<std::string*> all{&share, &society, &comment, &author};
  for (std::string& word : words) all.push_back(&word);
  return all;
}

void declare_edit(CLI::App& app, EditWords& words) {
  CLI::App* edit = app.add_subcommand("edit");
  edit->add_option("WHAT", words.words);
  edit->add_flag("--history", words.history);
  edit->add_option("--undo", words.undo);
  edit->add_option("--redo", words.redo);
  edit->add_option("--share", words.share);
  edit->add_option("--society", words.society);
  edit->add_option("--comment", words.comment);
  edit->add_option("--by", words.author);
  edit->add_flag("--organisation", words.organisation);
}

Result<EditArguments> take_edit(const EditWords& words) {
  const int asked = (words.history ? 1 : 0) + (words.undo.has_value() ? 1 : 0) +
                    (words.redo.has_value() ? 1 : 0) + (words.words.empty() ? 0 : 1);
  if (asked != 1) {
    return wrong("edit takes one of: --history, --undo N, --redo N, show N, or NAME ACTION");
  }
  EditArguments arguments;
  if (words.history) {
    arguments.request = EditArguments::History{};
  } else if (words.undo.has_value()) {
    arguments.request = EditArguments::Undo{*words.undo};
  } else if (words.redo.has_value()) {
    arguments.request = EditArguments::Redo{*words.redo};
  } else if (words.words.size() == 2 && words.words[0] == "show" &&
             spelled_number(words.words[1]).has_value()) {
    arguments.request = EditArguments::Show{*spelled_number(words.words[1])};
  } else {
    return read_words(words);
  }
  return arguments;
}

}  // namespace needledrop
