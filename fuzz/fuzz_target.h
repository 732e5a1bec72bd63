#pragma once

#include <cstdint>
#include <span>

/// What the fuzzers and the replay of their seeds have in common. A target takes any bytes; it ends
/// the process when a promise is broken.

namespace needledrop {

void fuzz_segment(std::span<const std::uint8_t> bytes);
void fuzz_manifest(std::span<const std::uint8_t> bytes);
void fuzz_merge(std::span<const std::uint8_t> bytes);
void fuzz_subtitles(std::span<const std::uint8_t> bytes);
void fuzz_footage(std::span<const std::uint8_t> bytes);
void fuzz_spreadsheet(std::span<const std::uint8_t> bytes);
void fuzz_sheet(std::span<const std::uint8_t> bytes);
void fuzz_import(std::span<const std::uint8_t> bytes);

}  // namespace needledrop
