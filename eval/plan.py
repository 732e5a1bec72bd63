"""What happens when in the episodes of one half: which recording, from where, how loud, over what.

A plan holds no sound. It is drawn from the seed alone (and from where the recordings are loud enough to be
heard at all), so the same seed plans the same episodes. What is asked for stands in rows.py.
"""

import hashlib
import os
from dataclasses import dataclass, field

import numpy as np

import beds
import material
import renditions
import rows
from sound import amplitude, block_rms, decode

CUES_OF_EPISODE = 42  # about, of the usual episodes
STRANGERS_ALONE = 12  # uses of uncatalogued music in the episode that has no other
TALK_SCENES = 30  # in the episode without any music

FADE_AUDIBLE = float(2 / np.pi * np.arcsin(np.sqrt(0.1)))  # where the fade sin^2(pi x / 2) reaches -20 dB
ENVELOPE_BLOCK = 0.1  # seconds
SHORTEST_FADED = 5.0  # seconds: a shorter cue keeps its whole length audible
LARGEST_CROSSFADE_SUM = 5  # dB, of two levels: each is part of what the other is measured against
MARGIN = 1.0  # seconds that a scene's dialogue and bed reach beyond its cue
IN_POINTS_TRIED = 100
CROWDS = {"crowd over it": "crowd", "laughter and applause over it": beds.AUDIENCE}


@dataclass
class Piece:
    """A stretch of the recording, heard without interruption."""

    offset: float  # seconds after the cue's start
    recording_start: float
    length: float


@dataclass
class Cue:
    """One use of a recording in an episode. Times are seconds; fades are parts of the length."""

    wanted: rows.Wanted
    recording: object = None  # material.Recording
    catalogued: bool = True
    start: float = 0.0
    pieces: list = field(default_factory=list)
    fade_in: float = 0.0
    fade_out: float = 0.0
    duck_db: float = 0.0
    treatments: list = field(default_factory=list)

    @property
    def length(self):
        return self.wanted.length

    @property
    def row(self):
        return self.wanted.row

    @property
    def level_db(self):
        return self.wanted.level_db

    @property
    def rate(self):
        """How fast the music plays against the episode around it."""
        return self.wanted.changes.get("rate", 1.0)

    @property
    def pitch(self):
        return self.wanted.changes.get("pitch", 1.0)

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
    has_singing: bool = False  # unaccompanied, or over music that is not its own


@dataclass
class Episode:
    number: int
    channel: str  # stereo | mono | surround
    delivery: rows.Delivery
    modification: str  # of the episode as a whole
    has_picture: bool
    cues: list
    scenes: list
    length: float

    @property
    def name(self):
        return f"episode_{self.number:02}"


def plan_half(rng, catalogued, kept_out, quick=False):
    """The episodes of one half: the usual ones of each channel, those modified as a whole, one without catalogued
    music, and one without any."""
    pools = Pools(rng, catalogued)
    strangers = Musics(rng, kept_out)
    episodes = []
    for channel in rows.CHANNELS:
        wanted = rows.of_channel(rng, channel, quick)
        count = max(1, round(len(wanted) / CUES_OF_EPISODE))
        for share in range(count):
            delivery = rows.USUAL[channel][share % len(rows.USUAL[channel])]
            episodes.append(_lay_out(rng, len(episodes) + 1, channel, delivery, wanted[share::count], pools, strangers))
    for name, channel, delivery, count in rows.EPISODE_MODIFICATIONS[:: 5 if quick else 1]:
        wanted = rows.of_delivery(rng, 3 if quick else count)
        episodes.append(_lay_out(rng, len(episodes) + 1, channel, delivery, wanted, pools, strangers, name))
    episodes.append(_without_catalogue(rng, len(episodes) + 1, strangers, 3 if quick else STRANGERS_ALONE))
    episodes.append(_talk(rng, len(episodes) + 1, 6 if quick else TALK_SCENES))
    return episodes


