#!/usr/bin/python3
"""Fits the weights of music activity and writes src/spotting/music_weights.h.

    eval/fit_activity.py [--work build/eval/activity] [--episodes build/eval/development]
                         [--table build/eval/music_feature_table] [--dry]

Reads the sessions that activity_set.py made, the episodes of the development half, and the tables of features
that the program itself computes of both. First each group of recordings and voices is judged by weights fitted
on the other groups, and the figures are printed; then the weights of all groups are written (not with --dry).
"""

import argparse
import concurrent.futures
import json
import pathlib
import subprocess
from dataclasses import dataclass

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
GROUPS = 4  # as in activity_set.py
ENTRY = 0.512  # seconds
RADII = (0, 2)  # entries to either side over which features are smoothed
RIDGE = 20.0  # weight of the penalty on squared weights, for standardized features
QUIETEST = -10.0  # dB: music that is quieter is neither an example nor a counter-example
LOUD = -5.5  # dB: from here on the figures count music
SWITCH, INDEPENDENCE, MOST_ODDS = 2.0, 0.5, 6.0  # as in music_activity.cpp


@dataclass
class Cue:
    start: float
    end: float
    level_db: float
    kind: str
    group: int


class Episode:
    """A session or an episode: a row of features for each entry, and what is known about it."""

    def __init__(self, table, channel, cues):
        self.channel, self.cues = channel, cues
        count = table.shape[1] // 2
        both = np.maximum(table[:, :count], table[:, count:])
        self.rows = np.hstack([smoothed(both, radius) for radius in RADII]).astype(np.float32)
        self.times = (np.arange(len(table)) + 0.5) * ENTRY
        self.level = np.full(len(table), -np.inf)
        self.kind = np.full(len(table), "", object)
        self.group = np.zeros(len(table), int)
        for cue in cues:
            inside = self.inside(cue.start, cue.end)
            self.level[inside] = np.maximum(self.level[inside], cue.level_db)
            self.kind[inside] = cue.kind
        middles = np.array([(cue.start + cue.end) / 2 for cue in cues])
        if len(cues):  # what is no music belongs to the music that is nearest
            nearest = np.abs(self.times[:, None] - middles).argmin(axis=1)
            self.group = np.array([cue.group for cue in cues])[nearest]

    def inside(self, start, end):
        return (self.times >= start) & (self.times < end)

    @property
    def music(self):
        return self.level > -np.inf

    @property
    def is_example(self):
        return ~self.music | (self.level >= QUIETEST)


def read_session(path, tool):
    truth = json.loads(path.read_text())
    musics = [scene["music"] for scene in truth["scenes"] if scene["music"]]
    cues = [Cue(m["start"], m["end"], m["level_db"], m["texture"], truth["group"]) for m in musics]
    session = Episode(table_of(path.with_suffix(".m4a"), tool), truth["channel"], cues)
    session.group[:] = truth["group"]
    for scene in truth["scenes"]:
        inside = session.inside(scene["start"], scene["end"]) & ~session.music
        session.kind[inside] = scene["noise"] or scene["bed"] or "speech"
    return session


def read_episode(path, tool, groups):
    truth = json.loads(path.read_text())
    cues = [Cue(c["start"], c["end"], c["level_db"], c["texture"] or "recording", groups.get(c["recording"], 0))
            for c in truth["cues"] + truth["uncatalogued"]]
    episode = Episode(table_of(path.parent / truth["episode"], tool), truth["channel"], cues)
    episode.kind[~episode.music] = "an episode's"
    for sung in truth.get("singing", []):
        episode.kind[episode.inside(sung["start"], sung["end"]) & ~episode.music] = "an episode's singing"
    return episode


def table_of(media, tool):
    shown = subprocess.run([tool, media], check=True, capture_output=True, text=True).stdout
    return np.array([line.split() for line in shown.splitlines()], np.float32)


