#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace needledrop {

/// By what registry or site a thing is known.
enum class CodeScheme {
  kIsrc,         // a recording; ISO 3901
  kIswc,         // a work; ISO 15707
  kIpi,          // IPI name number: a name of a party
  kIpiBase,      // IPI base number: the party itself
  kIsni,         // a public identity of a party; ISO 27729
  kEidr,         // a production, season or episode
  kIsan,         // the same; ISO 15706, with or without the version's part
  kEan,          // the barcode of a release: EAN, UPC or GTIN-14
  kMusicbrainz,  // links: only their shape is checked
  kWikidata,
  kTmdb,
  kImdb,
  kAvi,  // a society's number of a production: the society's three digits, then its own
};

inline constexpr std::array kCodeSchemes{
    CodeScheme::kIsrc,        CodeScheme::kIswc,     CodeScheme::kIpi,  CodeScheme::kIpiBase,
    CodeScheme::kIsni,        CodeScheme::kEidr,     CodeScheme::kIsan, CodeScheme::kEan,
    CodeScheme::kMusicbrainz, CodeScheme::kWikidata, CodeScheme::kTmdb, CodeScheme::kImdb,
    CodeScheme::kAvi};

/// "isrc", "iswc", "ipi", "ipi-base", "isni", "eidr", "isan", "ean", "musicbrainz", ...
std::string_view to_string(CodeScheme scheme);
std::optional<CodeScheme> code_scheme(std::string_view word);
/// As in a sentence: "an ISWC".
std::string_view with_article(CodeScheme scheme);

struct Code {
  CodeScheme scheme = CodeScheme::kIsrc;
  std::string value;    // normalised, as it is stored and compared: "T0345246801"
  std::string warning;  // "" all is well; else what is wrong with the check characters
  friend bool operator==(const Code&, const Code&) = default;
};

/// Reads any usual spelling: with or without punctuation, the scheme's name before it, in any case,
/// in full width, as a link. A wrong check character is a warning that names the one expected,
/// because wrong codes are in circulation. kInvalidArgument, with the reason, for a length or a
/// character that the scheme does not have.
Result<Code> read_code(CodeScheme scheme, std::string_view text);

/// The value of a Code as people print it: "T-034.524.680-1". What is no such value stays as it is.
std::string printed_code(CodeScheme scheme, std::string_view value);

}  // namespace needledrop
