"""Scores found spots against the truth of an episode. Pure: it reads no files and knows no program.

Cue level. A cue counts as found when spots of its recording, at the cue's position in the recording to within
POSITION_TOLERANCE, cover at least half of its audible span. A position elsewhere in the recording is as good
where the recording sounds the same there (`is_same`). A cue's share is the part of its span so covered. Versions of
a recording stand for each other here, at the position where they hold the same; which of them was named is judged
apart (`version_choice`).

Second level, as in the BAF evaluation (Cortes et al., ISMIR 2022) with duplicates removed: for each family (a recording
with its versions) the union of its spots against the union of its cues. Right = both, missed = cue only,
false = spot only; no collar, and the position in the recording is not looked at. False seconds are over-length
when the spot touches a cue of its family, otherwise they are stray.

Boundaries. For each found cue the start of the first and the end of the last spot that were counted for it,
minus the truth; positive is late.

Unidentified music is scored by its seconds. Positive are those with uncatalogued music at UNIDENTIFIED_LEVEL or more
(of the whole cue); negative are those in which there is no music at all: dialogue, beds, effects, an audience, singing
without accompaniment, silence. Seconds with catalogued music, found or not, with fainter uncatalogued music, or in
the inaudible part of a fade are neither. Precision = claimed and positive over claimed and (positive or negative).
"""

import math
from dataclasses import dataclass

POSITION_TOLERANCE = 0.5  # seconds
COVERED_WHEN_FOUND = 0.5  # of a cue's audible span
RATE_TOLERANCE = 0.001
UNIDENTIFIED_LEVEL = -5.0  # dB


@dataclass(frozen=True)
class Alignment:
    """[start, end) in the episode, and where in the recording that begins and how fast it plays."""

    start: float
    end: float
    recording_start: float
    rate: float = 1.0
    pitch: float = None

    def position(self, time):
        return self.recording_start + (time - self.start) * self.rate


@dataclass(frozen=True)
class Spot:
    recording: str
    start: float
    end: float
    alignments: tuple
    confidence: float = None
    version_decided: bool = True
    alternatives: tuple = ()  # recordings
    from_loudspeaker: bool = False


@dataclass
class CueResult:
    cue: dict  # as in the truth
    share: float  # of its span that was found
    start_error: float  # seconds; None when it was not found
    end_error: float
    spots: list = ()  # those that were counted for it
    rate: float = None  # as reported where most of it was found
    pitch: float = None

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
                tuple(Alignment(p["start"], p["end"], p["recording_start"], p.get("rate", 1.0), p.get("pitch"))
                      for p in pieces),
                document.get("confidence"), document.get("version_decided", True),
                tuple(each["recording"] for each in document.get("alternatives", ())),
                document.get("from_loudspeaker", False))


def cues(truth, spots, is_same=lambda recording, a, b, length: False):
    """A CueResult for each cue of an episode's truth. is_same(recording, a, b, length) tells whether `length`
    seconds of the recording from `a` sound like those from `b`."""
    return [_cue(cue, spots, is_same) for cue in truth["cues"]]


def _cue(cue, spots, is_same):
    held = {cue["recording"]: cue["alignments"],
            **{version["recording"]: version["alignments"] for version in cue.get("versions", ())}}
    covered, used, best = [], [], (0.0, None)
    for spot in spots:
        parts = [(part, other) for mine in held.get(spot.recording, ()) for other in spot.alignments
                 if (part := _agreement(spot.recording, _alignment(mine), other, is_same))]
        if parts:
            covered += [part for part, _ in parts]
            used.append(spot)
            best = max([best, *((part[1] - part[0], other) for part, other in parts)], key=lambda each: each[0])
    share = _length(_union(covered)) / (cue["end"] - cue["start"])
    if share < COVERED_WHEN_FOUND:
        return CueResult(cue, share, None, None)
    return CueResult(cue, share, min(s.start for s in used) - cue["start"], max(s.end for s in used) - cue["end"],
                     used, best[1].rate, best[1].pitch)


def _alignment(document):
    return Alignment(document["start"], document["end"], document["recording_start"], document.get("rate", 1.0))


