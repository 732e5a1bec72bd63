#include "cli/clearance_arguments.h"

#include <limits>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/text_width.h"
#include "cli/wording.h"

namespace needledrop {
namespace {

constexpr std::string_view kUsage =
    "clearance PRODUCTION takes nothing, licences, add sync|master WHAT, or remove N";

bool has_details(const ClearanceWords& words) {
  for (const std::string* text : {&words.licensor, &words.territory, &words.media, &words.from,
                                  &words.to, &words.reference, &words.fee}) {
    if (!text->empty()) return true;
  }
  return words.uses.has_value() || words.seconds.has_value();
}

Result<Licence> read_licence(const ClearanceWords& words) {
  Licence licence;
  const auto kind = licence_kind(words.words[1]);
  if (!kind.has_value()) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("a licence is sync or master, not {}", printable(words.words[1])));
  }
  licence.kind = *kind;
  licence.licensor = words.licensor;
  licence.territory = words.territory;
  licence.media = words.media;
  licence.first_day = words.from;
  licence.last_day = words.to;
  licence.most_uses = words.uses;
  licence.most_seconds = words.seconds;
  licence.reference = words.reference;
  licence.fee = words.fee;
  return licence;
}

}  // namespace

std::vector<std::string*> ClearanceWords::texts() {
  std::vector<std::string*> all{&production, &licensor,  &territory, &media, &from,
                                &to,         &reference, &fee,       &by};
  for (std::string& word : words) all.push_back(&word);
  return all;
}

void declare_clearance(CLI::App& app, ClearanceWords& words) {
  constexpr int kMost = std::numeric_limits<int>::max();
  CLI::App* clearance = app.add_subcommand("clearance");
  clearance->add_option("PRODUCTION", words.production)->required();
  clearance->add_option("ACTION", words.words)->expected(0, 3);
  clearance->add_option("--licensor", words.licensor);
  clearance->add_option("--territory", words.territory);
  clearance->add_option("--media", words.media);
  clearance->add_option("--from", words.from);
  clearance->add_option("--to", words.to);
  clearance->add_option("--uses", words.uses)->check(CLI::Range(0, kMost));
  clearance->add_option("--seconds", words.seconds)->check(CLI::Range(0, kMost));
  clearance->add_option("--reference", words.reference);
  clearance->add_option("--fee", words.fee);
  clearance->add_option("--by", words.by);
}

Result<ClearanceArguments> take_clearance(const ClearanceWords& words) {
  using What = ClearanceArguments::What;
  ClearanceArguments arguments;
  arguments.production = words.production;
  arguments.author = words.by;
  const std::string action = words.words.empty() ? "" : words.words.front();
  if (action == "add" && words.words.size() == 3) {
    arguments.what = What::kAdd;
    arguments.of = words.words[2];
    ND_TRY_ASSIGN(arguments.licence, read_licence(words));
    return arguments;
  }
  if (has_details(words)) {
    return fail(Error::Kind::kInvalidArgument,
                "what is said of a licence needs: add sync|master WHAT");
  }
  if (action == "licences" && words.words.size() == 1) {
    arguments.what = What::kLicences;
  } else if (action == "remove" && words.words.size() == 2) {
    arguments.what = What::kRemove;
    const auto number = read_count(words.words[1]);
    if (!number.has_value()) return fail(Error::Kind::kInvalidArgument, std::string(kUsage));
    arguments.id = *number;
  } else if (!words.words.empty()) {
    return fail(Error::Kind::kInvalidArgument, std::string(kUsage));
  }
  return arguments;
}

}  // namespace needledrop
