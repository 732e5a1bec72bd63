"""What happens when in the episodes of one half: which recording, from where, how loud, over what.

A plan holds no sound. It is drawn from the seed alone (and from where the recordings are loud enough to be
heard at all), so the same seed plans the same episodes.
"""

from dataclasses import dataclass, field

import numpy as np

import beds
from sound import amplitude, block_rms, decode

LEVELS = (10, 5, 0, -5, -10, -15)  # dB: music over everything else
CLEAR_LEVEL = 20  # dB: over nothing but the tone of the room
LENGTHS = ((3, 3), (5.5, 6.5), (7, 10), (12, 18), (22, 35), (40, 60))  # seconds: a cue is drawn from each class
BED_LENGTHS = ((5.5, 9), (10, 20))
CHANNELS = ("stereo", "mono")
EPISODES_PER_CHANNEL = 3
BIT_RATES = {"stereo": (96, 112, 128), "mono": (64,)}  # kb/s

FADE_AUDIBLE = float(2 / np.pi * np.arcsin(np.sqrt(0.1)))  # where the fade sin^2(pi x / 2) reaches -20 dB
ENVELOPE_BLOCK = 0.1  # seconds
SHORTEST_FADED = 5.0  # seconds: a shorter cue keeps its whole length audible
LARGEST_CROSSFADE_SUM = 5  # dB, of two levels: each is part of what the other is measured against
MARGIN = 1.0  # seconds that a scene's dialogue and bed reach beyond its cue


@dataclass
class Piece:
    """A stretch of the recording, heard without interruption."""

    offset: float  # seconds after the cue's start
    recording_start: float
    length: float


@dataclass
class Cue:
    """One use of a recording in an episode. Times are seconds; fades are parts of the length."""

    recording: object  # material.Recording
    catalogued: bool
    row: str  # dialogue | bed | clear
    level_db: float
    length: float
    start: float = 0.0
    pieces: list = field(default_factory=list)
    fade_in: float = 0.0
    fade_out: float = 0.0
    duck_db: float = 0.0
    treatments: list = field(default_factory=list)

    @property
    def end(self):
        return self.start + self.length

    @property
    def audible(self):
        """The span in which the fades leave more than -20 dB of the plateau."""
        return self.start + FADE_AUDIBLE * self.fade_in, self.end - FADE_AUDIBLE * self.fade_out


@dataclass
class Scene:
    """A span with one bed and one pace of dialogue. A pace is (shortest, longest pause), or None."""

    start: float
    end: float
    bed: str  # a kind of beds.KINDS, or "" for silence
    bed_db: float  # RMS of the bed, full scale = 0
    pace: tuple
    has_effects: bool = False


@dataclass
class Episode:
    number: int
    channel: str
    bit_rate: int  # kb/s
    has_picture: bool
    cues: list
    scenes: list
    length: float

    @property
    def name(self):
        return f"episode_{self.number:02}"


def plan_half(rng, catalogued, kept_out, quick=False):
    """The episodes of one half: EPISODES_PER_CHANNEL for each channel, and one without catalogued music."""
    musics = Musics(rng, catalogued)
    strangers = Musics(rng, kept_out)
    episodes = []
    for channel in CHANNELS:
        cues = _draw_cues(rng, quick)
        count = 1 if quick else EPISODES_PER_CHANNEL
        for share in range(count):
            number = len(episodes) + 1
            bit_rate = BIT_RATES[channel][share % len(BIT_RATES[channel])]
            episodes.append(_lay_out(rng, number, channel, bit_rate, cues[share::count], musics, strangers))
    episodes.append(_without_catalogue(rng, len(episodes) + 1, strangers, 4 if quick else len(kept_out)))
    return episodes


