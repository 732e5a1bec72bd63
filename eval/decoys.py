"""What happens within a shot and is no cut: light that flashes, things that pass, writing, split screens."""

from dataclasses import replace

import numpy as np

import camera
import pictures
from camera import BLACK, GREY, WHITE

LIGHTS = ("flash", "lightning", "strobe", "cameras", "flicker")
WORDS = ("the rain never stopped that night and nobody asked why she had come back to the harbour so late "
         "we should leave before they find the letter he said nothing about the money or the boat then tell me "
         "what you saw no one will believe it anyway wait here until morning I promise you this is the last "
         "time").split()
NAMES = ("A. Morgan", "Lee Tan", "R. Okafor", "Mina Sato", "J. Novak", "Ines Prado", "Karl Holm", "Yuna Park")
JOBS = ("Camera", "Editing", "Sound", "Costumes", "Music", "Light", "Script", "Stunts")


class Decoys:
    """The decoys of one shot, made ready for frames of a size."""

    def __init__(self, shot, plates, figures, figure_count, size):
        self._size = size
        self._drawn = [(decoy, self._ready(decoy, shot, plates, figures, figure_count)) for decoy in shot.decoys]

    def _ready(self, decoy, shot, plates, figures, figure_count):
        rng = np.random.default_rng([decoy.seed, 2])
        if decoy.kind in LIGHTS:
            return _Light(decoy, rng, self._size)
        if decoy.kind == "passing":
            return _Passing(rng, self._size)
        if decoy.kind == "walker":
            return _Walker(rng, self._size, figures(int(rng.integers(figure_count))), camera.grading(shot.light))
        if decoy.kind == "split":
            return _Split(rng, self._size, decoy, shot, plates, figures)
        return _Writing(decoy, rng, self._size)

    def draw(self, planes, time, frame_seconds):
        """Changes the planes of the shot at that time."""
        for decoy, drawn in self._drawn:
            since = time - decoy.start
            if -1e-9 <= since < decoy.length:
                drawn.draw(planes, since, frame_seconds)
        return planes


class _Light:
    def __init__(self, decoy, rng, size):
        self._kind, self._strength = decoy.kind, float(rng.uniform(0.6, 1.0))
        self._strokes = np.cumsum(np.concatenate([[0.0], rng.uniform(0.06, 0.25, 4)]))
        self._pace = float(rng.uniform(5, 12))
        self._darkens = bool(rng.random() < 0.4)
        self._waves = [(rng.uniform(0.02, 0.06), rng.uniform(2, 11), rng.uniform(0, 6)) for _ in range(4)]
        self._spots = [(rng.uniform(0.1, 0.9), rng.uniform(0.2, 0.8), rng.uniform(0, decoy.length),
                        rng.uniform(0.1, 0.4)) for _ in range(int(4 * decoy.length) + 1)]
        down, across = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
        self._across, self._down = across / size[0], down / size[0]
        self._aspect = size[1] / size[0]

    def draw(self, planes, since, frame_seconds):
        if self._kind == "flicker":
            gain = 1 + sum(a * np.sin(2 * np.pi * f * since + p) for a, f, p in self._waves)
            planes[0][:] = BLACK + (planes[0] - BLACK) * np.float32(gain)
        elif self._kind == "cameras":
            for x, y, at, radius in self._spots:
                if 0 <= since - at < 2 * frame_seconds:
                    far = ((self._across - x) ** 2 + (self._down - y * self._aspect) ** 2) / radius**2
                    planes[0] += (WHITE - planes[0]) * np.exp(-4 * far)
        elif self._kind == "strobe" and self._darkens:
            if since * self._pace % 1 < 0.5:
                planes[0][:] = BLACK + (planes[0] - BLACK) * np.float32(0.15)
        else:
            _whiten(planes, self._strength * self._amount(since))

    def _amount(self, since):
        if self._kind == "flash":
            return 1.0
        if self._kind == "strobe":
            return float(since * self._pace % 1 < 0.5)
        return max(np.exp(-(since - at) / 0.05) for at in self._strokes if since >= at - 1e-9)


def _whiten(planes, amount):
    if amount < 0.01:
        return
    for plane, bright in zip(planes, (WHITE, GREY, GREY)):
        plane += (np.float32(bright) - plane) * np.float32(amount)


class _Passing:
    """Something large, dark and out of focus crosses the frame from one side to the other."""

    def __init__(self, rng, size):
        self._width = float(rng.uniform(0.3, 1.1))
        self._speed = float(rng.uniform(2.0, 5.0)) * rng.choice([-1, 1])
        self._colour = (float(rng.uniform(20, 70)), 128 + float(rng.uniform(-8, 8)), 128 + float(rng.uniform(-8, 8)))
        self._lean = float(rng.uniform(-0.3, 0.3))
        down, across = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
        self._where = across / size[0] + self._lean * down / size[0]

    def draw(self, planes, since, frame_seconds):
        start = -self._width if self._speed > 0 else 1 + self._width
        far = np.abs(self._where - np.float32(start + self._speed * since))
        opacity = np.clip((self._width / 2 - far) * 12 + 0.5, 0, 1).astype(np.float32)
        for number, plane in enumerate(planes):
            mask = opacity if number == 0 else opacity[::2, ::2]
            plane += (np.float32(self._colour[number]) - plane) * mask


class _Walker:
    """Somebody walks through the picture."""

    def __init__(self, rng, size, figure, tables):
        self._size = size
        self._cut = camera.scaled(figure, float(rng.uniform(0.5, 1.2)) * size[1], bool(rng.random() < 0.5), tables)
        self._speed = float(rng.uniform(0.3, 0.8))
        self._backwards = bool(rng.random() < 0.5)

    def draw(self, planes, since, frame_seconds):
        height, width = self._cut.opacity[0].shape
        columns, rows = self._size
        walked = self._speed * columns * since
        left = columns - walked if self._backwards else walked - width
        camera.lay(planes, self._cut, round(left), round(rows * (1.03 + 0.015 * np.sin(10 * since))) - height)


