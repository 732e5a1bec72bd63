"""The plan of an episode with a picture: its scenes, their shots, how these are joined, and what only looks like a cut.

All times are in seconds until `laid_out` puts the plan on the frames of one frame rate. Pure: it reads no file.

A place is one or two pictures in which a few setups are chosen (where the camera stands, and who is before it), with
a light of its own. A scene is a stretch of shots at one place; only a montage wanders. Decoys (flashes, text, split
screens, something that passes close by) are inside shots and carry no truth but their own.
"""

from dataclasses import dataclass, field, replace

import numpy as np

MOVES = ("frozen", "static", "pan", "zoom", "hand-held", "walking", "whip")
GRADUAL_SECONDS = (0.2, 2.0)  # of a dissolve, and of each side of a fade
OVERLAP = 0.42  # of the shorter neighbour that a transition may take at most


@dataclass(frozen=True)
class Light:
    """How a place is graded. Values of luma run from 0 (black) to 1 (white)."""

    gamma: float = 1.0
    gain: float = 1.0
    middle: float = 0.0  # the value that gain leaves as it is
    saturation: float = 1.0
    tint: tuple = (0.0, 0.0)  # added to the two chroma planes, in steps of 1/255


@dataclass(frozen=True)
class Person:
    """A figure before the camera: place and height in parts of the frame, and how much it moves."""

    figure: int
    x: float
    height: float
    sway: float
    walks: float = 0.0  # frame widths a second
    mirrored: bool = False


@dataclass(frozen=True)
class Setup:
    """Where the camera stands: the middle and the width of what it sees, in parts of the picture."""

    picture: int
    x: float
    y: float
    width: float
    mirrored: bool = False
    blurred: bool = False  # the background, behind people
    people: tuple = ()

    @property
    def stand(self):
        """What makes two setups the same, whoever walks about before them."""
        return self.picture, self.x, self.y


@dataclass(frozen=True)
class Place:
    name: str
    setups: tuple
    light: Light
    ambience: str
    has_music: bool


@dataclass(frozen=True)
class Decoy:
    """Something that is no cut, `start` seconds after the shot's beginning."""

    kind: str
    start: float
    length: float
    seed: int
    setup: Setup = None  # of a split screen's other side


@dataclass(frozen=True)
class Shot:
    length: float  # to the middles of its joints
    setup: Setup
    light: Light
    move: str
    seed: int
    decoys: tuple = ()
    card: str = ""  # the text of a title card; "black" shows nothing
    before: tuple = ("cut",)  # the joint before it: kind, seconds, and of a fade (out, hold, in), colour


@dataclass
class Scene:
    place: str
    pattern: str
    shots: list
    ambience: str
    has_music: bool
    music: int = 0  # which of the half's recordings

    @property
    def length(self):
        return sum(shot.length for shot in self.shots)


@dataclass(frozen=True)
class Joint:
    """A transition on frames: the new shot is seen from `start`, and alone from `end`. Of a cut both are the same.
    Of a fade the picture has vanished at `gone` and starts to return at `back`."""

    kind: str
    start: int
    end: int
    gone: int = 0
    back: int = 0
    colour: str = "black"

    @property
    def middle(self):
        return (self.start + self.end) / 2


@dataclass
class Storyboard:
    """A plan on frames: shot i begins with joint i - 1; its own time 0 is frame origins[i]."""

    rate: object  # frames a second, a Fraction
    frame_count: int
    shots: list
    origins: list
    joints: list
    scenes: list
    scene_frames: list = field(default_factory=list)  # the first frame of each scene, a float in a transition


def paced(scenes, mean):
    """The scenes with all their shots made longer or shorter by one factor, so that they last `mean` seconds each."""
    shots = [shot for scene in scenes for shot in scene.shots]
    factor = mean * len(shots) / sum(shot.length for shot in shots)
    return [replace(scene, shots=[replace(shot, length=shot.length * factor) for shot in scene.shots])
            for scene in scenes]


def laid_out(scenes, rate):
    """The Storyboard of the scenes at `rate` frames a second."""
    shots = [shot for scene in scenes for shot in scene.shots]
    edges = np.concatenate([[0.0], np.cumsum([shot.length for shot in shots])])
    edges = [round(edge * rate) for edge in edges]
    joints = [_joint_at(shot.before, edge, min(shots[i].length, shot.length), rate)
              for i, (shot, edge) in enumerate(zip(shots[1:], edges[1:]))]
    board = Storyboard(rate, edges[-1], shots, edges[:-1], joints, scenes)
    first = 0
    for scene in scenes:
        board.scene_frames.append(joints[first - 1].middle if first else 0)
        first += len(scene.shots)
    return board


def _joint_at(before, edge, shorter, rate):
    """The Joint whose middle is at frame `edge`; it takes no more of the shorter neighbour than it may, and is a cut
    where that leaves too little for it."""
    room = 2 * OVERLAP * shorter
    if before[0] == "dissolve" and room >= GRADUAL_SECONDS[0]:
        frames = max(2, round(min(before[1], room) * rate))
        return Joint("dissolve", edge - frames // 2, edge - frames // 2 + frames)
    if before[0] == "fade" and room >= 2 * GRADUAL_SECONDS[0]:
        out, hold, back = before[1]
        shrink = min(1.0, room / (out + hold + back))
        out, hold, back = (round(part * shrink * rate) for part in (out, hold, back))
        if min(out, back) >= GRADUAL_SECONDS[0] * rate:
            start = edge - (out + hold + back) // 2
            return Joint("fade", start, start + out + hold + back, start + out, start + out + hold, before[2])
    return Joint("cut", edge, edge)
