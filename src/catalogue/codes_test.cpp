#include "catalogue/codes.h"

#include <random>

#include <gmock/gmock.h>

#include "catalogue/catalogue_test.h"
#include "catalogue/check_characters.h"

namespace needledrop {
namespace {

using testing::HasSubstr;

Code code_of(CodeScheme scheme, std::string_view text) {
  return value_of(read_code(scheme, text));
}

void expect_value(CodeScheme scheme, std::string_view text, std::string_view value) {
  const Code code = code_of(scheme, text);
  EXPECT_EQ(code.value, value) << text;
  EXPECT_EQ(code.warning, "") << text;
}

std::string refusal_of(CodeScheme scheme, std::string_view text) {
  const Error error = error_of(read_code(scheme, text));
  EXPECT_EQ(error.kind, Error::Kind::kInvalidArgument);
  return error.message;
}

TEST(Codes, PublishedSamplesAreRightAndPrintAsPublished) {
  struct Sample {
    CodeScheme scheme;
    std::string_view printed;
    std::string_view value;
  };
  constexpr Sample kSamples[] = {
      {CodeScheme::kIswc, "T-034.524.680-1", "T0345246801"},
      {CodeScheme::kIswc, "T-910.008.565-2", "T9100085652"},
      {CodeScheme::kIpi, "00014107338", "00014107338"},
      {CodeScheme::kIpiBase, "I-000000229-7", "I0000002297"},
      {CodeScheme::kIsni, "0000 0001 2281 955X", "000000012281955X"},
      {CodeScheme::kEidr, "10.5240/7791-8534-2C23-9030-8610-5", "779185342C23903086105"},
      {CodeScheme::kIsan, "0000-0000-D07A-0090-Q", "00000000D07A0090Q"},
      {CodeScheme::kIsan, "0000-0000-3A8D-0000-Z-0000-0000-6", "000000003A8D0000Z000000006"},
      {CodeScheme::kIsrc, "KR-A01-24-00001", "KRA012400001"},
      {CodeScheme::kEan, "4006381333931", "4006381333931"},
  };
  for (const Sample& sample : kSamples) {
    expect_value(sample.scheme, sample.printed, sample.value);
    EXPECT_EQ(printed_code(sample.scheme, sample.value), sample.printed);
    expect_value(sample.scheme, sample.value, sample.value);  // what is stored can be read again
  }
}

TEST(Codes, AnyUsualSpellingIsRead) {
  expect_value(CodeScheme::kIswc, "ISWC T-034.524.680-1", "T0345246801");
  expect_value(CodeScheme::kIswc, "iswc:t0345246801", "T0345246801");
  expect_value(CodeScheme::kIswc, "  T‐034․524․680–1 ",
               "T0345246801");  // dashes and dots of Unicode
  expect_value(CodeScheme::kIswc, "Ｔ－０３４．５２４．６８０－１", "T0345246801");
  expect_value(CodeScheme::kIsrc, "isrc kr a01 24 00001", "KRA012400001");
  expect_value(CodeScheme::kIsrc, "ISRC: KR/A01/24/00001", "KRA012400001");
  expect_value(CodeScheme::kIsrc, "ISRC12400001", "ISRC12400001");  // Iceland's, and no prefix
  expect_value(CodeScheme::kIsrc, "ISRC-IS-RC1-24-00001", "ISRC12400001");
  expect_value(CodeScheme::kIpi, "CAE/IPI: 00014.10.73.38", "00014107338");
  expect_value(CodeScheme::kIpi, "014107338", "00014107338");  // nine digits: a CAE number
  expect_value(CodeScheme::kIpi, "14107338", "00014107338");   // a spreadsheet took the zeros
  expect_value(CodeScheme::kIpiBase, "IPI Base Number: i-000000229-7", "I0000002297");
  expect_value(CodeScheme::kIsni, "https://isni.org/isni/000000012281955X", "000000012281955X");
  expect_value(CodeScheme::kIsni, "ISNI 0000 0001 2281 955x", "000000012281955X");
  expect_value(CodeScheme::kEidr, "https://doi.org/10.5240/7791-8534-2c23-9030-8610-5",
               "779185342C23903086105");
  expect_value(CodeScheme::kEidr, "urn:eidr:10.5240:7791-8534-2C23-9030-8610-5",
               "779185342C23903086105");
  expect_value(CodeScheme::kIsan, "ISAN 0000-0000-D07A-0090", "00000000D07A0090Q");
  expect_value(CodeScheme::kIsan, "urn:isan:0000-0000-3A8D-0000-Z-0000-0000-6",
               "000000003A8D0000Z000000006");
  expect_value(CodeScheme::kEan, "UPC 0 36000 29145 2", "036000291452");
  expect_value(CodeScheme::kEan, "EAN-13: 0036000291452", "036000291452");  // the same barcode
  expect_value(CodeScheme::kEan, "9638-5074", "96385074");
  expect_value(CodeScheme::kAvi, "052 ab-1234", "052AB1234");
}

TEST(Codes, LinksAreReadFromAddresses) {
  expect_value(CodeScheme::kMusicbrainz,
               "https://musicbrainz.org/artist/B10BBBFC-CF9E-42E0-BE17-E2C3E1D2600D?x=1",
               "b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d");
  expect_value(CodeScheme::kWikidata, "https://www.wikidata.org/wiki/Q42#P31", "Q42");
  expect_value(CodeScheme::kWikidata, "q42", "Q42");
  expect_value(CodeScheme::kTmdb, "https://www.themoviedb.org/tv/1396-breaking-bad?language=ko",
               "tv/1396");
  expect_value(CodeScheme::kTmdb, "movie/550", "movie/550");
  expect_value(CodeScheme::kTmdb, "1396", "1396");
  expect_value(CodeScheme::kImdb, "https://www.imdb.com/title/tt0111161/?ref_=fn", "tt0111161");
  EXPECT_THAT(refusal_of(CodeScheme::kWikidata, "P31"), HasSubstr("a Q and a number"));
  EXPECT_THAT(refusal_of(CodeScheme::kTmdb, "https://www.themoviedb.org/"), HasSubstr("tv/1396"));
  EXPECT_THAT(refusal_of(CodeScheme::kImdb, "tt11"), HasSubstr("tt0111161"));
  EXPECT_THAT(refusal_of(CodeScheme::kMusicbrainz, "b10bbbfc"), HasSubstr("32 hexadecimal"));
}

TEST(Codes, AWrongCheckCharacterIsAWarningThatNamesTheRightOne) {
  EXPECT_EQ(code_of(CodeScheme::kIswc, "T-034.524.680-2").warning,
            "ISWC T-034.524.680-2: the check character should be 1, not 2");
  EXPECT_EQ(code_of(CodeScheme::kIpi, "00014107339").warning,
            "IPI name number 00014107339: the check digits should be 38, not 39");
  EXPECT_EQ(code_of(CodeScheme::kIsan, "0000-0000-3A8D-0000-Z-0000-0000-7").warning,
            "ISAN 0000-0000-3A8D-0000-Z-0000-0000-7: the check digits should be Z6, not Z7");
  EXPECT_THAT(code_of(CodeScheme::kIsan, "1881-66C7-3420-0000-7").warning,
              HasSubstr("should be 3"));
  EXPECT_THAT(code_of(CodeScheme::kEidr, "10.5240/7791-8534-2C23-9030-8610-6").warning,
              HasSubstr("should be 5, not 6"));
  EXPECT_THAT(code_of(CodeScheme::kIsni, "0000000122819550").warning, HasSubstr("should be X"));
  EXPECT_EQ(code_of(CodeScheme::kIswc, "T-034.524.680-2").value, "T0345246802");  // kept as given
}

TEST(Codes, AWrongLengthOrCharacterIsRefusedWithTheReason) {
  EXPECT_EQ(refusal_of(CodeScheme::kIswc, "T-034.524.68-1"),
            "'T-034.524.68-1' is not an ISWC: it takes a T and ten digits, as T-034.524.680-1");
  EXPECT_THAT(refusal_of(CodeScheme::kIsrc, "KR-A01-24-0001"), HasSubstr("12 letters and digits"));
  EXPECT_THAT(refusal_of(CodeScheme::kIsrc, "1RA012400001"), HasSubstr("two letters"));
  EXPECT_THAT(refusal_of(CodeScheme::kIpi, "12345"), HasSubstr("here are 5"));
  EXPECT_THAT(refusal_of(CodeScheme::kIpi, "14107339"), HasSubstr("here are 8"));  // not just zeros
  EXPECT_THAT(refusal_of(CodeScheme::kIpi, "0001410733X"), HasSubstr("digits alone"));
  EXPECT_THAT(refusal_of(CodeScheme::kEidr, "10.5237/9FE2-7791-8534-2C23-9030-5"),
              HasSubstr("10.5240"));
  EXPECT_THAT(refusal_of(CodeScheme::kIsan, "0000-0000-D07A-009G-Q"), HasSubstr("16 hexadecimal"));
  EXPECT_THAT(refusal_of(CodeScheme::kEan, "40063813339"), HasSubstr("8, 12, 13 or 14"));
  for (const CodeScheme scheme : kCodeSchemes) {
    for (const std::string& text : {std::string(), std::string(" - "), std::string("\xff"),
                                    std::string("눈물"), std::string(100'000, '1')}) {
      EXPECT_THAT(refusal_of(scheme, text), HasSubstr(with_article(scheme)));
    }
  }
}

TEST(Codes, SchemesHaveWords) {
  for (const CodeScheme scheme : kCodeSchemes) {
    EXPECT_EQ(code_scheme(to_string(scheme)), scheme);
  }
  EXPECT_EQ(to_string(CodeScheme::kIpiBase), "ipi-base");
  EXPECT_FALSE(code_scheme("issn").has_value());
}

/// A code of this scheme with the right check characters.
std::string random_code(CodeScheme scheme, std::mt19937& random) {
  const auto characters = [&](std::size_t count, int base) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
      text += "0123456789ABCDEF"[random() % static_cast<unsigned>(base)];
    }
    return text;
  };
  std::string code;
  switch (scheme) {
    case CodeScheme::kIpi:
      code = characters(9, 10);
      return code + ipi_check_digits(code);
    case CodeScheme::kIsni:
      code = characters(15, 10);
      return code + mod_11_2(code);
    case CodeScheme::kEidr:
      code = characters(20, 16);
      return code + mod_37_36(code);
    case CodeScheme::kIsan:
      code = characters(16, 16);
      return code + mod_37_36(code);
    default:
      code = "1" + characters(11, 10);
      return code + gtin_check_digit(code);
  }
}

// ISO 7064, the weights 10 to 2 modulo 101, and weights 1 and 3 modulo 10 promise this; those of
// ISWC and IPI base number do not.
TEST(Codes, OneChangedCharacterIsAlwaysNoticed) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  for (const CodeScheme scheme : {CodeScheme::kIpi, CodeScheme::kIsni, CodeScheme::kEidr,
                                  CodeScheme::kIsan, CodeScheme::kEan}) {
    const bool is_hexadecimal = scheme == CodeScheme::kEidr || scheme == CodeScheme::kIsan;
    for (int round = 0; round < 50; ++round) {
      const std::string code = random_code(scheme, random);
      ASSERT_EQ(code_of(scheme, code).warning, "") << code;
      for (std::size_t at = 0; at + 1 < code.size(); ++at) {
        for (const char c : std::string_view(is_hexadecimal ? "0123456789ABCDEF" : "0123456789")) {
          if (c == code[at] || (scheme == CodeScheme::kEan && at == 0 && c == '0')) continue;
          std::string changed = code;
          changed[at] = c;
          EXPECT_NE(code_of(scheme, changed).warning, "") << code << " as " << changed;
        }
      }
    }
  }
}

TEST(Codes, DigitsThatIswcMayConfuse) {
  // 2 * 5 and 2 * 0 differ by ten: the second place can't tell 5 from 0.
  EXPECT_EQ(weighted_check_digit("050000000", 1), weighted_check_digit("000000000", 1));
  EXPECT_NE(weighted_check_digit("500000000", 1), weighted_check_digit("000000000", 1));
}

}  // namespace
}  // namespace needledrop