class _Split:
    """A part of the frame shows another setup for a while, which may change once."""

    def __init__(self, rng, size, decoy, shot, plates, figures):
        columns, rows = size
        self._box = [(columns // 2, 0, columns // 2, rows), (0, 0, columns // 2, rows),
                     (columns * 5 // 8, rows // 12, columns // 3, rows // 3),
                     (0, rows // 2, columns, rows // 2)][rng.integers(4)]
        self._box = [part // 4 * 4 for part in self._box]
        self._slides = float(rng.uniform(0.2, 0.5)) if rng.random() < 0.6 else 0.0
        self._changes = decoy.length / 2 if rng.random() < 0.5 else decoy.length
        self._cameras = [camera.Camera(replace(shot, setup=setup, move="hand-held", seed=decoy.seed, decoys=()),
                                       plates, figures, (self._box[2], self._box[3]))
                         for setup in (decoy.setup, replace(decoy.setup, x=1 - decoy.setup.x, people=()))]

    def draw(self, planes, since, frame_seconds):
        left, top, width, height = self._box
        pane = self._cameras[since >= self._changes].frame(since, frame_seconds)
        pane[0][:, :3], pane[0][:, -3:], pane[0][:3], pane[0][-3:] = BLACK, BLACK, BLACK, BLACK
        shown = 1.0 if since >= self._slides else since / self._slides
        shown = int(width * shown) // 4 * 4
        for number, (plane, inner) in enumerate(zip(planes, pane)):
            half = 2 if number else 1
            rows = slice(top // half, (top + height) // half)
            columns = slice(left // half, (left + shown) // half)
            plane[rows, columns] = inner[:, : shown // half]


class _Writing:
    """Subtitles that change, a title that appears, or credits that roll."""

    def __init__(self, decoy, rng, size):
        columns, rows = size
        self._size, self._kind, self._length = size, decoy.kind, decoy.length
        height = round(rows * {"caption": 0.06, "credits": 0.06, "title": 0.13, "card": 0.12}[decoy.kind])
        if decoy.kind == "caption":
            times = np.cumsum(np.concatenate([[0.0], rng.uniform(1.2, 4.0, int(decoy.length) + 1)]))
            self._lines = [(at, _lettered(_sentence(rng), height, columns)) for at in times if at < decoy.length]
        elif decoy.kind == "credits":
            lines = [f"{JOBS[rng.integers(8)]:>9}  {NAMES[rng.integers(8)]:<11}" for _ in range(int(decoy.length) + 6)]
            self._lines = [(i, _lettered(line, height, columns)) for i, line in enumerate(lines)]
        else:
            self._lines = [(0.0, _lettered(" ".join(rng.choice(WORDS, 2)).upper(), height, columns))]
        self._gaps = rng.random(len(self._lines)) < 0.2

    def draw(self, planes, since, frame_seconds):
        columns, rows = self._size
        if self._kind == "credits":
            for number, drawn in self._lines:
                write(planes, drawn, 0.5, 0.75 + 0.11 * number - 0.11 * since, 1.0)
            return
        current = max(i for i, (at, _) in enumerate(self._lines) if at <= since + 1e-9)
        if self._kind == "caption" and self._gaps[current]:
            return
        fades = 0.4 if self._kind == "title" else 0.0
        shown = min(1.0, since / fades, (self._length - since) / fades) if fades else 1.0
        write(planes, self._lines[current][1], 0.5, 0.88 if self._kind == "caption" else 0.5, shown)


def card(size, text):
    """A title card: a dark frame with a text in the middle, or nothing."""
    planes = camera.plain(size, BLACK)
    if text != "black":
        write(planes, _lettered(text, round(size[1] * 0.12), size[0]), 0.5, 0.5, 1.0)
    return planes


def _sentence(rng):
    start = int(rng.integers(len(WORDS) - 8))
    return " ".join(WORDS[start : start + int(rng.integers(3, 8))]).capitalize()


def _lettered(text, height, columns):
    """The opacity of a line of text, made smaller until it fits."""
    while height > 8 and len(text) * round(height * 0.61) > 0.94 * columns:
        height -= 1
    shapes = pictures.letters(height)
    return np.concatenate([shapes.get(character, shapes[" "]) for character in text], axis=1)


def write(planes, opacity, x, y, shown):
    """White letters with a shadow, their middle at parts x and y of the frame."""
    rows, columns = planes[0].shape
    left, top = round(x * columns - opacity.shape[1] / 2) // 2 * 2, round(y * rows - opacity.shape[0] / 2) // 2 * 2
    if top < -opacity.shape[0] or top >= rows:
        return
    for shift, luma in ((2, BLACK), (0, WHITE - 10)):
        x0, y0 = left + shift, top + shift
        under = planes[0][max(0, y0) : y0 + opacity.shape[0], max(0, x0) : x0 + opacity.shape[1]]
        part = opacity[max(0, -y0) :, max(0, -x0) :][: under.shape[0], : under.shape[1]] * np.float32(shown)
        under += (np.float32(luma) - under) * part
    for plane in planes[1:]:
        part = opacity[max(0, -top) // 2 * 2 :: 2, max(0, -left) // 2 * 2 :: 2] * np.float32(shown)
        under = plane[max(0, top) // 2 : (top + opacity.shape[0]) // 2, max(0, left) // 2 :][:, : part.shape[1]]
        under += (np.float32(GREY) - under) * part[: under.shape[0], : under.shape[1]]
