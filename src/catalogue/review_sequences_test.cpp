#include <random>

#include <gtest/gtest.h>

#include "catalogue/catalogue_test.h"
#include "catalogue/cue_changes.h"
#include "catalogue/decisions.h"
#include "catalogue/proposals.h"
#include "catalogue/run_cues.h"
#include "catalogue/statement.h"

namespace needledrop {
namespace {

constexpr int kSequences = 1'000;
constexpr int kEvents = 12;
constexpr unsigned kSeed = 20260309;

/// An episode of two parts under review, and another of the season that only decisions about the
/// first one reach, beside an obviously right model: every state that they were in, in a list.
class Review {
 public:
  Review(Catalogue& catalogue, std::mt19937& random, SourceId song, std::int64_t episode,
         std::vector<SourceId> files)
      : catalogue_(catalogue),
        random_(random),
        song_(song),
        episode_(episode),
        files_(std::move(files)) {
    Decision run;
    run.kind = DecisionKind::kRun;
    run.at = kAt;
    for (const SourceId file : files_) {
      for (int i = 0; i < 3; ++i) {
        SuggestedSpot finding;
        finding.spot = spot_of(song_, i * 20'000, i * 20'000 + 15'000);
        const auto cues = cues_of_run(file, std::vector{finding});
        run.changes.push_back({std::nullopt, cues.front()});
      }
    }
    (void)value_of(decide(catalogue_, run));
    states_.push_back(state());
  }

  /// One event: a decision, an undo or a redo. False when the model and the catalogue differ.
  bool step() {
    const auto what = random_() % 4;
    if (what == 0) return undo();
    if (what == 1) return redo();
    Decision decision;
    decision.kind = DecisionKind::kSet;
    decision.author = "Ada";
    decision.at = kAt;
    for (unsigned i = 0; i <= random_() % 2; ++i) add_change(decision);
    if (value_of(decide(catalogue_, decision)).id != 0) {
      states_.resize(position_ + 1);
      states_.push_back(state());
      ++position_;
    }
    return state() == states_[position_];
  }

  bool undo() {
    const bool is_done = undo_decision(catalogue_, episode_, "").has_value();
    if (is_done != (position_ > 0)) return false;
    if (is_done) --position_;
    return state() == states_[position_];
  }

  bool redo() {
    const bool is_done = redo_decision(catalogue_, episode_, "").has_value();
    if (is_done != (position_ + 1 < states_.size())) return false;
    if (is_done) ++position_;
    return state() == states_[position_];
  }

  bool goes_all_the_way_back_and_forth() {
    while (position_ > 0) {
      if (!undo()) return false;
    }
    while (position_ + 1 < states_.size()) {
      if (!redo()) return false;
    }
    return undo() || position_ == 0;
  }

 private:
  static constexpr const char* kAt = "2026-03-09T08:00:00Z";

  [[nodiscard]] std::vector<Cue> state() const {
    std::vector<Cue> all;
    for (const SourceId file : files_) {
      const auto cues = value_of(standing_cues(catalogue_, file));
      all.insert(all.end(), cues.begin(), cues.end());
    }
    return all;
  }

  /// Changes of cues that the decision does not touch yet.
  void add_change(Decision& decision) {
    const std::vector<Cue> cues = state();
    const auto make = [&]() -> Result<std::vector<CueChange>> {
      const Milliseconds at(random_() % 70'000);
      std::vector<const Cue*> own;  // without the other episode's
      for (const Cue& one : cues) {
        if (one.file != files_.back()) own.push_back(&one);
      }
      const auto what = own.empty() ? 0UL : random_() % 9;
      if (what == 0) {
        const Span span{at, at + Milliseconds(1 + random_() % 5'000)};
        ND_TRY_ASSIGN(const Cue added, added_cue(files_[random_() % 2], span,
                                                 {SourceId(), 0, "Hum", ""}, Milliseconds(99'000)));
        return std::vector<CueChange>{{std::nullopt, added}};
      }
      const Cue& cue = *own[random_() % own.size()];
      if (what == 1) return split_changes(cue, at);
      if (what == 2) return merge_changes(cue, *own[random_() % own.size()]);
      if (what == 3) {
        return std::vector<CueChange>{
            {cue, with_standing(cue, static_cast<CueStanding>(random_() % 3))}};
      }
      if (what == 4) return dismissals(cue.file);
      if (what == 5) {
        ND_TRY_ASSIGN(const auto about, decisions_about(catalogue_, cue.id));
        return std::vector<CueChange>{{cue, restored(cue, about)}};
      }
      if (what == 6) return over_the_season(cue, cues);
      CueValues values;
      if (what == 7) values.in = at;
      if (what == 7 && random_() % 2 == 0) values.out = at + Milliseconds(5'000);
      values.note = std::to_string(random_() % 3);
      ND_TRY_ASSIGN(const Cue after, with_values(cue, values, Milliseconds(99'000)));
      return std::vector<CueChange>{{cue, after}};
    }();
    if (!make.has_value()) return;
    for (const CueChange& change : *make) {
      if (!change.before.has_value()) continue;
      for (const CueChange& other : decision.changes) {
        if (other.before.has_value() && other.before->id == change.before->id) return;
      }
    }
    decision.changes.insert(decision.changes.end(), make->begin(), make->end());
  }

  /// What a run that hears everything elsewhere proposes for a file, dismissed.
  std::vector<CueChange> dismissals(SourceId file) {
    std::vector<SuggestedSpot> findings;
    const int shift = 500 * static_cast<int>(random_() % 8);
    for (int i = 0; i < 2; ++i) {
      findings.emplace_back().spot = spot_of(song_, i * 20'000 + shift, i * 20'000 + 15'000);
    }
    const auto cues = value_of(standing_cues(catalogue_, file));
    std::vector<CueChange> changes;
    for (const Proposal& proposal : propose(file, cues, findings, {})) {
      changes.push_back(dismissal(proposal));
    }
    return changes;
  }

  /// The same standing for a cue and one of the other episode.
  std::vector<CueChange> over_the_season(const Cue& cue, const std::vector<Cue>& cues) {
    const auto standing = static_cast<CueStanding>(random_() % 3);
    std::vector<CueChange> changes{{cue, with_standing(cue, standing)}};
    for (const Cue& other : cues) {
      if (other.file != files_.back() || changes[0].before == changes[0].after) continue;
      changes.push_back({other, with_standing(other, standing)});
    }
    return changes;
  }

  Catalogue& catalogue_;
  std::mt19937& random_;
  SourceId song_;
  std::int64_t episode_;
  std::vector<SourceId> files_;
  std::vector<std::vector<Cue>> states_;
  std::size_t position_ = 0;  // in states_, of the one that stands
};

class ReviewSequences : public CatalogueFixture {};

TEST_F(ReviewSequences, UndoneAndRedoneEndInTheSameState) {
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  Catalogue catalogue = open();
  EXPECT_DONE(catalogue.database().execute("PRAGMA synchronous = OFF"));
  const SourceId song = add(catalogue, "Promise");
  for (int sequence = 0; sequence < kSequences; ++sequence) {
    NewEpisode first = episode_of(catalogue, std::to_string(sequence) + "a.mkv");
    first.episode.id = store(catalogue, first);
    NewEpisode second = episode_of(catalogue, std::to_string(sequence) + "b.mkv");
    second.episode.id = first.episode.id;
    store(catalogue, second);
    const NewEpisode next = episode_of(catalogue, std::to_string(sequence) + "c.mkv");
    store(catalogue, next);
    Review review(catalogue, random, song, first.episode.id,
                  {first.file.id, second.file.id, next.file.id});
    for (int event = 0; event < kEvents; ++event) {
      ASSERT_TRUE(review.step()) << "sequence " << sequence << ", event " << event;
    }
    ASSERT_TRUE(review.goes_all_the_way_back_and_forth()) << "sequence " << sequence;
  }
}

}  // namespace
}  // namespace needledrop
