#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "catalogue/catalogue.h"
#include "catalogue/statement.h"

// Private to this folder: what the files that implement Catalogue share.

namespace needledrop {

struct Catalogue::State {
  std::unique_ptr<Database> database;

  [[nodiscard]] Result<Transaction> read() const {
    return Transaction::begin(*database, Transaction::Kind::kRead);
  }
  [[nodiscard]] Result<Transaction> write() const {
    return Transaction::begin(*database, Transaction::Kind::kWrite);
  }
};

/// kInvalidArgument naming `what` when the bytes are no text (see is_text) or longer than 64 KiB.
Result<void> check_text(std::string_view text, std::string_view what);

/// kInvalidArgument when no source of this id was ever given out by reserve_sources.
Result<void> check_reserved(const Database& database, SourceId id);

/// kNotFound when no episode has this file (any more). Within a transaction.
Result<void> check_file(const Database& database, SourceId file);

/// 0 is how an entity says "none"; a row says NULL.
std::optional<std::int64_t> id_or_null(std::int64_t id);

Blob blob_of(const Digest& digest);
/// Marks the statement's row as damaged when the column is no digest.
Digest read_digest(Statement& row);
/// NULL is 0.
std::int64_t read_id_or_zero(Statement& row);

}  // namespace needledrop
