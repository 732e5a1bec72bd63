#include "catalogue/catalogue.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "catalogue/catalogue_state.h"
#include "catalogue/names.h"
#include "catalogue/schema.h"
#include "catalogue/text.h"

namespace needledrop {

Catalogue::Catalogue(std::unique_ptr<State> state) : state_(std::move(state)) {}
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;
Catalogue::~Catalogue() = default;

Result<Catalogue> Catalogue::open(const std::string& path, Mode mode) {
  const bool is_writable = mode == Mode::kReadWrite;
  auto state = std::make_unique<State>();
  ND_TRY_ASSIGN(state->database, Database::open(path, is_writable ? Database::Access::kReadWrite
                                                                  : Database::Access::kReadOnly));
  if (is_writable) {
    ND_TRY(migrate(*state->database, schema_migrations()));
  } else {
    ND_TRY(require_current(*state->database, schema_migrations()));
  }
  return Catalogue(std::move(state));
}

const Database& Catalogue::database() const {
  return *state_->database;
}

Result<std::vector<SourceId>> Catalogue::reserve_sources(std::size_t count) {
  constexpr std::int64_t kLast = std::numeric_limits<SourceId::rep>::max();
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY_ASSIGN(const std::int64_t used,
                number(*state_->database, "SELECT last_source FROM state"));
  if (count > static_cast<std::uint64_t>(kLast - used)) {
    return fail(
        Error::Kind::kInvalidArgument,
        fmt::format("{} more sources don't fit: {} of {} ids are used up", count, used, kLast));
  }
  ND_TRY(state_->database->run("UPDATE state SET last_source = last_source + ?1", count));
  ND_TRY(transaction.commit());
  std::vector<SourceId> ids(count);
  auto next = static_cast<SourceId::rep>(used);
  std::ranges::generate(ids, [&next] { return SourceId(++next); });
  return ids;
}

Result<std::vector<SourceId>> Catalogue::sources() {
  ND_TRY_ASSIGN(Statement query, state_->database->prepare("SELECT id FROM source ORDER BY id"));
  return all_rows(query, [](Statement& row) { return SourceId(row.read<SourceId::rep>()); });
}

Result<std::uint64_t> Catalogue::recordings_state() {
  ND_TRY_ASSIGN(const std::int64_t state,
                number(*state_->database, "SELECT recordings_state FROM state"));
  return static_cast<std::uint64_t>(state);
}

Result<std::vector<std::string>> Catalogue::verify() {
  struct Check {
    const char* query;    // yields one text a fault
    const char* meaning;  // {} is that text
  };
  static constexpr Check kChecks[] = {
      {"SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'", "{}"},
      {"SELECT \"table\" || ' ' || coalesce(rowid, '') || ' names a ' || parent "
       "FROM pragma_foreign_key_check",
       "{} that does not exist"},
      {"SELECT id || '' FROM source WHERE kind = 'recording' "
       "AND id NOT IN (SELECT id FROM recording) ORDER BY id",
       "source {} is said to be a recording, but there is none"},
      {"SELECT id || '' FROM source WHERE kind = 'episode' "
       "AND id NOT IN (SELECT id FROM episode_file) ORDER BY id",
       "source {} is said to be an episode's file, but there is none"},
      {"SELECT id || '' FROM source WHERE id > (SELECT last_source FROM state) ORDER BY id",
       "source {} was never given out: its id may come again"},
      {"SELECT id || '' FROM recording WHERE id NOT IN (SELECT recording FROM recording_path) "
       "ORDER BY id",
       "recording {} has no path"},
      {"SELECT file || '' FROM run WHERE recordings_state > (SELECT recordings_state FROM state) "
       "ORDER BY file",
       "the run of file {} saw recordings of the future"},
  };
  std::vector<std::string> faults;
  for (const Check& check : kChecks) {
    auto query = state_->database->prepare(check.query);
    auto found = query.has_value()
                     ? all_rows(*query, [](Statement& row) { return row.read<std::string>(); })
                     : Result<std::vector<std::string>>(query.error());
    if (!found.has_value()) {
      if (found.error().kind != Error::Kind::kCorrupt) {
        return found.error();
      }
      found = std::vector<std::string>{};
      faults.emplace_back("the file is damaged so that a check could not be made");
    }
    for (const std::string& fault : *found) {
      faults.push_back(fmt::format(fmt::runtime(check.meaning), shown(fault, 400)));
    }
  }
  return faults;
}

Names Catalogue::names() const {
  return Names(*state_->database);
}

Result<void> check_text(std::string_view text, std::string_view what) {
  constexpr std::size_t kLongest = 65'536;
  if (text.size() > kLongest) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("{} is {} bytes long; {} are the most", what, text.size(), kLongest));
  }
  if (!is_text(text)) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("{} is not UTF-8 text: {}", what, shown(text)));
  }
  return {};
}

Result<void> check_name(std::string_view text, std::string_view whose) {
  ND_TRY(check_text(text, fmt::format("the name of {}", whose)));
  if (text.find_first_not_of(" \t\r\n") != std::string_view::npos) return {};
  return fail(Error::Kind::kInvalidArgument, fmt::format("{} needs a name", whose));
}

Result<void> check_reserved(const Database& database, SourceId id) {
  ND_TRY_ASSIGN(const std::int64_t last, number(database, "SELECT last_source FROM state"));
  if (id.value == 0 || id.value > last) {
    return fail(Error::Kind::kInvalidArgument,
                fmt::format("source {} was not reserved in this catalogue", id.value));
  }
  return {};
}

Result<void> check_file(const Database& database, SourceId file) {
  ND_TRY_ASSIGN(const std::int64_t files,
                number(database, "SELECT count(*) FROM episode_file WHERE id = ?1", file));
  if (files == 1) return {};
  return fail(Error::Kind::kNotFound, fmt::format("there is no episode's file {}", file.value));
}

std::optional<std::int64_t> id_or_null(std::int64_t id) {
  return id == 0 ? std::nullopt : std::optional(id);
}

Blob blob_of(const Digest& digest) {
  return {{digest.bytes.begin(), digest.bytes.end()}};
}

Digest read_digest(Statement& row) {
  const Blob blob = row.read<Blob>();
  Digest digest;
  if (blob.bytes.size() != digest.bytes.size()) {
    row.mark_damaged();
    return digest;
  }
  std::ranges::transform(blob.bytes, digest.bytes.begin(),
                         [](char c) { return static_cast<std::uint8_t>(c); });
  return digest;
}

std::int64_t read_id_or_zero(Statement& row) {
  return row.read<std::optional<std::int64_t>>().value_or(0);
}

}  // namespace needledrop
