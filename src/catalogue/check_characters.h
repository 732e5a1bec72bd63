#pragma once

#include <string>
#include <string_view>

namespace needledrop {

/// The check characters of the codes that catalogue/codes.h reads, each from what comes before it.
/// Requires: the characters are of the code's alphabet, letters in upper case.

/// ISWC (ISO 15707) and IPI base number: each digit times its place; `start` is 1 for an ISWC and 2
/// for an IPI base number. Two different digits at an even or fifth place may go unnoticed.
char weighted_check_digit(std::string_view digits, int start);
/// The two of an IPI name number, from its first nine digits. Notices every changed digit.
std::string ipi_check_digits(std::string_view digits);
/// ISNI: ISO 7064 MOD 11-2, a digit or X. Notices every changed digit.
char mod_11_2(std::string_view digits);
/// EIDR and ISAN: ISO 7064 MOD 37,36, a digit or a letter. Notices every changed character.
char mod_37_36(std::string_view characters);
/// EAN, UPC (GS1): weights 3 and 1 from the right. Notices every changed digit.
char gtin_check_digit(std::string_view digits);

}  // namespace needledrop
