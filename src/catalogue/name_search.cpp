#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "catalogue/catalogue_state.h"
#include "catalogue/name_keys.h"
#include "catalogue/name_typos.h"
#include "catalogue/names.h"
#include "media/unicode_text.h"

// The half of Names that searches, and the keys that it searches by.

namespace needledrop {
namespace {

/// A query whose rows are a text, its language, and 1 where its words may come in any order. ?1 is
/// the entity.
std::string_view texts_query(EntityKind kind) {
  switch (kind) {
    case EntityKind::kProduction:
      return "SELECT title, '', 0 FROM production WHERE id = ?1";
    case EntityKind::kSeason:
      return "SELECT '', '', 0 FROM season WHERE id = ?1";
    case EntityKind::kEpisode:
      return "SELECT title, '', 0 FROM episode WHERE id = ?1";
    case EntityKind::kRecording:
      return "SELECT title, '', 0 FROM recording WHERE id = ?1 "
             "UNION ALL SELECT artist, '', 1 FROM recording WHERE id = ?1";
    case EntityKind::kWork:
      return "SELECT title, '', 0 FROM work WHERE id = ?1";
    case EntityKind::kRelease:
      return "SELECT title, '', 0 FROM release WHERE id = ?1";
    case EntityKind::kParty:
      return "SELECT name, '', kind = 'person' FROM party WHERE id = ?1";
  }
  return "";
}

/// Reads by what texts entities are found; its statements are prepared once.
class TextReader {
 public:
  explicit TextReader(const Database& database) : database_(&database) {}

  /// None when the entity does not exist.
  Result<std::vector<SearchedText>> read(EntityRef entity) {
    ND_TRY_ASSIGN(Statement * titles, prepared(titles_[static_cast<std::size_t>(entity.kind)],
                                               texts_query(entity.kind)));
    std::vector<SearchedText> texts;
    ND_TRY_ASSIGN(auto own, all_rows(titles->bind(entity.id), read_text));
    if (own.empty()) return texts;
    const NameOrder order = own.front().order;
    for (SearchedText& text : own) {
      if (!text.text.empty()) texts.push_back(std::move(text));
    }
    ND_TRY_ASSIGN(Statement * names,
                  prepared(names_,
                           "SELECT text, language, 0 FROM name "
                           "WHERE entity_kind = ?1 AND entity = ?2 ORDER BY id"));
    ND_TRY_ASSIGN(auto further,
                  all_rows(names->bind(to_string(entity.kind), entity.id), read_text));
    for (SearchedText& text : further) {
      text.order = order;
      texts.push_back(std::move(text));
    }
    return texts;
  }

 private:
  static SearchedText read_text(Statement& row) {
    SearchedText text;
    text.text = row.read<std::string>();
    text.language = row.read<std::string>();
    text.order = row.read<int>() != 0 ? NameOrder::kAny : NameOrder::kAsWritten;
    return text;
  }

  Result<Statement*> prepared(std::optional<Statement>& statement, std::string_view sql) const {
    if (!statement) {
      ND_TRY_ASSIGN(Statement made, database_->prepare(sql));
      statement.emplace(std::move(made));
    }
    return &*statement;
  }

