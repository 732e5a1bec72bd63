#include "catalogue/catalogue_state.h"

namespace needledrop {
namespace {

Result<void> check_texts(const Subtitles& subtitles) {
  ND_TRY(check_text(subtitles.language, "the language of the subtitles"));
  ND_TRY(check_text(subtitles.format, "the format of the subtitles"));
  ND_TRY(check_text(subtitles.name, "the name of the subtitles"));
  for (const SubtitleLine& line : subtitles.lines) {
    ND_TRY(check_text(line.text, "a line of the subtitles"));
    ND_TRY(check_text(line.music, "a music mark of the subtitles"));
  }
  return {};
}

Result<void> store_lines(const Database& database, std::int64_t dialogue,
                         const std::vector<SubtitleLine>& lines) {
  ND_TRY_ASSIGN(Statement row,
                database.prepare("INSERT INTO dialogue_line (dialogue, number, start_ms, end_ms, "
                                 "text, music, italic) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const SubtitleLine& line = lines[i];
    ND_TRY(
        row.bind(dialogue, i, line.span.start, line.span.end, line.text, line.music, line.is_italic)
            .run());
  }
  return {};
}

SubtitleLine read_line(Statement& row) {
  SubtitleLine line;
  line.span.start = Milliseconds(row.read<std::int64_t>());
  line.span.end = Milliseconds(row.read<std::int64_t>());
  line.text = row.read<std::string>();
  line.music = row.read<std::string>();
  line.is_italic = row.read<int>() != 0;
  return line;
}

struct StoredDialogue {
  std::int64_t id = 0;
  Dialogue dialogue;
};

StoredDialogue read_dialogue(Statement& row) {
  StoredDialogue stored;
  Subtitles& subtitles = stored.dialogue.subtitles;
  stored.id = row.read<std::int64_t>();
  subtitles.language = row.read<std::string>();
  subtitles.format = row.read<std::string>();
  subtitles.name = row.read<std::string>();
  subtitles.stream = row.read<int>();
  stored.dialogue.path = row.read<Blob>().bytes;
  stored.dialogue.shift = Milliseconds(row.read<std::int64_t>());
  return stored;
}

}  // namespace

Result<void> Catalogue::store_dialogue(SourceId file, const Dialogue& dialogue) {
  const Database& database = *state_->database;
  const Subtitles& subtitles = dialogue.subtitles;
  ND_TRY(check_texts(subtitles));
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY(check_file(database, file));
  ND_TRY(database.run("DELETE FROM dialogue WHERE file = ?1 AND language = ?2", file,
                      subtitles.language));
  ND_TRY(
      database.run("INSERT INTO dialogue (file, language, format, name, stream, path, shift_ms) "
                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                   file, subtitles.language, subtitles.format, subtitles.name, subtitles.stream,
                   Blob{dialogue.path}, dialogue.shift));
  ND_TRY(store_lines(database, database.last_id(), subtitles.lines));
  return transaction.commit();
}

Result<std::vector<Dialogue>> Catalogue::dialogue_of(SourceId file) {
  const Database& database = *state_->database;
  ND_TRY_ASSIGN(Transaction view, state_->read());
  ND_TRY_ASSIGN(Statement query,
                database.prepare("SELECT id, language, format, name, stream, path, shift_ms "
                                 "FROM dialogue WHERE file = ?1 ORDER BY id DESC"));
  ND_TRY_ASSIGN(auto stored, all_rows(query.bind(file), read_dialogue));
  ND_TRY_ASSIGN(Statement lines,
                database.prepare("SELECT start_ms, end_ms, text, music, italic FROM dialogue_line "
                                 "WHERE dialogue = ?1 ORDER BY number"));
  std::vector<Dialogue> dialogues;
  for (StoredDialogue& each : stored) {
    ND_TRY_ASSIGN(each.dialogue.subtitles.lines, all_rows(lines.bind(each.id), read_line));
    dialogues.push_back(std::move(each.dialogue));
  }
  return dialogues;
}

Result<void> Catalogue::remove_dialogue(SourceId file) {
  ND_TRY_ASSIGN(Transaction transaction, state_->write());
  ND_TRY(state_->database->run("DELETE FROM dialogue WHERE file = ?1", file));
  return transaction.commit();
}

}  // namespace needledrop
