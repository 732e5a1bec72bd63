"""What a camera sees: a moving rectangle of a plate on a frame of any size, with people before it.

A frame is three float32 planes in video's limited range, the second and third of half the size. Everything depends
on the time within the shot alone, so that the same shot looks the same at every frame rate.
"""

import numpy as np

import pictures

BLACK, WHITE, GREY = 16.0, 235.0, 128.0  # of luma, and of chroma without colour
BLUR_SHIFT = 0.008  # frame widths of movement while the shutter is open from which it is seen
MOST_EXPOSURES = 5
SHUTTER = 0.5  # of a frame's time


class Motion:
    """Where the rectangle of a setup is at each time: moved by parts of its width, and zoomed."""

    def __init__(self, shot):
        self._rng = np.random.default_rng([shot.seed, 1])
        self._shot = shot
        self._waves = self._shaking(shot.move)
        rng = self._rng
        self._direction = rng.uniform(0, 2 * np.pi)
        self._speed = float(rng.uniform(0.015, 0.1))
        self._zoom = float(np.log(rng.uniform(1.05, 1.4)) * rng.choice([-1, 1]))
        self._whip_at = float(rng.uniform(0.3, 0.7)) * shot.length
        self._whip_seconds = float(rng.uniform(0.2, 0.45))
        self._whip_far = float(rng.uniform(0.7, 1.4))

    def _shaking(self, move):
        """(amplitude, frequency, phase) of each wave, across and down."""
        rng = self._rng
        bands = {"hand-held": ((0.009, 0.25, 1.8, 5), (0.0015, 4, 8, 4)),
                 "walking": ((0.02, 0.4, 2.4, 5), (0.004, 5, 9, 5)),
                 "whip": ((0.006, 0.3, 1.8, 4), (0.001, 4, 8, 3))}.get(move, ())
        strength = float(rng.uniform(0.6, 1.6))
        return [[(strength * amplitude / np.sqrt(count) * rng.uniform(0.5, 1.5), rng.uniform(low, high),
                  rng.uniform(0, 2 * np.pi)) for amplitude, low, high, count in bands for _ in range(count)]
                for _ in range(2)]

    def at(self, time):
        """(across, down, zoom) at a time within the shot."""
        across, down = (sum(a * np.sin(2 * np.pi * f * time + p) for a, f, p in waves) for waves in self._waves)
        zoom, move = 1.0, self._shot.move
        middle = time - self._shot.length / 2
        if move == "pan":
            across += self._speed * np.cos(self._direction) * middle
            down += 0.5 * self._speed * np.sin(self._direction) * middle
        elif move == "zoom":
            zoom = np.exp(self._zoom * np.clip(time / self._shot.length, -0.2, 1.2))
        elif move == "walking":
            zoom = np.exp(-0.01 * np.clip(time, 0, 15))
        elif move == "whip":
            share = np.clip((time - self._whip_at) / self._whip_seconds, 0, 1)
            side = 1 if self._shot.setup.x < 0.5 else -1
            across += side * self._whip_far * share * share * (3 - 2 * share)
        return across, down, zoom