  const Database* database_;
  std::array<std::optional<Statement>, kEntityKinds.size()> titles_;
  std::optional<Statement> names_;
};

NameForm form_of(const SearchedText& text) {
  return name_form(text.text, text.order, text.language);
}

std::string column_of(const NameKeys::Tokens& tokens) {
  return fmt::format("{}", fmt::join(tokens, " "));
}

/// Derives and stores keys; its statements are prepared once.
class KeyWriter {
 public:
  static Result<KeyWriter> of(const Database& database) {
    ND_TRY_ASSIGN(Statement forget, database.prepare("DELETE FROM name_key WHERE rowid = ?1"));
    ND_TRY_ASSIGN(Statement key,
                  database.prepare("INSERT INTO name_key (rowid, whole, tail, word, gram, sound, "
                                   "sound_tail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
    ND_TRY_ASSIGN(Statement term, database.prepare("INSERT INTO name_term (text) VALUES (?1) "
                                                   "ON CONFLICT (text) DO NOTHING RETURNING id"));
    ND_TRY_ASSIGN(Statement near,
                  database.prepare("INSERT INTO name_term_near (hash, term) VALUES (?1, ?2)"));
    return KeyWriter{TextReader(database), std::move(forget), std::move(key), std::move(term),
                     std::move(near)};
  }

  Result<void> derive(EntityRef entity) {
    ND_TRY(forget_.bind(key_row(entity)).run());
    ND_TRY_ASSIGN(const auto texts, texts_.read(entity));
    std::vector<NameForm> forms(texts.size());
    std::ranges::transform(texts, forms.begin(), form_of);
    const NameKeys keys = name_keys(forms);
    if (keys.word.empty()) return {};
    ND_TRY(key_.bind(key_row(entity), column_of(keys.whole), column_of(keys.tail),
                     column_of(keys.word), column_of(keys.gram), column_of(keys.sound),
                     column_of(keys.sound_tail))
               .run());
    for (const NameTerm& term : keys.terms) ND_TRY(store_term(term));
    return {};
  }

 private:
  KeyWriter(TextReader texts, Statement forget, Statement key, Statement term, Statement near)
      : texts_(std::move(texts)),
        forget_(std::move(forget)),
        key_(std::move(key)),
        term_(std::move(term)),
        near_(std::move(near)) {}

  Result<void> store_term(const NameTerm& term) {
    ND_TRY_ASSIGN(const auto id, first_row(term_.bind(term.token), [](Statement& row) {
                    return row.read<std::int64_t>();
                  }));
    if (!id) return {};  // it is there
    for (const std::uint32_t hash : near_hashes(term.letters, term.typos)) {
      ND_TRY(near_.bind(hash, *id).run());
    }
    return {};
  }

  TextReader texts_;
  Statement forget_;
  Statement key_;
  Statement term_;
  Statement near_;
};

Result<std::vector<EntityRef>> changed_entities(const Database& database) {
  ND_TRY_ASSIGN(Statement query, database.prepare("SELECT entity_kind, entity FROM name_change "
                                                  "ORDER BY entity_kind, entity"));
  return all_rows(query, [](Statement& row) {
    const auto kind = entity_kind(row.read<std::string>());
    if (!kind) row.mark_damaged();
    return EntityRef{kind.value_or(EntityKind::kProduction), row.read<std::int64_t>()};
  });
}

/// One search: from what fits best to what fits worst, as far as the limit wants it.
class Searching {
 public:
  Searching(const Database& database, const NameSearch& search)
      : database_(database), search_(search), query_(name_query(search.text)), texts_(database) {}

  Result<std::vector<FoundName>> run() {
    if (query_.form.words.empty()) return std::move(found_);
    ND_TRY(look_at_changed());
    ND_TRY_ASSIGN(Statement statement,
                  database_.prepare("SELECT rowid FROM name_key WHERE name_key MATCH ?1 "
                                    "AND ((1 << (rowid & 7)) & ?2) <> 0 ORDER BY rowid"));
    const auto queries = key_queries(query_);
    for (std::size_t i = 0; i < queries.size() && !is_full(); ++i) {
      ND_TRY(find(statement, static_cast<NameFit>(i), queries[i]));
    }
    if (!is_full()) {
      ND_TRY_ASSIGN(const std::string typos, query_for_typos());
      ND_TRY(find(statement, NameFit::kTypo, typos));
    }
    return std::move(found_);
  }

 private:
  struct Best {
    NameFit fit;
    std::string name;
  };

  [[nodiscard]] bool is_full() const { return found_.size() >= search_.limit; }

  [[nodiscard]] int wanted_kinds() const {
    if (search_.kinds.empty()) return -1;
    int kinds = 0;
    for (const EntityKind kind : search_.kinds) kinds |= 1 << static_cast<int>(kind);
    return kinds;
  }

  /// How the entity's names fit, as they are now; remembered.
  Result<const std::optional<Best>*> best_of(std::int64_t row) {
    const auto known = seen_.find(row);
    if (known != seen_.end()) return &known->second;
    ND_TRY_ASSIGN(auto texts, texts_.read(entity_of_row(row)));
    std::optional<Best> best;
    for (SearchedText& text : texts) {
      const auto fit = fit_of(query_, form_of(text));
      if (fit && (!best || *fit < best->fit)) best = Best{*fit, std::move(text.text)};
    }
    return &seen_.emplace(row, std::move(best)).first->second;
  }

  /// Those without keys of today are compared one by one.
  Result<void> look_at_changed() {
    ND_TRY_ASSIGN(const auto changed, changed_entities(database_));
    for (const EntityRef entity : changed) {
      if ((1 << static_cast<int>(entity.kind) & wanted_kinds()) == 0) continue;
      ND_TRY_ASSIGN(const auto* const best, best_of(key_row(entity)));
      if (*best) changed_[(*best)->fit].push_back(key_row(entity));
    }
    return {};
  }

  Result<void> find(Statement& statement, NameFit fit, const std::string& query) {
    std::vector<std::int64_t> rows = std::move(changed_[fit]);
    if (!query.empty()) {
      statement.bind(query, wanted_kinds());
      const std::size_t changed = rows.size();
      while (rows.size() - changed < search_.limit - found_.size()) {
        ND_TRY_ASSIGN(const bool has_row, statement.step());
        if (!has_row) break;
        const auto row = statement.read<std::int64_t>();
        ND_TRY_ASSIGN(const auto* const best, best_of(row));
        if (*best && (*best)->fit == fit) rows.push_back(row);
      }
      statement.reset();
    }
    std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (const std::int64_t row : rows) {
      if (is_full()) break;
      found_.push_back({entity_of_row(row), fit, seen_.at(row)->name});
    }
    return {};
  }

  /// The tokens kept under any of these hashes that are within `typos` of the letters.
  Result<std::vector<std::string>> near_tokens(Statement& terms, const std::u32string& letters,
                                               int typos, bool are_sounds) const {
    std::vector<std::string> tokens;
    for (const std::uint32_t hash : near_hashes(letters, typos)) {
      ND_TRY_ASSIGN(auto found, all_rows(terms.bind(hash),
                                         [](Statement& row) { return row.read<std::string>(); }));
      for (std::string& token : found) {
        if (token.starts_with('~') != are_sounds) continue;
        if (are_sounds) token.erase(0, 1);
        const NameWord word{to_code_points(token), WordScript::kLatin};
        if (is_within(letters, typed_letters(word), typos)) tokens.push_back(std::move(token));
      }
    }
    std::ranges::sort(tokens);
    tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
    return tokens;
  }

  Result<std::string> query_for_typos() const {
    ND_TRY_ASSIGN(Statement terms,
                  database_.prepare("SELECT text FROM name_term_near JOIN name_term "
                                    "ON id = term WHERE hash = ?1"));
    std::vector<std::vector<std::string>> near(query_.form.words.size());
    for (std::size_t i = 0; i < near.size(); ++i) {
      const NameWord& word = query_.form.words[i];
      const int typos = typos_allowed(word);
      if (typos == 0) continue;
      ND_TRY_ASSIGN(near[i], near_tokens(terms, typed_letters(word), typos, false));
    }
    std::vector<std::string> sounds;
    for (const NameForm::Sounding& each : query_.form.soundings) {
      const NameTerm term = sound_term(each.sound);
      if (!each.is_whole || term.typos == 0 || term.letters.size() < kLeastTypoUnits) continue;
      ND_TRY_ASSIGN(auto tokens, near_tokens(terms, term.letters, 1, true));
      sounds.insert(sounds.end(), tokens.begin(), tokens.end());
    }
    return typo_query(query_, near, sounds);
  }

  const Database& database_;
  const NameSearch& search_;
  NameQuery query_;
  TextReader texts_;
  std::map<std::int64_t, std::optional<Best>> seen_;
  std::map<NameFit, std::vector<std::int64_t>> changed_;
  std::vector<FoundName> found_;
};

}  // namespace

Result<std::vector<FoundName>> Names::search(const NameSearch& search) const {
  ND_TRY_ASSIGN(Transaction view, Transaction::begin(*database_, Transaction::Kind::kRead));
  return Searching(*database_, search).run();
}

Result<std::vector<SearchedText>> Names::searched_texts(EntityRef entity) const {
  return TextReader(*database_).read(entity);
}

Result<void> refresh_name_keys(const Database& database) {
  ND_TRY_ASSIGN(const auto changed, changed_entities(database));
  if (changed.empty()) return {};
  ND_TRY_ASSIGN(KeyWriter writer, KeyWriter::of(database));
  for (const EntityRef entity : changed) ND_TRY(writer.derive(entity));
  return database.run("DELETE FROM name_change");
}

Result<void> bring_name_keys_up_to_date(const Database& database) {
  ND_TRY_ASSIGN(const std::int64_t changed,
                number(database, "SELECT EXISTS (SELECT 1 FROM name_change)"));
  if (changed == 0) return {};
  ND_TRY_ASSIGN(Transaction transaction, Transaction::begin(database, Transaction::Kind::kWrite));
  ND_TRY(refresh_name_keys(database));
  return transaction.commit();
}

}  // namespace needledrop
