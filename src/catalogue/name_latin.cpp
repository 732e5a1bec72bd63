#include "catalogue/name_latin.h"

#include <memory>

#include <unicode/translit.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "media/unicode_text.h"

namespace needledrop {
namespace {

std::string transliterated(const NameWord& word, const std::string& script) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString rules = icu::UnicodeString::fromUTF8(script + "-Latin; Latin-ASCII");
  const std::unique_ptr<icu::Transliterator> transliterator(
      icu::Transliterator::createInstance(rules, UTRANS_FORWARD, status));
  if (U_FAILURE(status) || transliterator == nullptr) return "";  // ICU knows no such rules
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(to_utf8(word.text));
  transliterator->transliterate(text);
  std::string latin;
  text.toUTF8String(latin);
  return latin;
}

}  // namespace

std::string latin_spelling(const NameWord& word, std::string_view language) {
  if (word.script == WordScript::kHan) {
    const bool is_chinese =
        language.substr(0, 2) == "zh" && (language.size() == 2 || language[2] == '-');
    return is_chinese ? transliterated(word, "Han") : "";
  }
  if (word.script != WordScript::kOther && word.script != WordScript::kDense) return "";
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(word.text.front()), &status);
  if (U_FAILURE(status) || script == USCRIPT_LATIN || script == USCRIPT_COMMON) return "";
  return transliterated(word, uscript_getName(script));
}

}  // namespace needledrop
