#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/units.h"

namespace needledrop {

class Desk;

/// One thing that is wrong with a desk.
struct Fault {
  std::string file;               // where it lies
  std::string text;               // what is wrong, one line
  std::string advice;             // what to do
  std::vector<SourceId> sources;  // recordings and episode files that lose something by it
};

/// What is wrong with a file, for where the file is named beside it.
std::string without_file(const std::string& file, const Error& error);

struct CheckReport {
  std::vector<Fault> faults;
  std::size_t sources = 0;  // that were checked
};

/// Reads every byte of the desk. What is damaged is listed, also when the index can't be opened at
/// all; nothing is changed. Errors: those of reading the catalogue, and kIo.
Result<CheckReport> check_desk(Desk& desk);

}  // namespace needledrop