def version_choice(result):
    """What the spots of a found cue say about its version: (names, is_right). names: the recording that most of it was
    given to, or "either" when that was left open. Where versions differ, the one that was played is right;
    where they don't, "either" is, be it said by version_decided or by naming the others as alternatives."""
    cue = result.cue
    spot = max(result.spots, key=lambda s: (_overlap([(s.start, s.end)], [(cue["start"], cue["end"])]), s.start))
    if cue["differs"]:
        names = spot.recording if spot.version_decided else "either"
        return names, names == cue["recording"]
    family = {cue["recording"], *(version["recording"] for version in cue["versions"])}
    is_open = not spot.version_decided or any(name in family for name in spot.alternatives)
    return ("either" if is_open else spot.recording), is_open


def _agreement(recording, mine, other, is_same):
    """The span in which both alignments hold and lie at the same place of the recording, or None."""
    start, end = max(mine.start, other.start), min(mine.end, other.end)
    if start >= end:
        return None
    middle = (start + end) / 2
    if abs(mine.position(middle) - other.position(middle)) <= POSITION_TOLERANCE:
        return start, end
    return (start, end) if is_same(recording, mine.position(start), other.position(start), end - start) else None


def seconds(truth, spots, family=lambda recording: recording):
    """The Seconds of one episode. family(recording) is the same for all versions of a recording."""
    played = {family(cue["recording"]) for cue in truth["cues"]}
    music = _union([(cue["start"], cue["end"]) for cue in truth["cues"]])
    result = Seconds(without_music=truth["duration"] - _length(music))
    for name in sorted(played | {family(spot.recording) for spot in spots}):
        mine = [(s.start, s.end) for s in spots if family(s.recording) == name]
        real = _union([(c["start"], c["end"]) for c in truth["cues"] if family(c["recording"]) == name])
        claimed = _union(mine)
        touching = _union([span for span in mine if _overlap([span], real) > 0])
        right = _overlap(claimed, real)
        result.right += right
        result.missed += _length(real) - right
        result.over_length += _length(touching) - _overlap(touching, real)
        result.stray += _length(claimed) - _length(touching)
    result.stray_without_music = _outside(_union([(s.start, s.end) for s in stray(truth, spots, family)]), music)
    result.covered_without_music = _outside(_union([(s.start, s.end) for s in spots]), music)
    return result


def stray(truth, spots, family=lambda recording: recording):
    """The spots that touch no cue of their family."""
    return [spot for spot in spots if not any(
        family(cue["recording"]) == family(spot.recording) and cue["start"] < spot.end and spot.start < cue["end"]
        for cue in truth["cues"])]


def is_right(truth, spot, family=lambda recording: recording):
    """Whether at least half of the spot lies in cues of its family: what its confidence is the probability of."""
    real = _union([(c["start"], c["end"]) for c in truth["cues"] if family(c["recording"]) == family(spot.recording)])
    return _overlap([(spot.start, spot.end)], real) >= (spot.end - spot.start) / 2


@dataclass
class Unidentified:
    """Seconds of an episode, or of several."""

    right: float = 0.0
    missed: float = 0.0
    false: float = 0.0
    false_in_singing: float = 0.0  # of the false ones
    negative: float = 0.0
    singing: float = 0.0  # of the negative ones

    def __add__(self, other):
        return Unidentified(**{name: value + getattr(other, name) for name, value in vars(self).items()})

    @property
    def precision(self):
        return self.right / (self.right + self.false) if self.right + self.false else None

    @property
    def recall(self):
        return self.right / (self.right + self.missed) if self.right + self.missed else None


def unidentified(truth, claimed):
    """The Unidentified of one episode; claimed: (start, end) of each span that was reported."""
    claimed = _union(claimed)
    is_loud = lambda cue: cue["level_db"] >= UNIDENTIFIED_LEVEL
    positive = _union([(cue["start"], cue["end"]) for cue in truth["uncatalogued"] if is_loud(cue)])
    excluded = _union([(cue["start"] - cue.get("fade_in", 0), cue["end"] + cue.get("fade_out", 0))
                       for cue in truth["cues"] + truth["uncatalogued"]])
    singing = _union([(span["start"], span["end"]) for span in truth.get("singing", ())])
    right = _overlap(claimed, positive)
    in_singing = _common(claimed, singing)
    return Unidentified(right, _length(positive) - right, _outside(claimed, excluded),
                        _outside(in_singing, excluded), truth["duration"] - _length(excluded),
                        _outside(singing, excluded))


def _common(some, others):
    """The spans that lie in both of two unions."""
    return [(max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others if a[0] < b[1] and b[0] < a[1]]


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
