#pragma once

#include <optional>
#include <vector>

#include "cuesheet/sheet.h"

namespace needledrop {

/// The shares of a work's parties, each in its place, as documents print them: of the whole work,
/// or, where a society splits it, of the half that belongs to writers or to publishers. There each
/// side's shares add up to 100.00 % exactly, in hundredths: what rounding leaves over is spread
/// over them in their order. Nothing where a share is not known; and of a work whose shares don't
/// make 100 % there are no halves, so that none of its shares is printed in the split basis.
std::vector<std::optional<Share>> printed_shares(const SheetWork& work, ShareBasis basis);

/// Are all of a work's shares known, and together 100 %, but for what rounding to hundredths of a
/// percent may lose?
bool has_whole_shares(const SheetWork& work);

}  // namespace needledrop
