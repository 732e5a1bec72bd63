#pragma once

#include <array>
#include <utility>

#include "cuesheet/sheet.h"

// Private to what writes and reads a sheet's JSON.

namespace needledrop {

/// The texts of a header by their field: for writing and reading alike.
template <typename Header>
auto header_texts(Header& header) {
  return std::array<std::pair<const char*, decltype(&header.production)>, 16>{{
      {"production", &header.production},
      {"episode_title", &header.episode_title},
      {"production_number", &header.production_number},
      {"type", &header.type},
      {"country", &header.country},
      {"year", &header.year},
      {"production_company", &header.production_company},
      {"broadcaster", &header.broadcaster},
      {"first_transmission", &header.first_transmission},
      {"director", &header.director},
      {"isan", &header.isan},
      {"eidr", &header.eidr},
      {"society_number", &header.society_number},
      {"cut", &header.cut},
      {"preparer", &header.preparer},
      {"prepared_on", &header.prepared_on},
  }};
}

}  // namespace needledrop
