#include "desk/add_recordings.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "base/worker_pool.h"
#include "desk/adding_progress.h"
#include "desk/desk.h"
#include "desk/listening.h"
#include "desk/merge_index.h"
#include "desk/missing_recordings.h"
#include "desk/recording_commit.h"
#include "desk/recording_description.h"
#include "desk/tagged_facts.h"
#include "media/media_file.h"

namespace needledrop {
namespace {

constexpr std::size_t kBatchFiles = 64;
/// Of sound decoded between two commits: bounds memory, and what a stop or a crash can cost.
constexpr std::chrono::hours kBatchSound{8};
/// A file of a batch on its way in.
struct Candidate {
  const InputFile* file = nullptr;
  std::unique_ptr<MediaFile> media;  // dropped as soon as it is not needed
  Digest digest;
  Milliseconds duration{0};  // as the container says
  Tags tags;
  std::optional<Error> error;
};

class Adding {
 public:
  Adding(Desk& desk, const AddOptions& options, const InputFiles& inputs)
      : desk_(desk),
        options_(options),
        inputs_(inputs),
        progress_(options.progress, inputs.files) {}

  AddOutcome run() {
    outcome_.failed = inputs_.failures;
    if (auto done = run_batches(); !done.has_value()) outcome_.ended_by = done.error();
    // What was added stays, whatever ended the rest; so does what its tags say.
    if (auto stated = state_tags(desk_, tagged_); !stated.has_value()) {
      outcome_.warnings.push_back(
          {desk_.directory(),
           fmt::format("all is added, but not what tags say of it: {}", stated.error().message)});
    }
    warn_of_missing();
    return std::move(outcome_);
  }

 private:
  Result<void> run_batches() {
    overrides_.album = options_.album;
    overrides_.version = options_.version;
    if (!options_.production.empty()) {
      ND_TRY_ASSIGN(const Production production,
                    desk_.catalogue().production_named(options_.production));
      overrides_.production = production.id;
    }
    ND_TRY(desk_.index());
    const std::span<const InputFile> files(inputs_.files);
    for (std::size_t at = 0; at < files.size(); at += kBatchFiles) {
      ND_TRY(add_batch(files.subspan(at, std::min(kBatchFiles, files.size() - at))));
    }
    return {};
  }

  Result<void> add_batch(std::span<const InputFile> files) {
    std::vector<Candidate> candidates(files.size());
    parallel_for(files.size(), options_.threads, [&](std::size_t i) {
      candidates[i].file = &files[i];
      examine(candidates[i]);
    });
    if (options_.stop.stop_requested()) return stopped();
    std::vector<Candidate*> unknown;
    for (Candidate& candidate : candidates) {
      ND_TRY(sort_out(candidate, unknown));
    }
    std::vector<Candidate*> group;
    Milliseconds sound{0};
    for (Candidate* candidate : unknown) {
      if (!group.empty() && sound + candidate->duration > kBatchSound) {
        ND_TRY(add_group(std::exchange(group, {})));
        sound = Milliseconds(0);
      }
      sound += candidate->duration;
      group.push_back(candidate);
    }
    return add_group(group);
  }

  /// Opens and digests; on any thread.
  void examine(Candidate& candidate) {
    auto media = MediaFile::open(candidate.file->path, {});
    if (!media.has_value()) {
      candidate.error = media.error();
      return;
    }
    candidate.media = std::move(*media);
    candidate.tags = candidate.media->tags();
    candidate.duration = candidate.media->duration();
    if (!candidate.media->has_sound()) {
      candidate.error = fail(Error::Kind::kUnsupported, "has no sound");
      return;
    }
    auto digest = candidate.media->digest(options_.stop);
    if (digest.has_value()) {
      candidate.digest = *digest;
    } else {
      candidate.error = digest.error();
    }
  }

  /// Settles what needs no decoding; the rest goes to `unknown`.
  Result<void> sort_out(Candidate& candidate, std::vector<Candidate*>& unknown) {
    if (candidate.error.has_value()) {
      refuse(candidate);
      return {};
    }
    ND_TRY_ASSIGN(const auto known, desk_.catalogue().recording_of(candidate.digest));
    ND_TRY_ASSIGN(Index* const index, desk_.index());
    const bool is_lost = known.has_value() && index->snapshot()->find(known->id) == nullptr;
    if (is_lost && !index->unreadable().empty()) {
      candidate.error = fail(Error::Kind::kCorrupt,
                             "the desk has it in a part of the index that can't be read; run: "
                             "needledrop check --repair")
                            .in(candidate.file->path);
      refuse(candidate);
      return {};
    }
    // Known but lost from the index: it is decoded again, under its old id.
    if (!known.has_value() || is_lost) {
      unknown.push_back(&candidate);
      return {};
    }
    return settle(candidate, *known);
  }

  /// The audio is there already: only what is said of it may change.
  Result<void> settle(Candidate& candidate, const Recording& known) {
    const std::string& path = candidate.file->path;
    const bool is_own_file = path == known.paths.front() || !is_readable(known.paths.front());
    const Recording wanted =
        redescribe_recording(known, path, candidate.tags, overrides_, is_own_file);
    candidate.media.reset();
    progress_.file_done(path);
    if (is_own_file) remember_tags(candidate, wanted);
    if (is_same_description(known, wanted)) {
      outcome_.unchanged.push_back({path, known, {}});
      return {};
    }
    ND_TRY(desk_.catalogue().update_recording(wanted));
    outcome_.updated.push_back({path, wanted, {}});
    return {};
  }

  void remember_tags(const Candidate& candidate, const Recording& recording) {
    tagged_.push_back({recording.id, recording.production, candidate.file->path, candidate.tags});
    tagged_.back().tags.album = recording.album;
  }

