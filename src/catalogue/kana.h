#pragma once

#include <string>
#include <string_view>

namespace needledrop {

/// Hiragana and katakana in Hepburn's Latin letters, without marking long vowels: ひかる and ヒカル
/// are "hikaru", ちょうさ "chousa", ラーメン "ramen". What is no kana is left out.
std::string hepburn(std::u32string_view kana);

}  // namespace needledrop