class Camera:
    """One shot, at any of its times."""

    def __init__(self, shot, plates, figures, size):
        self._plate = plates(shot.setup.picture)
        self._size = size
        self._shot = shot
        self._motion = Motion(shot)
        self._tables = grading(shot.light)
        self._still = None  # the planes of a camera that does not move
        self._people = [(person, scaled(figures(person.figure), person.height * size[1], person.mirrored, self._tables))
                        for person in shot.setup.people]

    def frame(self, time, frame_seconds):
        """The planes at `time`, blurred by what moves while the shutter is open."""
        moved = np.array([self._motion.at(time), self._motion.at(time - SHUTTER * frame_seconds)])
        shift = np.abs(moved[0, :2] - moved[1, :2]).max()
        count = 1 if shift < BLUR_SHIFT else min(MOST_EXPOSURES, 2 + int(shift / 0.03))
        planes = None
        if self._shot.move in ("frozen", "static"):
            self._still = self._still or self._exposed(*moved[0], blur=False)
            planes = [plane.copy() for plane in self._still]
        for share in np.arange(count) / count if planes is None else ():
            exposed = self._exposed(*(moved[0] + share * (moved[1] - moved[0])), blur=shift / count > 0.04)
            planes = exposed if planes is None else [a + b for a, b in zip(planes, exposed)]
        planes = [plane * np.float32(1 / count) for plane in planes] if count > 1 else planes
        across, down, _ = moved[0]
        for person, cut in self._people:
            self._place(planes, person, cut, time, across, down)
        return planes

    def _exposed(self, across, down, zoom, blur):
        setup, plate = self._shot.setup, self._plate
        columns, rows = self._size
        width = min(setup.width * zoom, 1.0) * plate.width
        height = width * rows / columns
        if height > plate.height:
            width, height = width * plate.height / height, plate.height
        x = np.clip(setup.x * plate.width + across * width, width / 2, plate.width - width / 2)
        y = np.clip(setup.y * plate.height + down * width, height / 2, plate.height - height / 2)
        level = int(np.clip(round(np.log2(width / columns)) + 2 * setup.blurred + blur, 0, len(plate.levels) - 1))
        box = (x - width / 2, y - height / 2, width, height)
        planes = []
        for number, (plane, table) in enumerate(zip(plate.levels[level], self._tables)):
            half = 2 if number else 1
            # A scene's picture shrinks by halves rounded down, so the last row or column may be gone.
            scale = plane.shape[1] / plate.width
            planes.append(seen(plane, [part * scale for part in box], (columns // half, rows // half), table,
                               setup.mirrored))
        return planes

    def _place(self, planes, person, cut, time, across, down):
        columns, rows = self._size
        sway = person.sway * np.sin(2 * np.pi * (0.3 + 9 * person.sway) * time + person.figure)
        x = person.x + sway + person.walks * time - 0.6 * across
        bob = 0.008 * np.sin(2 * np.pi * 0.7 * time + person.figure) + (0.02 * np.sin(9 * time) if person.walks else 0)
        height, width = cut.opacity[0].shape
        lay(planes, cut, round(x * columns - width / 2), round(rows * (1.02 + bob - 0.4 * down) - height))


def seen(plane, box, size, table, mirrored=False):
    """A box (left, top, width, height) of a plane on (columns, rows) by linear interpolation, graded by a table of
    256 values. What lies outside the plane looks like its edge."""
    left, top, width, height = box
    columns, rows = size
    low, down = _places(top, height, rows, plane.shape[0])
    first, across = _places(left, width, columns, plane.shape[1])
    if mirrored:
        first, across = first[::-1], across[::-1]
    from_column = int(first.min())
    part = plane[:, from_column : int(first.max()) + 2]
    upper = table[part[low]]
    lower = table[part[low + 1]]
    lower -= upper
    lower *= down[:, None]
    upper += lower
    first = first - from_column
    near = upper[:, first]
    far = upper[:, first + 1]
    far -= near
    far *= across
    near += far
    return near


def _places(start, length, count, limit):
    """For `count` samples of [start, start + length): the value before each, and how far behind that it lies."""
    at = start + (np.arange(count) + 0.5) * (length / count) - 0.5
    at = np.clip(at, 0, limit - 1.001)
    whole = at.astype(np.intp)
    return whole, (at - whole).astype(np.float32)


def grading(light):
    """The tables of 256 values, one for each plane, that put a light on a picture."""
    luma = np.clip((np.arange(256) - BLACK) / (WHITE - BLACK), 0, 1) ** light.gamma
    luma = light.middle + (luma - light.middle) * light.gain
    chroma = (np.arange(256) - GREY) * light.saturation * min(1.0, light.gain + 0.2)
    return [np.clip(BLACK + luma * (WHITE - BLACK), BLACK, WHITE).astype(np.float32),
            *((GREY + chroma + tint).astype(np.float32) for tint in light.tint)]


class Cut:
    """A figure of the size in which it is laid over frames: graded planes, and opacities for luma and chroma."""

    def __init__(self, planes, opacity):
        self.planes = planes
        self.opacity = opacity


def scaled(figure, height, mirrored, tables):
    """The figure as a Cut of about `height` rows."""
    layers = [*figure.planes, np.round(figure.opacity * 255).astype(np.uint8)]
    rows = max(4, int(height) // 2 * 2)
    columns = max(4, round(layers[0].shape[1] * rows / layers[0].shape[0]) // 2 * 2)
    while layers[0].shape[0] >= 2 * rows:
        layers = [pictures.halved(layer) for layer in layers]
    opaque = np.arange(256, dtype=np.float32) / 255
    whole = (0, 0, layers[0].shape[1], layers[0].shape[0])
    planes = [seen(layer, whole, (columns, rows) if i == 0 else (columns // 2, rows // 2), table, mirrored)
              for i, (layer, table) in enumerate(zip(layers[:3], tables))]
    opacity = [seen(layers[3], whole, size, opaque, mirrored)
               for size in ((columns, rows), (columns // 2, rows // 2))]
    return Cut(planes, opacity)


def lay(planes, cut, left, top):
    """Lays the cut over the planes, with its upper left corner there; what lies outside is not seen."""
    left, top = left // 2 * 2, top // 2 * 2
    for number, (plane, over) in enumerate(zip(planes, cut.planes)):
        half = 2 if number else 1
        x, y = left // half, top // half
        rows, columns = slice(max(0, y), max(0, y + over.shape[0])), slice(max(0, x), max(0, x + over.shape[1]))
        under = plane[rows, columns]
        part = np.s_[max(0, -y) : max(0, -y) + under.shape[0], max(0, -x) : max(0, -x) + under.shape[1]]
        opacity = cut.opacity[min(1, number)][part]
        under += (over[part] - under) * opacity


def plain(size, luma):
    """A frame without colour."""
    columns, rows = size
    return [np.full((rows, columns), luma, np.float32),
            *(np.full((rows // 2, columns // 2), GREY, np.float32) for _ in range(2))]


def mixed(a, b, share):
    """`share` of b, the rest of a."""
    share = np.float32(share)
    return [one + (other - one) * share for one, other in zip(a, b)]
