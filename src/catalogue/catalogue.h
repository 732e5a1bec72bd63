#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/entities.h"
#include "scenes/scene_edit.h"
#include "spotting/relation.h"

namespace needledrop {

class Database;
class Names;

/// The store of everything that is not sound: one SQLite database. It decides what exists; the
/// index follows. One object per thread; several processes may have it open. Every call that writes
/// is one short transaction, durable when it returns. Errors: kNotFound, kAmbiguous (message lists
/// the choices), kCorrupt, kUnsupported (a newer schema), kBusy, kIo.
class Catalogue {
 public:
  enum class Mode { kReadWrite, kReadOnly };

  /// Read-write creates the file and migrates an older schema; read-only needs it to be there.
  /// Where nothing can be made beside the file, read-only shows it as it is at this moment.
  static Result<Catalogue> open(const std::string& path, Mode mode);
  Catalogue(Catalogue&&) noexcept;
  Catalogue& operator=(Catalogue&&) noexcept;
  ~Catalogue();

  /// `count` source ids never given out before, ascending. They stay used up if nothing is stored.
  Result<std::vector<SourceId>> reserve_sources(std::size_t count);
  /// Every source that exists, ascending.
  Result<std::vector<SourceId>> sources();
  /// Changes whenever a recording comes, goes or is replaced: a run that saw another is stale.
  Result<std::uint64_t> recordings_state();

  /// All or none. kInvalidArgument when an id was not reserved or is taken, a sound is there
  /// already, a text is no UTF-8 (or over 64 KiB), the version is unknown or there is no path.
  Result<void> add_recordings(std::span<const Recording> recordings);
  /// Stores the tags, version and production of a recording that exists, and adds paths that are
  /// new.
  Result<void> update_recording(const Recording& recording);
  Result<std::vector<Recording>> recordings();
  Result<Recording> recording(SourceId id);
  Result<std::optional<Recording>> recording_of(const Digest& digest);
  /// Id, path, or an unambiguous part of a title (case-insensitive).
  Result<Recording> find_recording(std::string_view what);
  /// With every spot, alternative and relation that names it.
  Result<void> remove_recording(SourceId id);

  /// Recordings that were not aligned with the others yet, ascending.
  Result<std::vector<SourceId>> unaligned_recordings();
  /// Stores how recordings are related, in place of what was known of the same pairs, and that
  /// those of `aligned` have been aligned with all others. What names a recording that was removed
  /// meanwhile is left out. Where relations come, recordings_state() changes.
  Result<void> store_relations(std::span<const SourceId> aligned,
                               std::span<const Relation> relations);
  /// By a, then b.
  Result<std::vector<Relation>> relations();

  /// The production of that title, whatever its case or Unicode form; made if there is none.
  Result<Production> production_named(std::string_view title);
  Result<std::vector<Production>> productions();
  /// With its episodes; its recordings stay, without a production.
  Result<void> remove_production(std::int64_t id);

  /// Stores an episode's file with its run in one transaction: makes the episode if its id is 0, or
  /// updates it; replaces the file's earlier run. Returns the episode's id. Spots of recordings
  /// that were removed since run.catalogue_state are left out. The ids in `file.episode`, `run.id`
  /// and `run.file` are not read.
  Result<std::int64_t> store_run(const Episode& episode, const EpisodeFile& file, const Run& run);
  Result<std::vector<Episode>> episodes();
  Result<Episode> episode(std::int64_t id);
  /// By cut (the broadcast cut first), then part.
  Result<std::vector<EpisodeFile>> files_of(std::int64_t episode);
  Result<std::vector<EpisodeFile>> episode_files();
  Result<std::optional<EpisodeFile>> file_of(const Digest& digest);
  /// Is there any episode's file of this many bytes? (A cheap "can't be known".)
  Result<bool> has_file_of_size(std::uint64_t bytes);
  Result<std::optional<Run>> run_of(SourceId file);
  /// Stores what is said in a file, in place of what was stored in the same language. kNotFound
  /// when there is no such file.
  Result<void> store_dialogue(SourceId file, const Dialogue& dialogue);
  /// What is said in a file, by language; what was stored last comes first.
  Result<std::vector<Dialogue>> dialogue_of(SourceId file);
  /// In every language.
  Result<void> remove_dialogue(SourceId file);
  /// Files whose run saw another recordings_state() than today's, by id.
  Result<std::vector<EpisodeFile>> stale_files();
  /// Id, path, PRODUCTION/S01E12, or an unambiguous part of a title (case-insensitive); the rules
  /// and their order are in docs/catalogue.md.
  Result<Episode> find_episode(std::string_view what);
  Result<void> remove_episode(std::int64_t id);

  /// Replaces what was seen in the file before. kNotFound when there is no such file.
  Result<void> store_picture(const SeenPicture& picture);
  Result<std::optional<SeenPicture>> picture_of(SourceId file);

  /// What people decided about the scenes of a file, oldest first, without what was undone. It
  /// outlives every look at the picture.
  Result<std::vector<SceneEdit>> scene_edits(SourceId file);
  /// Adds a decision, at a time as in Run::at; what was undone before can't be redone any more.
  /// kNotFound when there is no such file.
  Result<void> add_scene_edit(SourceId file, const SceneEdit& edit, std::string_view at);
  /// The last decision that stands; false when there is none.
  Result<bool> undo_scene_edit(SourceId file);
  /// The last that was undone; false when there is none.
  Result<bool> redo_scene_edit(SourceId file);

  /// All that was ever found and not lost, by id; places by file, then start.
  Result<std::vector<NamedRecurrence>> recurrences();
  /// Those with a place in the file, by id.
  Result<std::vector<NamedRecurrence>> recurrences_of(SourceId file);
  /// Takes over what a search of `searched` (ascending) found: recurrence_naming.h says what is the
  /// old one under its old id. Places in files that were removed meanwhile are left out.
  Result<void> store_recurrences(std::span<const SourceId> searched,
                                 std::span<const Recurrence> found);
  /// Id, "unknown cue 7", or an unambiguous part of a label (case-insensitive).
  Result<NamedRecurrence> find_recurrence(std::string_view what);
  /// "" takes the label away.
  Result<void> label_recurrence(std::int64_t id, std::string_view label);
  /// Says that the recurrence is this recording from now on.
  Result<void> identify_recurrence(std::int64_t id, SourceId recording);

  /// Keeps what footage of the file is known by, as scenes/footage_packing.h packs it, in place of
  /// what was kept before. kNotFound when there is no such file.
  Result<void> store_footage(SourceId file, std::string_view packed);
  /// Nothing when the file's picture was never looked at.
  Result<std::optional<std::string>> footage_of(SourceId file);
  /// Keeps what two files whose footage is kept show of each other, as seen from each, in place of
  /// what was kept about the two. New footage of either ends it.
  Result<void> store_shared_footage(SourceId file, std::span<const SharedFootage> of_file,
                                    SourceId other, std::span<const SharedFootage> of_other);
  /// By the other file, then start.
  Result<std::vector<FootageInOther>> shared_footage(SourceId file);

  /// SQLite's own integrity check and ours (every run's recordings exist); what is wrong, in words.
  Result<std::vector<std::string>> verify();

  /// Further names of what is stored here, and finding it by them. Borrows this object.
  [[nodiscard]] Names names() const;
  /// What the other headers of this folder read and edit.
  [[nodiscard]] const Database& database() const;

 private:
  struct State;
  explicit Catalogue(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// "same", "version", "edit", "sampled".
std::string_view to_string(RelationKind kind);

}  // namespace needledrop
