#pragma once

#include <span>

#include "base/result.h"
#include "catalogue/statement.h"

namespace needledrop {

/// The steps from an empty file to today's tables: step i leads from version i to i + 1. A step
/// that was ever released is never changed; docs/catalogue.md says how a new one is added.
std::span<const char* const> schema_migrations();

/// Brings the tables to version `migrations.size()`, in one transaction. A file without tables
/// becomes a catalogue. Errors: kUnsupported (a newer version), kCorrupt (not a catalogue).
Result<void> migrate(const Database& database, std::span<const char* const> migrations);

/// Errors when the tables are of another version than `migrations.size()`: kUnsupported, kCorrupt
/// (not a catalogue), kNotFound (empty: its maker has not finished).
Result<void> require_current(const Database& database, std::span<const char* const> migrations);

}  // namespace needledrop
