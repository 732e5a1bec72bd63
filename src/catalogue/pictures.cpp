#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "catalogue/catalogue_state.h"

namespace needledrop {
namespace {

constexpr std::array kTransitionKinds{TransitionKind::kCut, TransitionKind::kDissolve,
                                      TransitionKind::kFade};

Result<void> store_transitions(const Database& database, const SeenPicture& picture) {
  ND_TRY_ASSIGN(Statement insert,
                database.prepare("INSERT INTO transition (file, number, kind, time_ms, start_ms, "
                                 "end_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
  std::int64_t number = 0;
  for (const Transition& transition : picture.transitions) {
    ND_TRY(insert
               .bind(picture.file, ++number, to_string(transition.kind), transition.time,
                     transition.span.start, transition.span.end)
               .run());
  }
  return {};
}

Result<void> store_shots(const Database& database, const SeenPicture& picture) {
  ND_TRY_ASSIGN(Statement insert,
                database.prepare("INSERT INTO shot (file, number, start_ms, end_ms, still_ms) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5)"));
  std::int64_t number = 0;
  for (const Shot& shot : picture.shots) {
    ND_TRY(insert.bind(picture.file, ++number, shot.span.start, shot.span.end, shot.still).run());
  }
  return {};
}

Result<void> store_scenes(const Database& database, const SeenPicture& picture) {
  ND_TRY_ASSIGN(Statement insert,
                database.prepare("INSERT INTO suggested_scene (file, number, start_ms, end_ms) "
                                 "VALUES (?1, ?2, ?3, ?4)"));
  std::int64_t number = 0;
  for (const Span& scene : picture.scenes) {
    ND_TRY(insert.bind(picture.file, ++number, scene.start, scene.end).run());
  }
  return {};
}

Span read_span(Statement& row) {
  Span span;
  span.start = Milliseconds(row.read<std::int64_t>());
  span.end = Milliseconds(row.read<std::int64_t>());
  return span;
}

Transition read_transition(Statement& row) {
  Transition transition;
  const auto text = row.read<std::string>();
  const auto kind = std::ranges::find(kTransitionKinds, text,
                                      [](TransitionKind each) { return to_string(each); });
  if (kind == kTransitionKinds.end()) {
    row.mark_damaged();
  } else {
    transition.kind = *kind;
  }
  transition.time = Milliseconds(row.read<std::int64_t>());
  transition.span = read_span(row);
  return transition;
}

Shot read_shot(Statement& row) {
  Shot shot;
  shot.span = read_span(row);
  shot.still = Milliseconds(row.read<std::int64_t>());
  return shot;
}

SceneEdit read_edit(Statement& row) {
  SceneEdit edit;
  const auto kind = scene_edit_kind(row.read<std::string>());
  if (!kind.has_value()) row.mark_damaged();
  edit.kind = kind.value_or(edit.kind);
  edit.at = Milliseconds(row.read<std::int64_t>());
  edit.span = read_span(row);
  edit.title = row.read<std::string>();
  return edit;
}

/// Sets the mark of the one edit that `which` selects; false when it selects none.
Result<bool> mark_edit(const Database& database, SourceId file, std::string_view which,
                       bool is_undone) {
  ND_TRY(database.run(fmt::format("UPDATE scene_edit SET is_undone = ?2 WHERE id = ({})", which),
                      file, is_undone));
  return database.changed_rows() > 0;
}

}  // namespace

std::string_view to_string(PictureDepth depth) {
  return depth == PictureDepth::kFast ? "fast" : "exact";
}

Result<void> Catalogue::store_picture(const SeenPicture& picture) {
  const Database& database = *state_->database;
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY(check_file(database, picture.file));
  ND_TRY(database.run("DELETE FROM picture WHERE file = ?1", picture.file));
  ND_TRY(database.run("INSERT INTO picture (file, depth, duration_ms) VALUES (?1, ?2, ?3)",
                      picture.file, to_string(picture.depth), picture.duration));
  ND_TRY(store_transitions(database, picture));
  ND_TRY(store_shots(database, picture));
  ND_TRY(store_scenes(database, picture));
  return transaction.commit();
}

Result<std::optional<SeenPicture>> Catalogue::picture_of(SourceId file) {
  const Database& database = *state_->database;
  ND_TRY_ASSIGN(Transaction view, state_->read());
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT depth, duration_ms FROM picture WHERE file = ?1"));
  ND_TRY_ASSIGN(auto picture, first_row(query.bind(file), [&](Statement& row) {
                  SeenPicture seen;
                  seen.file = file;
                  seen.depth = row.read<std::string>() == to_string(PictureDepth::kFast)
                                   ? PictureDepth::kFast
                                   : PictureDepth::kExact;
                  seen.duration = Milliseconds(row.read<std::int64_t>());
                  return seen;
                }));
  if (!picture.has_value()) return picture;
  ND_TRY_ASSIGN(Statement transitions,
                database.prepare("SELECT kind, time_ms, start_ms, end_ms FROM transition "
                                 "WHERE file = ?1 ORDER BY number"));
  ND_TRY_ASSIGN(picture->transitions, all_rows(transitions.bind(file), read_transition));
  ND_TRY_ASSIGN(Statement shots,
                database.prepare("SELECT start_ms, end_ms, still_ms FROM shot WHERE file = ?1 "
                                 "ORDER BY number"));
  ND_TRY_ASSIGN(picture->shots, all_rows(shots.bind(file), read_shot));
  ND_TRY_ASSIGN(Statement scenes,
                database.prepare("SELECT start_ms, end_ms FROM suggested_scene WHERE file = ?1 "
                                 "ORDER BY number"));
  ND_TRY_ASSIGN(picture->scenes, all_rows(scenes.bind(file), read_span));
  return picture;
}

Result<std::vector<SceneEdit>> Catalogue::scene_edits(SourceId file) {
  ND_TRY_ASSIGN(Statement query, state_->database->prepare(
                                     "SELECT kind, at_ms, start_ms, end_ms, title FROM scene_edit "
                                     "WHERE file = ?1 AND is_undone = 0 ORDER BY id"));
  return all_rows(query.bind(file), read_edit);
}

Result<void> Catalogue::add_scene_edit(SourceId file, const SceneEdit& edit, std::string_view at) {
  const Database& database = *state_->database;
  ND_TRY(check_text(edit.title, "the title of the scene"));
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY(check_file(database, file));
  ND_TRY(database.run("DELETE FROM scene_edit WHERE file = ?1 AND is_undone = 1", file));
  ND_TRY(database.run(
      "INSERT INTO scene_edit (file, made_at, kind, at_ms, start_ms, end_ms, title) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      file, at, to_string(edit.kind), edit.at, edit.span.start, edit.span.end, edit.title));
  return transaction.commit();
}

Result<bool> Catalogue::undo_scene_edit(SourceId file) {
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY_ASSIGN(
      const bool found,
      mark_edit(*state_->database, file,
                "SELECT max(id) FROM scene_edit WHERE file = ?1 AND is_undone = 0", true));
  ND_TRY(transaction.commit());
  return found;
}

Result<bool> Catalogue::redo_scene_edit(SourceId file) {
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY_ASSIGN(
      const bool found,
      mark_edit(*state_->database, file,
                "SELECT min(id) FROM scene_edit WHERE file = ?1 AND is_undone = 1", false));
  ND_TRY(transaction.commit());
  return found;
}

}  // namespace needledrop
