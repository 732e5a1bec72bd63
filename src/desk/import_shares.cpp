#include "desk/import_shares.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "catalogue/text.h"

namespace needledrop {
namespace {

bool has_share_of_work(const ImportedCredit& credit) {
  const RoleSide side = side_of(credit.role);
  return side == RoleSide::kWriter || side == RoleSide::kPublisher;
}

std::string share_text(const ImportedCredit& credit) {
  return credit.share.has_value() ? percent_text(*credit.share) : "no share";
}

/// Leaves out what is said again.
void drop_repeated(std::vector<ImportedCredit>& credits, ImportProblems& problems) {
  std::map<std::tuple<std::string, std::string, std::string, Role>, ImportedCredit> known;
  std::erase_if(credits, [&](const ImportedCredit& credit) {
    const std::string code =
        credit.party.codes.empty() ? "" : credit.party.codes.front().code.value;
    const auto [first, is_new] = known.try_emplace(
        {folded(credit.party.name), folded(credit.party.comment), code, credit.role}, credit);
    if (is_new) return false;
    const ImportedCredit& before = first->second;
    if (credit.share != before.share) {
      problems.error(credit.share_at,
                     fmt::format("'{}' is {} with {} here and with {} in {}",
                                 shown(credit.party.name), to_string(credit.role),
                                 share_text(credit), share_text(before), to_string(before.at)));
    } else if (credit.society != before.society) {
      problems.error(credit.society_at,
                     fmt::format("the society of '{}' is another one than in {}",
                                 shown(credit.party.name), to_string(before.at)));
    }
    return true;
  });
}

/// The sum of the shares of one side, or of both.
struct Sum {
  std::string_view of;
  std::int64_t millionths = 0;
  bool is_whole = true;  // every credit says its share
  bool has_any = false;
  bool is_told = false;  // it is above 100, and that was said

  void add(const ImportedCredit& credit, const ImportedWork& work, ImportProblems& problems) {
    if (!credit.share.has_value()) {
      is_whole = false;
      return;
    }
    has_any = true;
    millionths += credit.share->millionths;
    if (millionths <= Share::kWhole || is_told) return;
    is_told = true;
    problems.error(credit.share_at,
                   fmt::format("the shares of {} of '{}' come to {} up to here, which is above 100",
                               of, shown(work.title), percent_text(Share{millionths})));
  }
  void warn_if_below(const ImportedWork& work, ImportProblems& problems) const {
    if (!has_any || !is_whole || millionths >= Share::kWhole) return;
    problems.warn(work.at, fmt::format("the shares of {} of '{}' come to {}, not 100", of,
                                       shown(work.title), percent_text(Share{millionths})));
  }
};

void settle_work(ImportedWork& work, ImportProblems& problems) {
  drop_repeated(work.said.credits, problems);
  const bool is_split = work.basis == ShareBasis::kSplit;
  Sum all{"writers and publishers"};
  Sum writers{"writers"};
  Sum publishers{"publishers"};
  for (ImportedCredit& credit : work.said.credits) {
    if (!has_share_of_work(credit)) continue;
    Sum& half = side_of(credit.role) == RoleSide::kWriter ? writers : publishers;
    (is_split ? half : all).add(credit, work, problems);
    if (is_split && credit.share.has_value()) credit.share->millionths /= 2;
  }
  for (const Sum* sum : {&all, &writers, &publishers}) sum->warn_if_below(work, problems);
}

}  // namespace

void settle_shares(ImportedCatalogue& read, ImportProblems& problems) {
  for (ImportedWork& work : read.works) settle_work(work, problems);
}

}  // namespace needledrop