class Pools:
    """The catalogued recordings by what they are used for."""

    def __init__(self, rng, catalogued):
        self._rng = rng
        plain = [recording for recording in catalogued if not recording.texture and not recording.version]
        self._plain = Musics(rng, plain)
        self._textures = {texture: Musics(rng, [r for r in catalogued if r.texture == texture])
                          for texture in rows.TEXTURES}
        self._versions = {version: Musics(rng, [r for r in catalogued if r.version == version])
                          for version in dict.fromkeys(version for version, _, _ in rows.VERSION_CUES)}

    def next(self, wanted):
        """(recording, in-point) for a cue."""
        length = wanted.length * wanted.changes.get("rate", 1.0)
        if wanted.texture:
            return self._textures[wanted.texture].next(length)
        if wanted.version:
            version, stretch = wanted.version
            return self._versions[version].next(length, lambda r, start: _is_stretch(r, start, length, stretch))
        return self._plain.next(length)

    def in_point(self, recording, length):
        return self._plain.in_point(recording, length)


def _is_stretch(recording, start, length, stretch):
    """Whether what a recording plays there is what a cue about versions wants: something that its kin has not
    (differs), nothing but what they share (same), or the join of an edit (join)."""
    if recording.version in ("vocal", "instrumental"):
        mean, largest = renditions.difference_db(recording, start, length)
        return (mean >= renditions.LEAST_DIFFERENCE_DB if stretch == "differs"
                else largest <= renditions.NO_DIFFERENCE_DB)
    inside = any(mine <= start and start + length <= mine + shared
                 for kin in recording.kin for mine, _, shared in kin.stretches)
    third = length / 3
    joins = any(start + third < mine < start + length - third for kin in recording.kin for mine, _, _ in kin.stretches)
    return joins if stretch == "join" else inside


class Musics:
    """Hands out recordings in turn, with in-points from which they are heard all the time."""

    def __init__(self, rng, recordings):
        self._rng = rng
        self._recordings = [recordings[i] for i in rng.permutation(len(recordings))]
        self._turn = 0

    def next(self, length, is_fit=lambda recording, in_point: True):
        """(recording, in-point) of the next recording that has so long a stretch without silence that is fit."""
        for _ in range(2 * len(self._recordings)):
            recording = self._recordings[self._turn % len(self._recordings)]
            self._turn += 1
            in_point = self.in_point(recording, length, is_fit)
            if in_point is not None:
                return recording, in_point
        raise ValueError(f"no recording has {length:.1f} s without silence that fit")

    def in_point(self, recording, length, is_fit=lambda recording, in_point: True):
        """A random in-point for a stretch of that length whose ends and inside are heard; None if none is found."""
        rms = envelope(recording)
        blocks = int(np.ceil(length / ENVELOPE_BLOCK))
        for _ in range(IN_POINTS_TRIED):
            if len(rms) <= blocks + 5:
                return None
            first = int(self._rng.integers(0, len(rms) - blocks - 1))
            if _is_heard(rms[first : first + blocks]) and is_fit(recording, first * ENVELOPE_BLOCK):
                return first * ENVELOPE_BLOCK
        return None


def envelope(recording):
    """RMS of each ENVELOPE_BLOCK of a recording, from the cache when it is known."""
    cache = material.cache_directory()
    key = hashlib.sha256(str(recording.path.relative_to(cache)).encode()).hexdigest()[:16]
    stored = cache / "envelopes" / f"{key}.npy"
    if not stored.exists():
        stored.parent.mkdir(exist_ok=True)
        scratch = stored.with_suffix(f".{os.getpid()}.npy")
        np.save(scratch, block_rms(decode(recording.path, 1), ENVELOPE_BLOCK))
        os.replace(scratch, stored)
    return np.load(stored)


def _is_heard(rms):
    """Neither end is a fade or a pause of the recording itself, and no second inside is as good as silent.
    Otherwise the truth's start and end would be times at which nothing can be heard."""
    whole = np.sqrt(np.mean(rms**2))
    edge = max(1, int(0.5 / ENVELOPE_BLOCK))
    second = int(1 / ENVELOPE_BLOCK)
    inside = np.sqrt(np.convolve(rms**2, np.ones(second) / second, "valid"))
    return (whole > amplitude(-50) and inside.min() > whole * amplitude(-26)
            and min(rms[:edge].mean(), rms[-edge:].mean()) > whole * amplitude(-14))