class Musics:
    """Hands out recordings in turn, with in-points from which they are heard all the time."""

    def __init__(self, rng, recordings):
        self._rng = rng
        self._recordings = [recordings[i] for i in rng.permutation(len(recordings))]
        self._envelopes = {}
        self._turn = 0

    def next(self, length):
        """(recording, in-point) of the next recording that has so long a stretch without silence."""
        for _ in range(2 * len(self._recordings)):
            recording = self._recordings[self._turn % len(self._recordings)]
            self._turn += 1
            in_point = self.in_point(recording, length)
            if in_point is not None:
                return recording, in_point
        raise ValueError(f"no recording has {length:.1f} s without silence")

    def in_point(self, recording, length):
        """A random in-point for a stretch of that length whose ends and inside are heard; None if none is found."""
        rms = self._envelope(recording)
        blocks = int(np.ceil(length / ENVELOPE_BLOCK))
        for _ in range(100):
            if len(rms) <= blocks + 5:
                return None
            first = int(self._rng.integers(0, len(rms) - blocks - 1))
            if _is_heard(rms[first : first + blocks]):
                return first * ENVELOPE_BLOCK
        return None

    def _envelope(self, recording):
        if recording.path not in self._envelopes:
            self._envelopes[recording.path] = block_rms(decode(recording.path, 1), ENVELOPE_BLOCK)
        return self._envelopes[recording.path]


def _is_heard(rms):
    """Neither end is a fade or a pause of the recording itself, and no second inside is as good as silent.
    Otherwise the truth's start and end would be times at which nothing can be heard."""
    whole = np.sqrt(np.mean(rms**2))
    edge = max(1, int(0.5 / ENVELOPE_BLOCK))
    second = int(1 / ENVELOPE_BLOCK)
    inside = np.sqrt(np.convolve(rms**2, np.ones(second) / second, "valid"))
    return (whole > amplitude(-50) and inside.min() > whole * amplitude(-26)
            and min(rms[:edge].mean(), rms[-edge:].mean()) > whole * amplitude(-14))


def _draw_cues(rng, quick):
    """Cues without recording or place: every level with every length in dialogue, some over beds, some clear."""
    drawn = [("dialogue", level, span) for level in LEVELS for span in LENGTHS]
    drawn += [("bed", level, span) for level in LEVELS for span in BED_LENGTHS]
    drawn += [("clear", CLEAR_LEVEL, span) for span in LENGTHS]
    order = rng.permutation(len(drawn))[: 12 if quick else None]
    return [Cue(None, True, row, level, round(float(rng.uniform(*span)), 2))
            for row, level, span in (drawn[i] for i in order)]


def _lay_out(rng, number, channel, bit_rate, drawn, musics, strangers):
    """Sets cues one after the other, with gaps and the scenes around them, and unknown music now and then."""
    cues, scenes = [], []
    now, waiting = 4.0, list(drawn)
    while waiting:
        group = _take_group(rng, waiting)
        now = _gap(rng, scenes, now)
        if rng.random() < 0.12:
            now = _gap(rng, scenes, _place_stranger(rng, strangers, cues, scenes, now))
        now = _place_group(rng, group, musics, cues, scenes, now)
    return Episode(number, channel, bit_rate, number % 3 == 1, cues, scenes, now + 5.0)


def _without_catalogue(rng, number, strangers, count):
    """An episode whose every music is unknown: whatever is found in it is false."""
    cues, scenes = [], []
    now = 4.0
    for _ in range(count):
        now = _gap(rng, scenes, _place_stranger(rng, strangers, cues, scenes, now))
    return Episode(number, "stereo", 112, False, cues, scenes, now + 5.0)


def _take_group(rng, waiting):
    """The next cue, and in a third of the cases one more of its row to follow without a gap."""
    first = waiting.pop(0)
    partner = next((cue for cue in waiting if cue.row == first.row and cue.length >= 7), None)
    if first.length >= 7 and partner is not None and rng.random() < 0.5:
        waiting.remove(partner)
        return [first, partner]
    return [first]


def _place_group(rng, group, musics, cues, scenes, now):
    """Gives the cues recordings, treatments and times from `now` on; returns when the last one is over."""
    begin = now
    for cue in group:
        earlier = [c for c in cues if c.catalogued]
        if len(earlier) > 2 and rng.random() < 0.15:
            _repeat(rng, cue, earlier[int(rng.integers(len(earlier)))], musics)
        if cue.recording is None:
            cue.recording, in_point = musics.next(cue.length)
            cue.pieces = _cut(rng, cue, in_point, musics)
        _treat(rng, cue)
    group[0].start = now
    if len(group) == 2:
        _join(rng, *group)
    cues.extend(group)
    scenes.append(_scene_of(rng, group[0].row, begin - MARGIN, group[-1].end + MARGIN))
    return group[-1].end + MARGIN


