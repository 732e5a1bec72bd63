#include <fmt/format.h>

#include "cli/author.h"
#include "cli/exit_code.h"
#include "cli/session.h"
#include "cli/table.h"
#include "cli/text_width.h"
#include "desk/names_json.h"

namespace needledrop {
namespace {

using Align = Table::Align;

void show(const Session& session, const EntityNames& names) {
  if (session.json) {
    session.console.print(names_json(names));
    return;
  }
  session.console.print(fmt::format("{} {}  {}\n", to_string(names.entity.kind), names.entity.id,
                                    printable(names.label)));
  if (names.names.empty()) return;
  Table table({{"id", Align::kRight},
               {"name", Align::kLeft, true},
               {"language"},
               {"script"},
               {"kind"},
               {"from", Align::kLeft, true}});
  for (const ListedName& listed : names.names) {
    table.add_row({std::to_string(listed.name.id), listed.name.text, listed.name.language,
                   listed.name.script, std::string(to_string(listed.name.kind)),
                   provenance_text(listed.from)});
  }
  session.console.print(table.text(session.console.traits().width));
}

void show(const Session& session, const std::vector<FoundEntity>& found) {
  if (session.json) {
    session.console.print(names_json(found));
    return;
  }
  if (found.empty()) {
    session.console.print("nothing is called so\n");
    return;
  }
  Table table({{"kind"},
               {"id", Align::kRight},
               {"what", Align::kLeft, true},
               {"found by", Align::kLeft, true},
               {"fit"}});
  for (const FoundEntity& each : found) {
    const EntityRef entity = each.found.entity;
    table.add_row({std::string(to_string(entity.kind)), std::to_string(entity.id), each.label,
                   each.found.name == each.label ? "" : each.found.name,
                   std::string(to_string(each.found.fit))});
  }
  session.console.print(table.text(session.console.traits().width));
}

template <typename Value>
int end(const Session& session, const Result<Value>& result) {
  if (!result.has_value()) return end_with(session, result.error());
  show(session, *result);
  return kExitDone;
}

int change(const Session& session, const NamesArguments& arguments) {
  auto desk = session.open_desk(Desk::Purpose::kChange);
  if (!desk.has_value()) return end_with(session, desk.error());
  const std::string author = author_of(arguments.author);
  return end(session, arguments.action == NamesArguments::Action::kAdd
                          ? add_entity_name(*desk, arguments.what, arguments.name, author)
                          : remove_entity_name(*desk, arguments.what, arguments.id, author));
}

}  // namespace

int run_command(const Session& session, const NamesArguments& arguments) {
  using Action = NamesArguments::Action;
  if (arguments.action == Action::kAdd || arguments.action == Action::kRemove) {
    return change(session, arguments);
  }
  auto desk = session.open_desk(Desk::Purpose::kUse);
  if (!desk.has_value()) return end_with(session, desk.error());
  return arguments.action == Action::kSearch ? end(session, search_names(*desk, arguments.search))
                                             : end(session, names_of(*desk, arguments.what));
}

}  // namespace needledrop
