#include "catalogue/codes.h"

#include <algorithm>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "catalogue/check_characters.h"
#include "catalogue/text.h"

namespace needledrop {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_hexadecimal(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'F');
}

bool is_digit_or_letter(char c) {
  return is_digit(c) || is_letter(c);
}

bool are_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

/// Folded text in upper case, without spaces, dots, strokes and dashes of any length.
std::string compact(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kDashes{"‐", "‑", "‒", "–", "—", "―", "−", "·"};
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto dash = std::ranges::find_if(
        kDashes, [&](std::string_view each) { return text.substr(i).starts_with(each); });
    if (dash != kDashes.end()) {
      i += dash->size();
      continue;
    }
    const char c = text[i++];
    if (std::string_view(" \t\r\n-._/").find(c) != std::string_view::npos) continue;
    result += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return result;
}

/// What follows the last of these characters that has anything after it.
std::string_view after_last(std::string_view text, std::string_view characters) {
  const auto end = text.find_last_not_of(" /:");
  if (end == std::string_view::npos) return {};
  text = text.substr(0, end + 1);
  const auto last = text.find_last_of(characters);
  return last == std::string_view::npos ? text : text.substr(last + 1);
}

void drop_words(std::string& code, std::span<const std::string_view> words) {
  const auto starts = [&](std::string_view word) { return code.starts_with(word); };
  for (auto word = std::ranges::find_if(words, starts); word != words.end();
       word = std::ranges::find_if(words, starts)) {
    code.erase(0, word->size());
  }
}

Error refused(CodeScheme scheme, std::string_view text, std::string_view reason) {
  return fail(Error::Kind::kInvalidArgument,
              fmt::format("'{}' is not {}: {}", shown(text), with_article(scheme), reason));
}

std::string warning_of(CodeScheme scheme, std::string_view value, std::string_view found,
                       std::string_view expected) {
  if (found == expected) return "";
  return fmt::format("{} {}: the check {} should be {}, not {}",
                     with_article(scheme).substr(with_article(scheme).find(' ') + 1),
                     printed_code(scheme, value), expected.size() > 1 ? "digits" : "character",
                     expected, found);
}

Code checked(CodeScheme scheme, std::string value, std::string_view found,
             std::string_view expected) {
  std::string warning = warning_of(scheme, value, found, expected);
  return {scheme, std::move(value), std::move(warning)};
}

Code checked(CodeScheme scheme, std::string value, char expected) {
  const std::string found(1, value.back());
  return checked(scheme, std::move(value), found, std::string_view(&expected, 1));
}

Result<Code> read_isrc(std::string_view text, std::string_view given) {
  constexpr std::size_t kLength = 12;
  std::string code = compact(after_last(text, ":"));
  // Iceland's codes begin with IS, and with ISRC where the registrant's do with RC.
  if (code.size() > kLength && code.starts_with("ISRC")) code.erase(0, 4);
  if (code.size() != kLength || !std::ranges::all_of(code, is_digit_or_letter)) {
    return refused(CodeScheme::kIsrc, given, "it takes 12 letters and digits, as KR-A01-24-00001");
  }
  if (!is_letter(code[0]) || !is_letter(code[1]) || !are_digits(code.substr(5))) {
    return refused(CodeScheme::kIsrc, given,
                   "it begins with two letters and ends with seven digits, as KR-A01-24-00001");
  }
  return Code{CodeScheme::kIsrc, std::move(code), ""};
}

Result<Code> read_iswc(std::string_view text, std::string_view given) {
  static constexpr std::array<std::string_view, 1> kWords{"ISWC"};
  std::string code = compact(after_last(text, ":/"));
  drop_words(code, kWords);
  if (code.size() != 11 || code[0] != 'T' || !are_digits(code.substr(1))) {
    return refused(CodeScheme::kIswc, given, "it takes a T and ten digits, as T-034.524.680-1");
  }
  const char expected = weighted_check_digit(std::string_view(code).substr(1, 9), 1);
  return checked(CodeScheme::kIswc, std::move(code), expected);
}

Result<Code> read_ipi_base(std::string_view text, std::string_view given) {
  static constexpr std::array<std::string_view, 4> kWords{"IPI", "BASE", "NUMBER", "NR"};
  std::string code = compact(after_last(text, ":/"));
  drop_words(code, kWords);
  if (code.size() != 11 || code[0] != 'I' || !are_digits(code.substr(1))) {
    return refused(CodeScheme::kIpiBase, given, "it takes an I and ten digits, as I-000000229-7");
  }
  const char expected = weighted_check_digit(std::string_view(code).substr(1, 9), 2);
  return checked(CodeScheme::kIpiBase, std::move(code), expected);
}

