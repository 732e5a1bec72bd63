#pragma once

#include "desk/imported_catalogue.h"

namespace needledrop {

/// Brings the shares of each work to parts of the whole work, and checks their sums exactly: above
/// 100 % is an error at the credit that goes beyond, below is a warning where every writer and
/// publisher has a share. A credit that is said twice is one; said twice with other shares or
/// societies, an error. Halves of an odd ten-thousandth of a percent are rounded down. Pure.
void settle_shares(ImportedCatalogue& read, ImportProblems& problems);

}  // namespace needledrop