  void refuse(Candidate& candidate) {
    candidate.media.reset();
    progress_.file_done(candidate.file->path);
    outcome_.failed.push_back({candidate.file->path, std::move(*candidate.error)});
  }

  /// Decodes a group of files on all threads and commits what they gave.
  Result<void> add_group(const std::vector<Candidate*>& group) {
    // The same audio twice in one group is decoded once; the copies are settled afterwards.
    std::vector<Candidate*> copies;
    std::vector<Candidate*> first;
    for (Candidate* candidate : group) {
      const bool is_copy = std::ranges::any_of(
          first, [&](const Candidate* f) { return f->digest == candidate->digest; });
      (is_copy ? copies : first).push_back(candidate);
    }
    std::vector<std::optional<Listened>> heard(first.size());
    parallel_for(first.size(), options_.threads,
                 [&](std::size_t i) { heard[i] = listen(*first[i]); });
    ND_TRY(commit(first, heard));
    merge();
    if (options_.stop.stop_requested()) return stopped();
    for (Candidate* copy : copies) {
      ND_TRY_ASSIGN(const auto known, desk_.catalogue().recording_of(copy->digest));
      if (!known.has_value()) {
        copy->error = fail(Error::Kind::kUnsupported, "has the same audio as a file that failed");
        refuse(*copy);
      } else {
        ND_TRY(settle(*copy, *known));
      }
    }
    return {};
  }

  /// On any thread. Nothing when the file gives no recording; the reason is left in the candidate.
  std::optional<Listened> listen(Candidate& candidate) {
    const auto tell = [&](Milliseconds position) {
      progress_.position(candidate.file->path, position, candidate.duration);
    };
    auto heard = listen_to_recording(*candidate.media, options_.stop, tell);
    candidate.media.reset();
    if (!heard.has_value()) {
      candidate.error = heard.error();
      return std::nullopt;
    }
    return std::move(*heard);
  }

  Result<void> commit(const std::vector<Candidate*>& candidates,
                      std::vector<std::optional<Listened>>& heard) {
    std::vector<HeardRecording> fresh;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      Candidate& candidate = *candidates[i];
      if (!heard[i].has_value()) {
        if (candidate.error->kind != Error::Kind::kCancelled) refuse(candidate);
        continue;
      }
      for (std::string& text : heard[i]->sound.warnings) {
        outcome_.warnings.push_back({candidate.file->path, std::move(text)});
      }
      Recording recording = describe_recording(candidate.file->path, candidate.tags, overrides_);
      recording.digest = candidate.digest;
      recording.duration = heard[i]->sound.duration;
      fresh.push_back({std::move(recording), std::move(heard[i]->peaks)});
      heard[i].reset();
    }
    ND_TRY_ASSIGN(CommittedRecordings committed, commit_recordings(desk_, std::move(fresh)));
    // They are durable now, and told of whatever comes of comparing them.
    progress_.activity("comparing");
    Result<void> aligned = align_recordings(desk_, {options_.threads, options_.stop});
    progress_.activity("adding");
    const auto relatives = relatives_in(desk_);
    for (Recording& recording : committed.added) {
      const auto own = std::ranges::find_if(candidates, [&recording](const Candidate* candidate) {
        return candidate->file->path == recording.paths.front();
      });
      if (own != candidates.end()) remember_tags(**own, recording);
      progress_.file_done(recording.paths.front());
      AddedFile added{recording.paths.front(), std::move(recording), {}};
      if (relatives.has_value()) {
        added.related = related_to(desk_, *relatives, added.recording.id).value_or(added.related);
      }
      outcome_.added.push_back(std::move(added));
      options_.added(outcome_.added.back());
    }
    for (Recording& recording : committed.known) {
      progress_.file_done(recording.paths.front());
      outcome_.unchanged.push_back({recording.paths.front(), std::move(recording), {}});
    }
    return aligned;
  }

  /// Keeps the segments few while they come. What was added is told of already, and stays so: a
  /// merge that is stopped, or finds another writer at work, is left to the next commit.
  void merge() {
    if (!may_merge_) return;
    progress_.activity("merging");
    const auto merged = merge_index(desk_, {.most_bytes = kMergedByTheWay,
                                            .wait = std::chrono::milliseconds(0),
                                            .stop = options_.stop});
    progress_.activity("adding");
    if (merged.has_value() || merged.error().kind == Error::Kind::kBusy ||
        merged.error().kind == Error::Kind::kCancelled) {
      return;
    }
    may_merge_ = false;
    outcome_.warnings.push_back(
        {desk_.index_directory(),
         fmt::format("all is added, but segments were not merged: {}; run: needledrop merge",
                     merged.error().message)});
  }

  void warn_of_missing() {
    const auto missing = missing_recordings(desk_);
    if (!missing.has_value() || missing->empty()) return;
    outcome_.warnings.push_back({desk_.index_directory(), missing_warning(*missing)});
  }

  static Error stopped() { return fail(Error::Kind::kCancelled, "stopped; what was added stays"); }

  Desk& desk_;
  const AddOptions& options_;
  const InputFiles& inputs_;
  RecordingOverrides overrides_;
  AddingProgress progress_;
  AddOutcome outcome_;
  std::vector<TaggedRecording> tagged_;
  bool may_merge_ = true;  // not once it has failed
};

}  // namespace

AddOutcome add_recordings(Desk& desk, std::span<const std::string> paths,
                          const AddOptions& options) {
  InputFiles inputs = find_input_files(paths);
  sort_by_path(inputs);
  return Adding(desk, options, inputs).run();
}

}  // namespace needledrop