Result<Code> read_ipi(std::string_view text, std::string_view given) {
  static constexpr std::array<std::string_view, 6> kWords{"CAE",    "IPI", "NAME",
                                                          "NUMBER", "NR",  "NO"};
  constexpr std::size_t kLength = 11;
  constexpr std::size_t kShortest = 9;     // CAE numbers are IPI name numbers without leading zeros
  constexpr std::size_t kLeastLikely = 6;  // shorter ones lost zeros, if the check digits say so
  std::string code = compact(after_last(text, ":/"));
  drop_words(code, kWords);
  if (!are_digits(code)) return refused(CodeScheme::kIpi, given, "it takes digits alone");
  const std::size_t length = code.size();
  if (length < kLength) code.insert(0, kLength - length, '0');
  const std::string expected = ipi_check_digits(std::string_view(code).substr(0, 9));
  const bool fits = length <= kLength && length >= kLeastLikely &&
                    (length >= kShortest || code.substr(9) == expected);
  if (!fits) {
    return refused(CodeScheme::kIpi, given,
                   fmt::format("it takes 11 digits, or 9 of a CAE number; here are {}", length));
  }
  const std::string found = code.substr(9);
  return checked(CodeScheme::kIpi, std::move(code), found, expected);
}

Result<Code> read_isni(std::string_view text, std::string_view given) {
  static constexpr std::array<std::string_view, 1> kWords{"ISNI"};
  std::string code = compact(after_last(text, ":/"));
  drop_words(code, kWords);
  if (code.size() != 16 || !are_digits(code.substr(0, 15)) ||
      !(is_digit(code[15]) || code[15] == 'X')) {
    return refused(CodeScheme::kIsni, given,
                   "it takes 15 digits and a digit or X, as 0000 0001 2281 955X");
  }
  const char expected = mod_11_2(std::string_view(code).substr(0, 15));
  return checked(CodeScheme::kIsni, std::move(code), expected);
}

Result<Code> read_eidr(std::string_view text, std::string_view given) {
  constexpr std::string_view kRegistry = "10.5240";
  static constexpr std::array<std::string_view, 1> kWords{"EIDR"};
  if (text.find("10.") != std::string_view::npos &&
      text.find(kRegistry) == std::string_view::npos) {
    return refused(CodeScheme::kEidr, given, "those of productions begin with 10.5240/");
  }
  std::string code = compact(after_last(text, ":/ "));
  drop_words(code, kWords);
  if (code.size() != 21 || !std::ranges::all_of(code.substr(0, 20), is_hexadecimal) ||
      !is_digit_or_letter(code[20])) {
    return refused(CodeScheme::kEidr, given,
                   "it takes 10.5240/, 20 hexadecimal digits in groups of four and a check "
                   "character");
  }
  const char expected = mod_37_36(std::string_view(code).substr(0, 20));
  return checked(CodeScheme::kEidr, std::move(code), expected);
}

/// With its check characters put in where it has none: "16", "16+1", "24" or "16+1+8+1" characters.
Result<Code> read_isan(std::string_view text, std::string_view given) {
  static constexpr std::array<std::string_view, 1> kWords{"ISAN"};
  constexpr std::size_t kRoot = 16;
  constexpr std::size_t kVersion = 8;
  std::string code = compact(after_last(text, ":"));
  drop_words(code, kWords);
  const bool has_checks = code.size() == kRoot + 1 || code.size() == kRoot + kVersion + 2;
  std::string root = code.substr(0, kRoot);
  std::string version =
      code.substr(std::min(kRoot + (has_checks ? 1 : 0), code.size())).substr(0, kVersion);
  const bool fits = (has_checks || code.size() == kRoot || code.size() == kRoot + kVersion) &&
                    std::ranges::all_of(root + version, is_hexadecimal) &&
                    std::ranges::all_of(code, is_digit_or_letter);
  if (!fits) {
    return refused(CodeScheme::kIsan, given,
                   "it takes 16 hexadecimal digits and a check character, and for a version 8 more "
                   "and a second one");
  }
  std::string expected(1, mod_37_36(root));
  if (!version.empty()) expected += mod_37_36(root + version);
  std::string found = expected;
  if (has_checks)
    found = version.empty() ? code.substr(kRoot) : code.substr(kRoot, 1) + code.back();
  std::string value = root + found[0];
  if (!version.empty()) value += version + found[1];
  std::string warning = warning_of(CodeScheme::kIsan, value, found, expected);
  return Code{CodeScheme::kIsan, std::move(value), std::move(warning)};
}

