#include <variant>

#include <fmt/format.h>

#include "cli/author.h"
#include "cli/changes_report.h"
#include "cli/exit_code.h"
#include "cli/session.h"
#include "cli/table.h"
#include "cli/text_width.h"
#include "cli/wording.h"
#include "desk/edit_json.h"

namespace needledrop {
namespace {

using Align = Table::Align;

std::string what_text(const Fact& fact) {
  return std::string(to_string(fact.property));
}
std::string what_text(const Credit& credit) {
  return std::string(to_string(credit.role));
}
std::string what_text(const Identifier& identifier) {
  return std::string(to_string(identifier.code.scheme));
}
std::string what_text(const Broadcast&) {
  return "broadcast";
}
std::string what_text(const Performance&) {
  return "performance";
}

std::string value_text(const Fact& fact, const std::string&) {
  return fact.value;
}
std::string value_text(const Credit& credit, const std::string& other) {
  std::string text = other;
  if (credit.share.has_value()) text += fmt::format(", {} %", percent_text(*credit.share));
  return credit.society.empty() ? text : fmt::format("{}, {}", text, credit.society);
}
std::string value_text(const Identifier& identifier, const std::string&) {
  return printed_code(identifier.code.scheme, identifier.code.value);
}
std::string value_text(const Broadcast& broadcast, const std::string&) {
  std::string text = when_text(broadcast);
  if (!broadcast.channel.empty()) text += ", " + broadcast.channel;
  return broadcast.territory.empty() ? text : fmt::format("{}, {}", text, broadcast.territory);
}
std::string value_text(const Performance&, const std::string& other) {
  return other;
}

std::string standing_text(const ListedStatement& statement) {
  const FactStanding standing =
      std::visit([](const auto& what) { return what.standing; }, statement.what);
  if (standing != FactStanding::kStated) return std::string(to_string(standing));
  return statement.is_contradicted ? "contradicted" : "";
}

int run_request(const Session& session, Desk& desk, const EditArguments::Facts& request) {
  const auto listed = list_statements(desk, request.what);
  if (!listed.has_value()) return end_with(session, listed.error());
  if (session.json) {
    session.console.print(statements_json(*listed));
    return kExitDone;
  }
  session.console.print(printable(listed->name) + "\n");
  Table table({{"id"},
               {"what"},
               {"value", Align::kLeft, true},
               {"standing"},
               {"from", Align::kLeft, true}});
  for (const ListedStatement& statement : listed->statements) {
    table.add_row({to_string(statement.id),
                   std::visit([](const auto& what) { return what_text(what); }, statement.what),
                   std::visit([&](const auto& what) { return value_text(what, statement.other); },
                              statement.what),
                   standing_text(statement), statement.provenance});
  }
  session.console.print(table.empty() ? "nothing is said of it yet\n"
                                      : table.text(session.console.traits().width));
  return kExitDone;
}

int run_request(const Session& session, Desk& desk, const EditArguments::History&) {
  const auto edits = made_edits(desk.catalogue());
  if (!edits.has_value()) return end_with(session, edits.error());
  if (session.json) {
    session.console.print(edits_json(*edits));
    return kExitDone;
  }
  Table table({{"edit", Align::kRight},
               {"when"},
               {"by", Align::kLeft, true},
               {"what", Align::kLeft, true},
               {"undone"}});
  for (const MadeEdit& edit : *edits) {
    table.add_row({std::to_string(edit.id), edit.note.at, edit.note.author, edit.note.summary,
                   edit.is_undone ? "undone" : ""});
  }
  session.console.print(table.empty() ? "no edits yet\n"
                                      : table.text(session.console.traits().width));
  return kExitDone;
}

/// The edit as it stands now.
int show_edit(const Session& session, Desk& desk, std::int64_t id) {
  const auto edit = made_edit(desk.catalogue(), id);
  if (!edit.has_value()) return end_with(session, edit.error());
  const auto changes = describe_changes(desk.catalogue().database(), edit->changes);
  if (!changes.has_value()) return end_with(session, changes.error());
  if (session.json) {
    session.console.print(edit_json(*edit, *changes));
    return kExitDone;
  }
  const EditNote& note = edit->note;
  session.console.print(fmt::format("edit {}: {}, {}{}{}\n", id, printable(note.summary), note.at,
                                    note.author.empty() ? "" : " by " + printable(note.author),
                                    edit->is_undone ? ", undone" : ""));
  session.console.print(changes_text(*changes));
  return kExitDone;
}

int run_request(const Session& session, Desk& desk, const EditArguments::Show& request) {
  return show_edit(session, desk, request.edit);
}

int end_turned(const Session& session, const Result<void>& turned, Desk& desk, std::int64_t id,
               std::string_view done) {
  if (!turned.has_value()) return end_with(session, turned.error());
  if (session.json) return show_edit(session, desk, id);
  session.console.print(fmt::format("edit {} is {}\n", id, done));
  return kExitDone;
}

int run_request(const Session& session, Desk& desk, const EditArguments::Undo& request) {
  return end_turned(session, undo_edit(desk.catalogue(), request.edit), desk, request.edit,
                    "undone");
}

int run_request(const Session& session, Desk& desk, const EditArguments::Redo& request) {
  return end_turned(session, redo_edit(desk.catalogue(), request.edit), desk, request.edit,
                    "made again");
}

int run_request(const Session& session, Desk& desk, const EntityEdit& request) {
  const auto outcome = edit_entity(desk, request);
  if (!outcome.has_value()) return end_with(session, outcome.error());
  if (!outcome->warning.empty()) session.console.complain("", outcome->warning);
  if (session.json) {
    session.console.print(edit_json(*outcome));
  } else if (outcome->edit.has_value()) {
    session.console.print(changes_text(outcome->changes));
    session.console.print(fmt::format("undo with: needledrop edit --undo {}\n", *outcome->edit));
  } else {
    session.console.print("it was so already\n");
  }
  return kExitDone;
}

Desk::Purpose purpose_of(const EditArguments& arguments) {
  const bool reads = std::holds_alternative<EditArguments::Facts>(arguments.request) ||
                     std::holds_alternative<EditArguments::History>(arguments.request) ||
                     std::holds_alternative<EditArguments::Show>(arguments.request);
  return reads ? Desk::Purpose::kUse : Desk::Purpose::kChange;
}

}  // namespace

int run_command(const Session& session, const EditArguments& arguments) {
  auto desk = session.open_desk(purpose_of(arguments));
  if (!desk.has_value()) return end_with(session, desk.error());
  EditArguments::Request request = arguments.request;
  if (auto* const edit = std::get_if<EntityEdit>(&request)) {
    edit->author = author_of(arguments.author);
  }
  return std::visit([&](const auto& one) { return run_request(session, *desk, one); }, request);
}

}  // namespace needledrop