def smoothed(table, radius):
    """Means over each row and `radius` rows to either side, as many as there are."""
    sums = np.vstack([np.zeros(table.shape[1]), np.cumsum(table, axis=0, dtype=np.float64)])
    rows = np.arange(len(table))
    first, last = np.maximum(0, rows - radius), np.minimum(len(table), rows + radius + 1)
    return (sums[last] - sums[first]) / (last - first)[:, None]


def fit(rows, music):
    """(weights, bias) of a ridge logistic regression, by Newton's method."""
    centre, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    rows = np.hstack([(rows - centre) / scale, np.ones((len(rows), 1))])
    penalty = np.append(np.full(rows.shape[1] - 1, RIDGE), 1e-6)
    weights = np.zeros(rows.shape[1])
    for _ in range(12):
        odds = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (odds - music) + penalty * weights
        curvature = (rows * (odds * (1 - odds))[:, None]).T @ rows + np.diag(penalty)
        weights -= np.linalg.solve(curvature, gradient)
    plain = weights[:-1] / scale
    return plain, weights[-1] - plain @ centre


def fit_without(group, episodes):
    keep = [e.is_example & (e.group != group) for e in episodes]
    return fit(np.vstack([e.rows[k] for e, k in zip(episodes, keep)]).astype(np.float64),
               np.concatenate([e.music[k] for e, k in zip(episodes, keep)]))


def judged(episodes):
    """The odds of every entry by the weights fitted without its group."""
    weights = [fit_without(group, episodes) for group in range(GROUPS)]
    odds = [np.stack([e.rows @ w + bias for w, bias in weights]) for e in episodes]
    return [o[e.group, np.arange(len(e.group))] for e, o in zip(episodes, odds)]


def likeliest(odds):
    """The sequence of music and none, as in music_activity.cpp."""
    none = music = 0.0
    steps = []
    for odd in np.clip(odds, -MOST_ODDS, MOST_ODDS):
        steps.append((music - SWITCH > none, none - SWITCH > music))
        none, music = max(none, music - SWITCH), max(music, none - SWITCH) + INDEPENDENCE * odd
    found = np.zeros(len(odds), bool)
    state = music > none
    for i in range(len(odds) - 1, -1, -1):
        found[i] = state
        state = (not steps[i][1]) if state else steps[i][0]
    return found


def report(title, episodes, odds):
    found = [likeliest(o) for o in odds]
    music, level, kind = (np.concatenate([getattr(e, name) for e in episodes]) for name in ("music", "level", "kind"))
    channel = np.concatenate([np.full(len(e.times), e.channel, object) for e in episodes])
    hits = np.concatenate(found)
    loud = music & (level >= LOUD)
    print(f"{title}: {len(hits) * ENTRY / 60:.0f} min, {music.mean():.2f} of it music")
    for part in sorted(set(channel)):
        mine = channel == part
        right, wrong = (hits & loud & mine).sum(), (hits & ~music & mine).sum()
        print(f"  {part}: recall {right / max(1, (loud & mine).sum()):.3f} at -5 dB or louder, precision "
              f"{right / max(1, right + wrong):.3f}, {3600 * wrong / max(1, (~music & mine).sum()):.0f} s false in an "
              "hour without music")
    nearest = np.where(music, np.round(level / 2.5) * 2.5, np.nan)
    for level_db in sorted(set(nearest[music])):
        mine = nearest == level_db
        print(f"  {level_db:+6.1f} dB: recall {hits[mine].mean():.3f} of {mine.sum()}")
    for name in sorted(set(kind[loud])):
        print(f"  {name}: recall {hits[loud & (kind == name)].mean():.3f} of {np.sum(loud & (kind == name))}")
    for name in sorted(set(kind[~music])):
        print(f"  {name}: {hits[~music & (kind == name)].mean():.3f} false of {np.sum(~music & (kind == name))}")
    report_edges(episodes, found)
    report_confidence(episodes, odds, found)