def _lay_out(rng, number, channel, delivery, wanted, pools, strangers, modification=""):
    """Sets cues one after the other, with gaps and the scenes around them, and unknown music now and then."""
    cues, scenes = [], []
    now, waiting = 4.0, [Cue(each) for each in wanted]
    while waiting:
        group = _take_group(rng, waiting)
        now = _gap(rng, scenes, now)
        if rng.random() < 0.1:
            now = _gap(rng, scenes, _place_stranger(rng, strangers, cues, scenes, now))
        now = _place_group(rng, group, pools, cues, scenes, now)
    has_picture = number % 5 == 1 and not modification
    return Episode(number, channel, delivery, modification, has_picture, cues, scenes, now + 5.0)


def _without_catalogue(rng, number, strangers, count):
    """An episode whose every music is unknown: whatever is found in it is false."""
    cues, scenes = [], []
    now = 4.0
    for _ in range(count):
        now = _gap(rng, scenes, _place_stranger(rng, strangers, cues, scenes, now))
    return Episode(number, "stereo", rows.Delivery(), "", False, cues, scenes, now + 5.0)


def _talk(rng, number, count):
    """An episode without any music: talk, beds, an audience, and people who sing without accompaniment."""
    scenes, now = [], 4.0
    for index in range(count):
        length = float(rng.uniform(10, 20))
        kind = str(rng.choice(beds.KINDS))
        if index % 3 == 0:
            scenes.append(Scene(now, now + length, kind, float(rng.uniform(-50, -38)), None, has_singing=True))
        elif index % 3 == 1:
            scenes.append(Scene(now, now + length, kind, float(rng.uniform(-40, -30)), (0.2, 1.5)))
        else:
            scenes.append(Scene(now, now + length, kind, float(rng.uniform(-36, -26)), None, has_effects=True))
        now += length + MARGIN
    return Episode(number, "stereo", rows.Delivery(), "", False, [], scenes, now + 5.0)


def _take_group(rng, waiting):
    """The next cue, and for some of the ladder one more of its row to follow without a gap."""
    first = waiting.pop(0)
    partner = next((cue for cue in waiting if _may_join(first, cue)), None)
    if partner is not None and rng.random() < 0.35:
        waiting.remove(partner)
        return [first, partner]
    return [first]


def _may_join(first, second):
    return (all(cue.wanted.group == "ladder" and cue.length >= 7 for cue in (first, second))
            and first.row == second.row)


def _place_group(rng, group, pools, cues, scenes, now):
    """Gives the cues recordings, treatments and times from `now` on; returns when the last one is over."""
    begin = now
    for cue in group:
        earlier = [c for c in cues if c.catalogued and c.wanted.group == "ladder"]
        is_ladder = cue.wanted.group == "ladder"
        if is_ladder and len(earlier) > 2 and rng.random() < 0.15:
            _repeat(rng, cue, earlier[int(rng.integers(len(earlier)))], pools)
        if cue.recording is None:
            cue.recording, in_point = pools.next(cue.wanted)
            cue.pieces = _cut(rng, cue, in_point, pools) if is_ladder else [Piece(0.0, in_point, cue.length)]
        _treat(rng, cue)
    group[0].start = now
    if len(group) == 2:
        _join(rng, *group)
    cues.extend(group)
    scenes.append(_scene_of(rng, group[0].wanted, begin - MARGIN, group[-1].end + MARGIN))
    return group[-1].end + MARGIN


def _repeat(rng, cue, earlier, pools):
    """The same recording again in the same episode: half of the time from the same in-point."""
    in_point = earlier.pieces[0].recording_start if rng.random() < 0.5 else None
    if in_point is None or in_point + cue.length > earlier.recording.duration - 1:
        in_point = pools.in_point(earlier.recording, cue.length)
    if in_point is not None:
        cue.recording = earlier.recording
        cue.pieces = [Piece(0.0, in_point, cue.length)]
        cue.treatments.append("repeat")