/// A UPC is an EAN with a leading zero, an EAN a GTIN-14 with one: the same barcode has one value.
Result<Code> read_ean(std::string_view text, std::string_view given) {
  static constexpr std::array<std::string_view, 4> kWords{"EAN", "UPC", "GTIN", "BARCODE"};
  constexpr std::size_t kUpc = 12;
  std::string code = compact(after_last(text, ":/"));
  drop_words(code, kWords);
  const std::size_t length = code.size();
  if (!are_digits(code) || (length != 8 && length != 12 && length != 13 && length != 14)) {
    return refused(CodeScheme::kEan, given, "it takes 8, 12, 13 or 14 digits");
  }
  while (code.size() > kUpc && code.front() == '0') code.erase(0, 1);
  const char expected = gtin_check_digit(std::string_view(code).substr(0, code.size() - 1));
  return checked(CodeScheme::kEan, std::move(code), expected);
}

/// Three digits of the society and up to 15 characters of its own number (CISAC's AV Index).
Result<Code> read_avi(std::string_view text, std::string_view given) {
  static constexpr std::array<std::string_view, 3> kWords{"AVI", "AV", "INDEX"};
  std::string code = compact(after_last(text, ":"));
  drop_words(code, kWords);
  constexpr std::size_t kSociety = 3;
  constexpr std::size_t kLongest = kSociety + 15;
  if (code.size() <= kSociety || code.size() > kLongest || !are_digits(code.substr(0, kSociety)) ||
      !std::ranges::all_of(code, is_digit_or_letter)) {
    return refused(CodeScheme::kAvi, given,
                   "it takes the three digits of the society and up to 15 letters and digits");
  }
  return Code{CodeScheme::kAvi, std::move(code), ""};
}

/// The parts of an address, or the text itself, without what follows '?' or '#'.
std::vector<std::string_view> parts_of(std::string_view text) {
  text = text.substr(0, text.find_first_of("?#"));
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find('/'), text.size());
    const std::string_view part = text.substr(0, end);
    if (part.find_first_not_of(' ') != std::string_view::npos) {
      const auto first = part.find_first_not_of(' ');
      parts.push_back(part.substr(first, part.find_last_not_of(' ') + 1 - first));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Result<Code> read_musicbrainz(std::string_view text, std::string_view given) {
  for (const std::string_view part : parts_of(text)) {
    std::string digits = compact(part);
    if (digits.size() != 32 || !std::ranges::all_of(digits, is_hexadecimal)) continue;
    std::ranges::transform(digits, digits.begin(), [](char c) {
      return is_letter(c) ? static_cast<char>(c - 'A' + 'a') : c;
    });
    for (const std::size_t at : {20U, 16U, 12U, 8U}) digits.insert(at, 1, '-');
    return Code{CodeScheme::kMusicbrainz, std::move(digits), ""};
  }
  return refused(CodeScheme::kMusicbrainz, given,
                 "it takes 32 hexadecimal digits, as b1a9c0e9-d987-4042-ae91-78d6a3267d69");
}

Result<Code> read_wikidata(std::string_view text, std::string_view given) {
  for (const std::string_view part : parts_of(text)) {
    const std::string code = compact(after_last(part, ":"));
    if (code.size() >= 2 && code.size() <= 13 && code[0] == 'Q' && code[1] != '0' &&
        are_digits(code.substr(1))) {
      return Code{CodeScheme::kWikidata, code, ""};
    }
  }
  return refused(CodeScheme::kWikidata, given, "it takes a Q and a number, as Q42");
}

/// A number, after "tv/", "movie/" or "person/" where the address says which: those are counted
/// apart.
Result<Code> read_tmdb(std::string_view text, std::string_view given) {
  static constexpr std::array<std::string_view, 3> kKinds{"tv", "movie", "person"};
  const auto parts = parts_of(text);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string_view digits = parts[i].substr(0, parts[i].find('-'));
    const bool has_kind = i > 0 && std::ranges::find(kKinds, parts[i - 1]) != kKinds.end();
    if (!are_digits(digits) || digits.size() > 12 || digits[0] == '0' || (i > 0 && !has_kind)) {
      continue;
    }
    return Code{CodeScheme::kTmdb,
                has_kind ? fmt::format("{}/{}", parts[i - 1], digits) : std::string(digits), ""};
  }
  return refused(CodeScheme::kTmdb, given, "it takes a number, as 1396 or tv/1396");
}