def spans(found):
    """[first, last) of each run of true entries."""
    turns = np.diff(np.concatenate([[0], found.astype(int), [0]]))
    return list(zip(np.nonzero(turns == 1)[0], np.nonzero(turns == -1)[0]))


def report_edges(episodes, found):
    """Of loud music that stands alone: how far the found span's edges lie from its own."""
    errors = []
    for episode, hits in zip(episodes, found):
        for cue in episode.cues:
            alone = all(other is cue or other.end < cue.start - 2 or other.start > cue.end + 2
                        for other in episode.cues)
            mine = [(a * ENTRY, b * ENTRY) for a, b in spans(hits) if a * ENTRY < cue.end and b * ENTRY > cue.start]
            if alone and mine and cue.level_db >= LOUD and cue.end - cue.start >= 3:
                errors.append((mine[0][0] - cue.start, mine[-1][1] - cue.end))
    for name, values in zip(("start", "end"), zip(*errors)):
        values = np.array(values)
        print(f"  {name}: {np.median(values):+.2f} s, of {np.median(abs(values)):.2f} s by the median, "
              f"{np.percentile(abs(values), 75):.2f} s by the third quartile, of {len(values)}")


def report_confidence(episodes, odds, found):
    sure, true = [], []
    for episode, odd, hits in zip(episodes, odds, found):
        for first, last in spans(hits):
            sure.append((1 / (1 + np.exp(-odd[first:last]))).mean())
            true.append(episode.music[first:last].mean())
    sure, true = np.array(sure), np.array(true)
    for low, high in ((0, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        mine = (sure >= low) & (sure < high)
        if mine.any():
            print(f"  confidence {low:.2f} to {min(high, 1):.2f}: {true[mine].mean():.2f} is music, "
                  f"of {mine.sum()} spans")


def write(path, weights, bias, minutes):
    rows = [",\n".join(f"{value:.4g}F" for value in row) for row in weights.reshape(len(RADII), -1)]
    table = ",\n".join("{{" + row + "}}" for row in rows)
    path.write_text(f"""#pragma once

#include <array>

#include "spotting/music_features.h"

/// What music activity has learned. Written by eval/fit_activity.py: a logistic regression on {minutes:.0f} minutes
/// that eval/activity_set.py and eval/corpus.py made of the development half's recordings and voices.

namespace needledrop {{

/// Entries to either side over which features are smoothed, for each row of the weights.
inline constexpr std::array<int, {len(RADII)}> kMusicRadii = {{{", ".join(map(str, RADII))}}};
inline constexpr double kMusicBias = {bias:.5g};
inline constexpr std::array<MusicFeatures, {len(RADII)}> kMusicWeights = {{{{{table}}}}};

}}  // namespace needledrop
""")
    subprocess.run(["clang-format", "-i", path], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build/eval/activity")
    parser.add_argument("--episodes", type=pathlib.Path, default=ROOT / "build/eval/development")
    parser.add_argument("--table", type=pathlib.Path, default=ROOT / "build/eval/music_feature_table")
    parser.add_argument("--dry", action="store_true")
    options = parser.parse_args()
    groups = json.loads((options.work / "groups").read_text())
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        sessions = list(pool.map(lambda path: read_session(path, options.table), sorted(options.work.glob("*.json"))))
        episodes = list(pool.map(lambda path: read_episode(path, options.table, groups),
                                 sorted(options.episodes.glob("episode_*.truth.json"))))
    odds = judged(sessions + episodes)
    report("sessions", sessions, odds[: len(sessions)])
    if episodes:
        report("episodes", episodes, odds[len(sessions) :])
    if not options.dry:
        minutes = sum(len(e.times) for e in sessions + episodes) * ENTRY / 60
        write(ROOT / "src/spotting/music_weights.h", *fit_without(None, sessions + episodes), minutes)


if __name__ == "__main__":
    main()