def _cut(rng, cue, in_point, pools):
    """One piece for most cues; a loop or a jump inside some of the longer ones."""
    choice = rng.random()
    if cue.length >= 12 and choice < 0.15:
        cue.treatments.append("loop")
        turn = cue.length / int(rng.integers(2, 4))
        return [Piece(offset, in_point, min(turn, cue.length - offset))
                for offset in np.arange(0, cue.length - 0.01, turn).tolist()]
    other = pools.in_point(cue.recording, cue.length / 2) if cue.length >= 12 and choice < 0.3 else None
    if other is not None and abs(other - in_point - cue.length / 2) > 3:
        cue.treatments.append("jump")
        return [Piece(0.0, in_point, cue.length / 2), Piece(cue.length / 2, other, cue.length / 2)]
    return [Piece(0.0, in_point, cue.length)]


def _treat(rng, cue):
    """Fades for a half, ducking for half of the ladder's with dialogue. A modified cue has nothing else done to it."""
    if cue.wanted.group == "modification":
        return
    if cue.length >= SHORTEST_FADED and rng.random() < 0.5:
        longest = min(4.0, cue.length / 4)
        cue.fade_in = float(rng.uniform(0.3, longest)) if rng.random() < 0.6 else 0.0
        cue.fade_out = float(rng.uniform(0.3, longest)) if rng.random() < 0.8 or cue.fade_in == 0 else 0.0
        cue.treatments.append("faded")
    if cue.row == "dialogue" and cue.wanted.group in ("ladder", "stinger") and rng.random() < 0.5:
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


def _scene_of(rng, wanted, start, end):
    """The scene under a cue. Its bed in dialogue may be raised by the mix (see episode.py)."""
    kind = str(rng.choice(beds.KINDS))
    if wanted.modification in CROWDS:
        return Scene(start, end, CROWDS[wanted.modification], -26.0, None)
    if wanted.modification == "singing over it":
        return Scene(start, end, kind, -44.0, None, has_singing=True)
    if wanted.row == "dialogue":
        return Scene(start, end, kind, -44.0, (0.05, 0.3))
    if wanted.row == "bed":
        return Scene(start, end, kind, float(rng.uniform(-31, -26)), None, has_effects=True)
    return Scene(start, end, "room", -46.0, None)


def _place_stranger(rng, strangers, cues, scenes, now):
    """Music that is in no catalogue, over dialogue or a bed."""
    length = float(rng.uniform(12, 30))
    recording, in_point = strangers.next(length)
    wanted = rows.Wanted("stranger", str(rng.choice(["dialogue", "bed"])), float(rng.uniform(-8, 8)), length)
    cue = Cue(wanted, recording, False, now, [Piece(0.0, in_point, length)])
    _treat(rng, cue)
    cues.append(cue)
    scenes.append(_scene_of(rng, wanted, now - MARGIN, now + length + MARGIN))
    return now + length + MARGIN


def _gap(rng, scenes, now):
    """What lies between cues: talk, a bed alone, singing, or silence. Returns when the next cue may start."""
    length = float(rng.uniform(3, 9))
    choice = rng.random()
    if choice < 0.06:
        scene = Scene(now, now + length, str(rng.choice(beds.KINDS)), float(rng.uniform(-50, -38)), None,
                      has_singing=True)
    elif choice < 0.6:
        scene = Scene(now, now + length, str(rng.choice(beds.KINDS)), float(rng.uniform(-50, -36)), (0.5, 3.0))
    elif choice < 0.85:
        scene = Scene(now, now + length, str(rng.choice(beds.KINDS)), float(rng.uniform(-42, -28)), None,
                      has_effects=True)
    else:
        scene = Scene(now, now + length, "", 0.0, None)
    scenes.append(scene)
    return now + length + MARGIN