Result<Code> read_imdb(std::string_view text, std::string_view given) {
  static constexpr std::array<std::string_view, 3> kKinds{"tt", "nm", "co"};
  for (const std::string_view part : parts_of(text)) {
    const std::string_view digits = part.substr(std::min<std::size_t>(2, part.size()));
    if (std::ranges::find(kKinds, part.substr(0, 2)) != kKinds.end() && are_digits(digits) &&
        digits.size() >= 7 && digits.size() <= 10) {
      return Code{CodeScheme::kImdb, std::string(part), ""};
    }
  }
  return refused(CodeScheme::kImdb, given, "it takes tt, nm or co and seven digits, as tt0111161");
}

/// The value with a separator before the characters at these places.
std::string punctuated(std::string_view value,
                       std::initializer_list<std::pair<std::size_t, std::string_view>> marks) {
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    for (const auto& [at, mark] : marks) {
      if (at == i) text += mark;
    }
    text += value[i];
  }
  return text;
}

struct Scheme {
  CodeScheme scheme;
  std::string_view word;
  std::string_view with_article;
  Result<Code> (*read)(std::string_view folded, std::string_view given);
};

constexpr std::array<Scheme, kCodeSchemes.size()> kSchemes{{
    {CodeScheme::kIsrc, "isrc", "an ISRC", read_isrc},
    {CodeScheme::kIswc, "iswc", "an ISWC", read_iswc},
    {CodeScheme::kIpi, "ipi", "an IPI name number", read_ipi},
    {CodeScheme::kIpiBase, "ipi-base", "an IPI base number", read_ipi_base},
    {CodeScheme::kIsni, "isni", "an ISNI", read_isni},
    {CodeScheme::kEidr, "eidr", "an EIDR", read_eidr},
    {CodeScheme::kIsan, "isan", "an ISAN", read_isan},
    {CodeScheme::kEan, "ean", "an EAN or UPC", read_ean},
    {CodeScheme::kMusicbrainz, "musicbrainz", "a MusicBrainz id", read_musicbrainz},
    {CodeScheme::kWikidata, "wikidata", "a Wikidata id", read_wikidata},
    {CodeScheme::kTmdb, "tmdb", "a TMDB id", read_tmdb},
    {CodeScheme::kImdb, "imdb", "an IMDb id", read_imdb},
    {CodeScheme::kAvi, "avi", "an AV index number", read_avi},
}};

const Scheme& about(CodeScheme scheme) {
  return *std::ranges::find(kSchemes, scheme, &Scheme::scheme);
}

}  // namespace

std::string_view to_string(CodeScheme scheme) {
  return about(scheme).word;
}

std::optional<CodeScheme> code_scheme(std::string_view word) {
  const auto* const found = std::ranges::find(kSchemes, word, &Scheme::word);
  return found == kSchemes.end() ? std::nullopt : std::optional(found->scheme);
}

std::string_view with_article(CodeScheme scheme) {
  return about(scheme).with_article;
}

Result<Code> read_code(CodeScheme scheme, std::string_view text) {
  constexpr std::size_t kLongest = 1000;  // an address with all that hangs on it
  if (text.size() > kLongest) return refused(scheme, text, "it is far too long");
  return about(scheme).read(folded(text), text);
}

std::string printed_code(CodeScheme scheme, std::string_view value) {
  switch (scheme) {
    case CodeScheme::kIsrc:
      return punctuated(value, {{2, "-"}, {5, "-"}, {7, "-"}});
    case CodeScheme::kIswc:
      return punctuated(value, {{1, "-"}, {4, "."}, {7, "."}, {10, "-"}});
    case CodeScheme::kIpiBase:
      return punctuated(value, {{1, "-"}, {10, "-"}});
    case CodeScheme::kIsni:
      return punctuated(value, {{4, " "}, {8, " "}, {12, " "}});
    case CodeScheme::kEidr:
      return punctuated(value,
                        {{0, "10.5240/"}, {4, "-"}, {8, "-"}, {12, "-"}, {16, "-"}, {20, "-"}});
    case CodeScheme::kIsan:
      return punctuated(
          value, {{4, "-"}, {8, "-"}, {12, "-"}, {16, "-"}, {17, "-"}, {21, "-"}, {25, "-"}});
    case CodeScheme::kAvi:
      return punctuated(value, {{3, "-"}});
    default:
      return std::string(value);
  }
}

}  // namespace needledrop
