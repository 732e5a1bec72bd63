#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "catalogue/catalogue.h"
#include "catalogue/entity_ref.h"
#include "catalogue/provenance.h"
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

/// kInvalidArgument when it is no text, or blank.
Result<void> check_name(std::string_view text, std::string_view whose);

/// kInvalidArgument when no source of this id was ever given out by reserve_sources.
Result<void> check_reserved(const Database& database, SourceId id);

/// kNotFound when no episode has this file (any more). Within a transaction.
Result<void> check_file(const Database& database, SourceId file);

/// kNotFound when there is no such thing. Within a transaction.
Result<void> check_entity(const Database& database, EntityRef entity);

/// The next two columns: a kind and an id. Marks the row as damaged when there is no such kind.
EntityRef read_entity(Statement& row);
/// The next column.
FactStanding read_fact_standing(Statement& row);

/// 0 is how an entity says "none"; a row says NULL.
std::optional<std::int64_t> id_or_null(std::int64_t id);

Blob blob_of(const Digest& digest);
/// Marks the statement's row as damaged when the column is no digest.
Digest read_digest(Statement& row);
/// NULL is 0.
std::int64_t read_id_or_zero(Statement& row);

}  // namespace needledrop
