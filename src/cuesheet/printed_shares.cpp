#include "cuesheet/printed_shares.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace needledrop {
namespace {

constexpr std::int64_t kHundredth = 100;  // of a percent, in millionths

/// The shares of one side, each as what it adds to their rounded sum.
void put_side(const SheetWork& work, RoleSide side, std::vector<std::optional<Share>>& shares) {
  std::int64_t whole = 0;
  for (const SheetParty& party : work.parties) {
    if (side_of(party.role) == side) whole += party.share->millionths;
  }
  if (whole == 0) return;
  const auto hundredths = [whole](std::int64_t sum) {
    constexpr std::int64_t kAll = Share::kWhole / kHundredth;
    return (2 * sum * kAll + whole) / (2 * whole);
  };
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < work.parties.size(); ++i) {
    if (side_of(work.parties[i].role) != side) continue;
    const std::int64_t before = hundredths(sum);
    sum += work.parties[i].share->millionths;
    shares[i] = Share{(hundredths(sum) - before) * kHundredth};
  }
}

}  // namespace

bool has_whole_shares(const SheetWork& work) {
  std::int64_t sum = 0;
  for (const SheetParty& party : work.parties) {
    if (!party.share.has_value()) return false;
    sum += party.share->millionths;
  }
  return std::abs(sum - Share::kWhole) <= kHundredth;
}

std::vector<std::optional<Share>> printed_shares(const SheetWork& work, ShareBasis basis) {
  std::vector<std::optional<Share>> shares(work.parties.size());
  if (basis == ShareBasis::kWhole) {
    std::ranges::transform(work.parties, shares.begin(), &SheetParty::share);
    return shares;
  }
  if (!has_whole_shares(work)) return shares;
  put_side(work, RoleSide::kWriter, shares);
  put_side(work, RoleSide::kPublisher, shares);
  return shares;
}

}  // namespace needledrop