def _repeat(rng, cue, earlier, musics):
    """The same recording again in the same episode: half of the time from the same in-point."""
    in_point = earlier.pieces[0].recording_start if rng.random() < 0.5 else None
    if in_point is None or in_point + cue.length > earlier.recording.duration - 1:
        in_point = musics.in_point(earlier.recording, cue.length)
    if in_point is not None:
        cue.recording = earlier.recording
        cue.pieces = [Piece(0.0, in_point, cue.length)]
        cue.treatments.append("repeat")


def _cut(rng, cue, in_point, musics):
    """One piece for most cues; a loop or a jump inside some of the longer ones."""
    choice = rng.random()
    if cue.length >= 12 and choice < 0.15:
        cue.treatments.append("loop")
        turn = cue.length / int(rng.integers(2, 4))
        return [Piece(offset, in_point, min(turn, cue.length - offset))
                for offset in np.arange(0, cue.length - 0.01, turn).tolist()]
    other = musics.in_point(cue.recording, cue.length / 2) if cue.length >= 12 and choice < 0.3 else None
    if other is not None and abs(other - in_point - cue.length / 2) > 3:
        cue.treatments.append("jump")
        return [Piece(0.0, in_point, cue.length / 2), Piece(cue.length / 2, other, cue.length / 2)]
    return [Piece(0.0, in_point, cue.length)]


def _treat(rng, cue):
    """Fades for a half, ducking for half of those with dialogue."""
    if cue.length >= SHORTEST_FADED and rng.random() < 0.5:
        longest = min(4.0, cue.length / 4)
        cue.fade_in = float(rng.uniform(0.3, longest)) if rng.random() < 0.6 else 0.0
        cue.fade_out = float(rng.uniform(0.3, longest)) if rng.random() < 0.8 or cue.fade_in == 0 else 0.0
        cue.treatments.append("faded")
    if cue.row == "dialogue" and rng.random() < 0.5:
        cue.duck_db = float(rng.uniform(5, 12))
        cue.treatments.append("ducked")


def _join(rng, first, second):
    """Lets the second cue follow the first: by a crossfade, or by a hard cut from one to the other."""
    if rng.random() < 0.7 and first.level_db + second.level_db <= LARGEST_CROSSFADE_SUM:
        overlap = float(rng.uniform(1.5, 3.5))
        first.fade_out = second.fade_in = overlap
        second.start = first.end - overlap
        kind = "crossfade"
    else:
        first.fade_out = second.fade_in = 0.0
        second.start = first.end
        kind = "hard cut"
    for cue in (first, second):
        cue.treatments.append(kind)


def _scene_of(rng, row, start, end):
    """The scene under a cue. Its bed in dialogue may be raised by the mix (see episode.py)."""
    kind = str(rng.choice(beds.KINDS))
    if row == "dialogue":
        return Scene(start, end, kind, -44.0, (0.05, 0.3))
    if row == "bed":
        return Scene(start, end, kind, float(rng.uniform(-31, -26)), None, has_effects=True)
    return Scene(start, end, "room", -46.0, None)


def _place_stranger(rng, strangers, cues, scenes, now):
    """Music that is in no catalogue, over dialogue or a bed."""
    length = float(rng.uniform(12, 30))
    recording, in_point = strangers.next(length)
    row = str(rng.choice(["dialogue", "bed"]))
    cue = Cue(recording, False, row, float(rng.uniform(-8, 8)), length, now, [Piece(0.0, in_point, length)])
    _treat(rng, cue)
    cues.append(cue)
    scenes.append(_scene_of(rng, row, now - MARGIN, now + length + MARGIN))
    return now + length + MARGIN


def _gap(rng, scenes, now):
    """What lies between cues: talk, a bed alone, or silence. Returns when the next cue may start."""
    length = float(rng.uniform(4, 14))
    choice = rng.random()
    if choice < 0.6:
        scene = Scene(now, now + length, str(rng.choice(beds.KINDS)), float(rng.uniform(-50, -36)), (0.5, 3.0))
    elif choice < 0.85:
        scene = Scene(now, now + length, str(rng.choice(beds.KINDS)), float(rng.uniform(-42, -28)), None,
                      has_effects=True)
    else:
        scene = Scene(now, now + length, "", 0.0, None)
    scenes.append(scene)
    return now + length + MARGIN
