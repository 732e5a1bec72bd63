"""Scores found spots against the truth of an episode. Pure: it reads no files and knows no program.

Cue level. A cue counts as found when spots of its recording, at the cue's position in the recording to within
POSITION_TOLERANCE, cover at least half of its audible span. A position elsewhere in the recording is as good
where the recording sounds the same there (`is_same`). A cue's share is the part of its span so covered.

Second level, as in the BAF evaluation (Cortes et al., ISMIR 2022) with duplicates removed: for each recording
the union of its spots against the union of its cues. Right = both, missed = cue only, false = spot only; no
collar, and the position in the recording is not looked at. False seconds are over-length when the spot
touches a cue of its recording, otherwise they are stray.

Boundaries. For each found cue the start of the first and the end of the last spot that were counted for it,
minus the truth; positive is late.
"""

import math
from dataclasses import dataclass

POSITION_TOLERANCE = 0.5  # seconds
COVERED_WHEN_FOUND = 0.5  # of a cue's audible span


@dataclass(frozen=True)
class Alignment:
    """[start, end) in the episode, and where in the recording that begins and how fast it plays."""

    start: float
    end: float
    recording_start: float
    rate: float = 1.0

    def position(self, time):
        return self.recording_start + (time - self.start) * self.rate


@dataclass(frozen=True)
class Spot:
    recording: str
    start: float
    end: float
    alignments: tuple


@dataclass
class CueResult:
    cue: dict  # as in the truth
    share: float  # of its span that was found
    start_error: float  # seconds; None when it was not found
    end_error: float

    @property
    def is_found(self):
        return self.share >= COVERED_WHEN_FOUND


@dataclass
class Seconds:
    """Sums of seconds, of one episode or of several."""

    right: float = 0.0
    missed: float = 0.0
    over_length: float = 0.0
    stray: float = 0.0
    stray_without_music: float = 0.0  # stray, at times at which no catalogued music plays
    covered_without_music: float = 0.0  # all that is covered by spots at such times, over-length included
    without_music: float = 0.0  # how long no catalogued music plays

    def __add__(self, other):
        return Seconds(**{name: value + getattr(other, name) for name, value in vars(self).items()})

    @property
    def precision(self):
        claimed = self.right + self.over_length + self.stray
        return self.right / claimed if claimed else None

    @property
    def recall(self):
        played = self.right + self.missed
        return self.right / played if played else None


def spot_of(document, recording):
    """A Spot from a spot of `needledrop spot --json` (or of the baseline), under the truth's recording name."""
    whole = {**document, "alignments": []}
    pieces = document.get("alignments") or [whole]
    return Spot(recording, document["start"], document["end"],
                tuple(Alignment(p["start"], p["end"], p["recording_start"], p.get("rate", 1.0)) for p in pieces))


def cues(truth, spots, is_same=lambda recording, a, b, length: False):
    """A CueResult for each cue of an episode's truth. is_same(recording, a, b, length) tells whether `length`
    seconds of the recording from `a` sound like those from `b`."""
    return [_cue(cue, [s for s in spots if s.recording == cue["recording"]], is_same) for cue in truth["cues"]]


def _cue(cue, spots, is_same):
    covered, used = [], []
    for spot in spots:
        parts = [part for mine in cue["alignments"] for other in spot.alignments
                 if (part := _agreement(cue["recording"], Alignment(**mine), other, is_same))]
        if parts:
            covered += parts
            used.append(spot)
    share = _length(_union(covered)) / (cue["end"] - cue["start"])
    if share < COVERED_WHEN_FOUND:
        return CueResult(cue, share, None, None)
    return CueResult(cue, share, min(s.start for s in used) - cue["start"], max(s.end for s in used) - cue["end"])


def _agreement(recording, mine, other, is_same):
    """The span in which both alignments hold and lie at the same place of the recording, or None."""
    start, end = max(mine.start, other.start), min(mine.end, other.end)
    if start >= end:
        return None
    middle = (start + end) / 2
    if abs(mine.position(middle) - other.position(middle)) <= POSITION_TOLERANCE:
        return start, end
    return (start, end) if is_same(recording, mine.position(start), other.position(start), end - start) else None


def seconds(truth, spots):
    """The Seconds of one episode."""
    played = {cue["recording"] for cue in truth["cues"]}
    music = _union([(cue["start"], cue["end"]) for cue in truth["cues"]])
    result = Seconds(without_music=truth["duration"] - _length(music))
    for recording in sorted(played | {spot.recording for spot in spots}):
        mine = [(s.start, s.end) for s in spots if s.recording == recording]
        real = _union([(c["start"], c["end"]) for c in truth["cues"] if c["recording"] == recording])
        claimed = _union(mine)
        touching = _union([span for span in mine if _overlap([span], real) > 0])
        right = _overlap(claimed, real)
        result.right += right
        result.missed += _length(real) - right
        result.over_length += _length(touching) - _overlap(touching, real)
        result.stray += _length(claimed) - _length(touching)
    result.stray_without_music = _outside(_union([(s.start, s.end) for s in stray(truth, spots)]), music)
    result.covered_without_music = _outside(_union([(s.start, s.end) for s in spots]), music)
    return result


def stray(truth, spots):
    """The spots that touch no cue of their recording."""
    return [spot for spot in spots
            if not any(cue["recording"] == spot.recording and cue["start"] < spot.end and spot.start < cue["end"]
                       for cue in truth["cues"])]


def _union(spans):
    """The spans in order, those that meet joined."""
    joined = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _length(spans):
    return sum(end - start for start, end in spans)


def _overlap(some, others):
    """Seconds common to two unions."""
    return sum(max(0.0, min(a[1], b[1]) - max(a[0], b[0])) for a in some for b in others)


def _outside(some, others):
    return _length(some) - _overlap(some, others)


def median_and_90(errors):
    """(median, 90th percentile) of the absolute values by nearest rank; (None, None) of nothing."""
    ordered = sorted(abs(error) for error in errors)
    if not ordered:
        return None, None
    return tuple(ordered[math.ceil(round(share * len(ordered), 6)) - 1] for share in (0.5, 0.9))
