#include <fmt/format.h>

#include "cli/author.h"
#include "cli/exit_code.h"
#include "cli/session.h"
#include "cli/table.h"
#include "cli/text_width.h"
#include "cli/wording.h"
#include "desk/clearance_json.h"

namespace needledrop {
namespace {

using What = ClearanceArguments::What;
using Align = Table::Align;

std::string to_buy_table(const ClearanceList& list, std::size_t width) {
  Table table({{"licence"},
               {"of", Align::kLeft, true},
               {"why", Align::kLeft},
               {"uses", Align::kRight},
               {"length", Align::kRight},
               {"episodes", Align::kRight}});
  for (const RightToBuy& right : list.needed) {
    table.add_row({std::string(to_string(right.kind)),
                   fmt::format("{} {} {}", to_string(right.of.kind), right.of.id, right.title),
                   std::string(to_string(right.clearance)), std::to_string(right.uses),
                   length_text(right.length), std::to_string(right.episodes.size())});
  }
  return table.text(width);
}

std::string term_text(const Licence& licence) {
  if (licence.first_day.empty() && licence.last_day.empty()) return "";
  return fmt::format("{} to {}", licence.first_day.empty() ? "ever" : licence.first_day,
                     licence.last_day.empty() ? "ever" : licence.last_day);
}

std::string limits_text(const Licence& licence) {
  std::string text;
  if (licence.most_uses.has_value()) text += counted(*licence.most_uses, "use");
  if (licence.most_seconds.has_value()) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", counted(*licence.most_seconds, "second"));
  }
  return text;
}

std::string licences_table(const std::vector<HeldLicence>& licences, std::size_t width) {
  Table table({{"number", Align::kRight},
               {"licence"},
               {"of", Align::kLeft, true},
               {"licensor", Align::kLeft, true},
               {"term"},
               {"limits"},
               {"territory", Align::kLeft, true},
               {"media", Align::kLeft, true},
               {"reference"},
               {"fee"}});
  for (const auto& [licence, title] : licences) {
    table.add_row({std::to_string(licence.id), std::string(to_string(licence.kind)), title,
                   licence.licensor, term_text(licence), limits_text(licence), licence.territory,
                   licence.media, licence.reference, licence.fee});
  }
  return table.text(width);
}

int show_list(const Session& session, Desk& desk, const ClearanceArguments& arguments) {
  const auto list = clearance_list(desk, arguments.production);
  if (!list.has_value()) return end_with(session, list.error());
  if (session.json) {
    session.console.print(clearance_json(*list));
    return kExitDone;
  }
  if (list->needed.empty()) {
    session.console.print(fmt::format("{}: nothing is to be bought\n", printable(list->title)));
    return kExitDone;
  }
  session.console.print(fmt::format("{}: {} to buy, {} held\n", printable(list->title),
                                    counted(list->needed.size(), "licence"),
                                    counted(list->licence_count, "licence")));
  session.console.print(to_buy_table(*list, session.console.traits().width));
  return kExitDone;
}

int show_licences(const Session& session, Desk& desk, const ClearanceArguments& arguments) {
  const auto licences = held_licences(desk, arguments.production);
  if (!licences.has_value()) return end_with(session, licences.error());
  if (session.json) {
    session.console.print(licences_json(*licences));
  } else if (licences->empty()) {
    session.console.print("no licences\n");
  } else {
    session.console.print(licences_table(*licences, session.console.traits().width));
  }
  return kExitDone;
}

int change(const Session& session, Desk& desk, const ClearanceArguments& arguments) {
  const std::string author = author_of(arguments.author);
  const auto edit =
      arguments.what == What::kAdd
          ? enter_licence(desk, arguments.production, arguments.of, arguments.licence, author)
          : take_licence_away(desk, arguments.production, arguments.id, author);
  if (!edit.has_value()) return end_with(session, edit.error());
  if (!session.json) {
    session.console.print(fmt::format("undo with: needledrop edit --undo {}\n", *edit));
  }
  return show_licences(session, desk, arguments);
}

}  // namespace

int run_command(const Session& session, const ClearanceArguments& arguments) {
  const bool changes = arguments.what == What::kAdd || arguments.what == What::kRemove;
  auto desk = session.open_desk(changes ? Desk::Purpose::kChange : Desk::Purpose::kUse);
  if (!desk.has_value()) return end_with(session, desk.error());
  if (changes) return change(session, *desk, arguments);
  return arguments.what == What::kLicences ? show_licences(session, *desk, arguments)
                                           : show_list(session, *desk, arguments);
}

}  // namespace needledrop
