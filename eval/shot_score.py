"""Scores found cuts and scenes against the truth of an episode with a picture. Pure: it reads no files and knows no
program.

Cuts. Pairs of a found and a true one that lie within the tolerance are taken in order of their distance, nearest
first, ties by time; none is used twice. A hard cut may be CUT_FRAMES pictures off, counted in the file's own pictures
(whose times the truth lists, so that a variable rate is nothing special), and only what was found as "cut" is taken
for one. Dissolves and fades together are compared by their middles, GRADUAL_SECONDS apart at most. So a cut that is
found within a dissolve or a flash is false, and the dissolve is missed.

Scenes. Their inner boundaries are compared in the same way, SCENE_SECONDS apart at most. The mean IoU is that of the
best partner of each scene, averaged over the true scenes and over the found ones; the mean of both is reported.
"""

import bisect
from dataclasses import dataclass

CUT_FRAMES = 1
GRADUAL_SECONDS = 0.3
SCENE_SECONDS = (2.0, 5.0)
TITLES_IOU = 0.8
GRADUAL = ("dissolve", "fade")
ROUNDING = 1e-3  # seconds: what the printing of times may cost


@dataclass
class Counts:
    """Of one episode, or of several."""

    right: int = 0
    missed: int = 0
    false: int = 0

    def __add__(self, other):
        return Counts(self.right + other.right, self.missed + other.missed, self.false + other.false)

    @property
    def precision(self):
        claimed = self.right + self.false
        return self.right / claimed if claimed else None

    @property
    def recall(self):
        real = self.right + self.missed
        return self.right / real if real else None

    @property
    def f1(self):
        """None where there is nothing and nothing was found."""
        total = 2 * self.right + self.missed + self.false
        return 2 * self.right / total if total else None


@dataclass
class Matched:
    """Which of the true and the found belong together, by their numbers in the lists that were compared."""

    pairs: list
    missed: list
    false: list

    @property
    def counts(self):
        return Counts(len(self.pairs), len(self.missed), len(self.false))


def matched(true, found, tolerance):
    """One-to-one, greedily: true and found are positions on one axis."""
    near = sorted((abs(t - f), t, i, k) for i, t in enumerate(true) for k, f in enumerate(found)
                  if abs(t - f) <= tolerance)
    pairs, used_true, used_found = [], set(), set()
    for _, _, i, k in near:
        if i not in used_true and k not in used_found:
            pairs.append((i, k))
            used_true.add(i)
            used_found.add(k)
    return Matched(sorted(pairs), [i for i in range(len(true)) if i not in used_true],
                   [k for k in range(len(found)) if k not in used_found])


def cuts(truth, found):
    """The Matched of the hard cuts: numbers count those of kind "cut" alone, see hard() and gradual()."""
    picture = lambda time: nearest(truth["times"], time)
    return matched([picture(cut["time"]) for cut in hard(truth["cuts"])],
                   [picture(cut["time"]) for cut in hard(found)], CUT_FRAMES)


def graduals(truth, found):
    """The Matched of dissolves and fades."""
    middle = lambda cut: (cut["start"] + cut["end"]) / 2
    return matched([cut["time"] for cut in gradual(truth["cuts"])], [middle(cut) for cut in gradual(found)],
                   GRADUAL_SECONDS + ROUNDING)


def same_kind(truth, found):
    """(how many dissolves and fades were found as what they are, how many were found)."""
    pairs = graduals(truth, found).pairs
    real, claimed = gradual(truth["cuts"]), gradual(found)
    return sum(real[i]["kind"] == claimed[k]["kind"] for i, k in pairs), len(pairs)


def hard(listed):
    return [cut for cut in listed if cut["kind"] == "cut"]


def gradual(listed):
    return [cut for cut in listed if cut["kind"] in GRADUAL]


def nearest(times, time):
    """The number of the picture that is shown next to a time."""
    after = bisect.bisect_left(times, time)
    return min((k for k in (after - 1, after) if 0 <= k < len(times)), key=lambda k: (abs(times[k] - time), k))


def cause(truth, time):
    """What there is at a time at which a cut was found and is none: the kind of the transition or the decoy, the
    movement of the shot, or "after a cut" where a true one lies within half a second."""
    for cut in gradual(truth["cuts"]):
        if cut["start"] - GRADUAL_SECONDS <= time <= cut["end"] + GRADUAL_SECONDS:
            return cut["kind"]
    for decoy in truth["decoys"]:
        if decoy["kind"] not in ("caption", "flicker") and decoy["start"] - 0.1 <= time <= decoy["end"] + 0.1:
            return decoy["kind"]
    if any(abs(cut["time"] - time) <= 0.5 for cut in hard(truth["cuts"])):
        return "beside a cut"
    shown = [shot for shot in truth["shots"] if shot["start"] <= time]
    return shown[-1]["move"] if shown else "start"


def scene_boundaries(truth, found, tolerance):
    inner = lambda scenes: [scene["start"] for scene in scenes[1:]]
    return matched(inner(truth["scenes"]), inner(found), tolerance + ROUNDING)


def scene_overlaps(truth, found):
    """([IoU of the best partner of each true scene], [the same of each found scene])."""
    real = [(scene["start"], scene["end"]) for scene in truth["scenes"]]
    claimed = [(scene["start"], scene["end"]) for scene in found]
    best = lambda one, others: max((_shared(one, other) for other in others), default=0.0)
    return [best(scene, claimed) for scene in real], [best(scene, real) for scene in claimed]


def titles(truth, found):
    """The Counts of openings and endings: found where a scene of that role is the same but for a fifth of both."""
    span = lambda scene: (scene["start"], scene["end"])
    real = [scene for scene in truth["scenes"] if scene.get("pattern") == "titles"]
    claimed = [scene for scene in found if scene["role"] != "story"]
    same = lambda a, b: a["place"] == b["role"] and _shared(span(a), span(b)) >= TITLES_IOU
    right = sum(any(same(scene, each) for each in claimed) for scene in real)
    return Counts(right, len(real) - right, sum(not any(same(scene, each) for scene in real) for each in claimed))


def _shared(a, b):
    """Intersection over union of two spans."""
    common = max(0.0, min(a[1], b[1]) - max(a[0], b[0]))
    union = max(a[1], b[1]) - min(a[0], b[0]) if common else (a[1] - a[0]) + (b[1] - b[0])
    return common / union if union else 0.0
