"""Which cues and which episodes are asked for: the rows of the tables, before anything has a recording or a time."""

from dataclasses import dataclass, field
from fractions import Fraction

LEVELS = (10, 5, 0, -5, -10, -15, -20)  # dB: music over everything else
CLEAR_LEVEL = 20  # dB: over nothing but the tone of the room
CHANNELS = ("stereo", "mono")

LADDER_LENGTHS = {  # seconds: one cue each, for each channel and level
    "dialogue": ((5.5, 6.5),) * 2 + ((7, 10),) * 3 + ((12, 18),) * 2 + ((22, 35),),
    "bed": ((5.5, 6.5),) * 2 + ((7, 10),) * 2 + ((12, 18), (22, 35)),
}
CLEAR_LENGTHS = ((3, 3), (5.5, 6.5), (7, 10), (12, 18), (22, 35), (40, 60))
STINGER_LENGTH, STINGER_LEVEL = 3.0, -5
STINGERS = {"stereo": 20, "mono": 8}
OTHER_LENGTHS = ((7, 10), (12, 18), (9, 14))  # of cues with a modification, a texture or versions
OTHER_LEVELS = (0, -5, -10)

RADIO = "low-pass (a radio)"
# What is done to a cue's music alone (see modification.py), and to what is heard over it.
CUE_MODIFICATIONS = ("tempo up 1-2 %", "tempo down 1-2 %", "pitch up 1-2 %", "pitch down 1-2 %",
                     "compressor and limiter", "equalizer", RADIO, "room reverb",
                     "singing over it", "crowd over it", "laughter and applause over it")
TEXTURES = ("percussion only", "drone or pad", "solo piano", "shared loop")
OF_EACH_CUE_MODIFICATION = OF_EACH_TEXTURE = 4  # for each channel

# (version played, what is wanted of the stretch, how many for each channel); see plan.Musics.of_version
VERSION_CUES = (("vocal", "differs", 5), ("instrumental", "differs", 5), ("vocal", "same", 2),
                ("instrumental", "same", 2), ("edit", "same", 2), ("edit", "join", 1), ("original", "same", 1),
                ("re-issue", "same", 2))


@dataclass(frozen=True)
class Delivery:
    """How an episode's mix becomes a file. rate > 1 plays the whole of it faster and higher."""

    codec: str = "aac"  # aac | mp2 | ac3
    bit_rate: int = 112  # kb/s
    sample_rate: int = 48000
    loudness: str = "fixed"  # fixed: one gain | moving: a gain that follows, slowly | strong: quickly and far
    rate: Fraction = Fraction(1)


USUAL = {"stereo": (Delivery(bit_rate=96), Delivery(bit_rate=112), Delivery(loudness="moving", bit_rate=128)),
         "mono": (Delivery(bit_rate=64), Delivery(bit_rate=64, loudness="moving"))}

# (name of the row, channel, delivery, cues): one episode each.
EPISODE_MODIFICATIONS = (
    ("speed 25/24", "stereo", Delivery(rate=Fraction(25, 24)), 9),
    ("speed 25/24", "mono", Delivery(rate=Fraction(25, 24), bit_rate=64), 6),
    ("speed 24/25", "stereo", Delivery(rate=Fraction(24, 25)), 9),
    ("speed 1001/960", "stereo", Delivery(rate=Fraction(1001, 960)), 9),
    ("speed 1001/960", "mono", Delivery(rate=Fraction(1001, 960), bit_rate=64), 6),
    ("speed 960/1001", "stereo", Delivery(rate=Fraction(960, 1001)), 9),
    ("speed 1000/1001", "stereo", Delivery(rate=Fraction(1000, 1001)), 9),
    ("speed 1001/1000", "mono", Delivery(rate=Fraction(1001, 1000), bit_rate=64), 9),
    ("AAC 64 kb/s", "stereo", Delivery(bit_rate=64), 7),
    ("AAC 192 kb/s", "stereo", Delivery(bit_rate=192), 7),
    ("MP2 192 kb/s", "stereo", Delivery(codec="mp2", bit_rate=192), 7),
    ("AC-3 5.1", "surround", Delivery(codec="ac3", bit_rate=384), 7),
    ("strong loudness normalisation", "stereo", Delivery(loudness="strong"), 7),
    ("8 kHz mono", "mono", Delivery(bit_rate=32, sample_rate=8000), 7),
)
RATES_OF_CUE_MODIFICATIONS = {"tempo up 1-2 %": ("rate", 1), "tempo down 1-2 %": ("rate", -1),
                              "pitch up 1-2 %": ("pitch", 1), "pitch down 1-2 %": ("pitch", -1)}
SMALLEST_CHANGE, LARGEST_CHANGE = 0.01, 0.02


@dataclass
class Wanted:
    """A cue as a row asks for it."""

    group: str  # ladder | clear | stinger | modification | texture | version
    row: str  # dialogue | bed | clear: what is heard besides the music
    level_db: float
    length: float
    modification: str = ""
    texture: str = ""
    version: tuple = ()  # (version, differs | same | join)
    changes: dict = field(default_factory=dict)  # rate and pitch of the music against the episode


def of_channel(rng, channel, quick=False):
    """The cues of the usual episodes of one channel, shuffled."""
    drawn = _ladder(rng) + _of_lengths(rng, "clear", "clear", CLEAR_LEVEL, CLEAR_LENGTHS)
    drawn += [Wanted("stinger", "dialogue", STINGER_LEVEL, STINGER_LENGTH) for _ in range(STINGERS[channel])]
    for name in CUE_MODIFICATIONS:
        drawn += [_modified(rng, name, index) for index in range(OF_EACH_CUE_MODIFICATION)]
    for texture in TEXTURES:
        drawn += [Wanted("texture", "dialogue", *_other(rng, index), texture=texture)
                  for index in range(OF_EACH_TEXTURE)]
    for version, stretch, count in VERSION_CUES:
        drawn += [Wanted("version", "dialogue", *_other(rng, index), version=(version, stretch))
                  for index in range(count)]
    order = rng.permutation(len(drawn))
    if quick:
        return [drawn[i] for i in order if drawn[i].group != "ladder"][:6] + drawn[:6]
    return [drawn[i] for i in order]


def of_delivery(rng, count):
    """The cues of an episode that is modified as a whole."""
    return [Wanted("modification", "dialogue", *_other(rng, index)) for index in range(count)]


def _ladder(rng):
    return [wanted for row, lengths in LADDER_LENGTHS.items() for level in LEVELS
            for wanted in _of_lengths(rng, "ladder", row, level, lengths)]


def _of_lengths(rng, group, row, level, lengths):
    return [Wanted(group, row, level, round(float(rng.uniform(*span)), 2)) for span in lengths]


def _other(rng, index):
    """(level, length) of the index-th cue of a row that is not of the ladder."""
    span = OTHER_LENGTHS[index // len(OTHER_LEVELS) % len(OTHER_LENGTHS)]
    return OTHER_LEVELS[index % len(OTHER_LEVELS)], round(float(rng.uniform(*span)), 2)


def _modified(rng, name, index):
    row = "bed" if name in ("singing over it", "crowd over it", "laughter and applause over it") else "dialogue"
    wanted = Wanted("modification", row, *_other(rng, index), modification=name)
    if name in RATES_OF_CUE_MODIFICATIONS:
        key, sign = RATES_OF_CUE_MODIFICATIONS[name]
        wanted.changes = {key: 1 + sign * round(float(rng.uniform(SMALLEST_CHANGE, LARGEST_CHANGE)), 4)}
    return wanted
