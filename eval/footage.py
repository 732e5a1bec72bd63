"""The frames of a storyboard, one after the other, and the truth about them."""

import functools

import numpy as np

import camera
import decoys
import pictures
from camera import BLACK, WHITE

GRAIN_PLATES = 6  # of noise, which are laid over frames at changing places
GRAIN_MARGIN = 64  # by how much larger than a frame they are


def frames(board, half_pictures, half_figures, size, grain, seed):
    """The frames of the board as bytes of yuv420p. `grain`: standard deviation of the film grain in luma's steps."""
    plates = lambda number: pictures.plate(half_pictures[number])
    figures = functools.lru_cache(None)(lambda number: pictures.figure(half_figures[number]))
    rng = np.random.default_rng([seed, 3])
    noise = _grain(rng, size, grain)
    stage = Stage(board, plates, figures, len(half_figures), size)
    for number in range(board.frame_count):
        planes, is_grainy = stage.frame(number)
        if grain and is_grainy:
            which, x, y = rng.integers(GRAIN_PLATES), rng.integers(GRAIN_MARGIN), rng.integers(GRAIN_MARGIN)
            planes[0] += noise[which][y : y + size[1], x : x + size[0]]
        yield b"".join(_bytes(plane) for plane in planes)


def _bytes(plane):
    """The plane's values rounded; it is not needed any more."""
    np.clip(plane, np.float32(BLACK), np.float32(240), out=plane)
    plane += np.float32(0.5)
    return plane.astype(np.uint8).tobytes()


def _grain(rng, size, deviation):
    """Noise that is a little smooth, as film's is."""
    shape = (size[1] + GRAIN_MARGIN + 1, size[0] + GRAIN_MARGIN + 1)
    plates = []
    for _ in range(GRAIN_PLATES):
        noise = rng.standard_normal(shape).astype(np.float32)
        noise = noise[1:, 1:] + 0.5 * (noise[:-1, 1:] + noise[1:, :-1])
        plates.append(noise * np.float32(deviation / 1.22))
    return plates


class Stage:
    """Keeps the one or two shots that are seen ready."""

    def __init__(self, board, plates, figures, figure_count, size):
        self._board, self._size = board, size
        self._make = lambda shot: (camera.Camera(shot, plates, figures, size),
                                   decoys.Decoys(shot, plates, figures, figure_count, size))
        self._ready = {}
        self._current = 0

    def frame(self, number):
        """(planes, whether grain belongs on them)."""
        joints = self._board.joints
        while self._current < len(joints) and number >= joints[self._current].end:
            self._ready.pop(self._current, None)
            self._current += 1
        here = self._current
        is_grainy = self._board.shots[here].move != "frozen"
        if here == len(joints) or number < joints[here].start:
            return self._shot(here, number), is_grainy
        joint = joints[here]
        if joint.kind == "dissolve":
            share = (number - joint.start + 1) / (joint.end - joint.start + 1)
            return camera.mixed(self._shot(here, number), self._shot(here + 1, number), share), True
        plain = camera.plain(self._size, WHITE if joint.colour == "white" else BLACK)
        if number < joint.gone:
            share = (number - joint.start + 1) / (joint.gone - joint.start + 1)
            return camera.mixed(self._shot(here, number), plain, share), is_grainy
        if number < joint.back:
            return plain, is_grainy
        share = (joint.end - number) / (joint.end - joint.back + 1)
        return camera.mixed(self._shot(here + 1, number), plain, share), is_grainy

    def _shot(self, index, number):
        shot = self._board.shots[index]
        if shot.card:
            return decoys.card(self._size, shot.card)
        if index not in self._ready:
            self._ready[index] = self._make(shot)
        seen, happening = self._ready[index]
        rate = float(self._board.rate)
        time = (number - self._board.origins[index]) / rate
        return happening.draw(seen.frame(time, 1 / rate), time, 1 / rate)


def truth(board, times, duration, frames_a_picture=1):
    """What there is to find: `times` is when each picture is shown, in seconds, of which each holds so many frames
    of the board (two fields of different times in one)."""
    number = lambda frame: frame / frames_a_picture
    at = lambda frame: _between(times, number(frame))
    cuts = []
    for joint in board.joints:
        # A picture of which only one field shows the new shot is its first.
        shown = at if joint.kind != "cut" else lambda frame: _between(times, int(number(frame)))
        cuts.append({"frame": int(number(joint.middle)), "time": shown(joint.middle), "kind": joint.kind,
                     "start": shown(joint.start), "end": shown(joint.end),
                     **({"colour": joint.colour} if joint.kind == "fade" else {})})
    edges = [at(frame) for frame in board.scene_frames] + [round(duration, 6)]
    scenes = [{"number": i + 1, "start": edges[i], "end": edges[i + 1], "place": scene.place,
               "pattern": scene.pattern} for i, scene in enumerate(board.scenes)]
    rate = float(board.rate)
    placed = [(shot, origin) for shot, origin in zip(board.shots, board.origins)]
    harmless = [{"kind": decoy.kind, "start": at(origin + decoy.start * rate),
                 "end": at(origin + (decoy.start + decoy.length) * rate)}
                for shot, origin in placed if not shot.card for decoy in shot.decoys]
    shots = [{"start": at(origin), "move": "card" if shot.card else shot.move, "picture": shot.setup.picture}
             for shot, origin in placed]
    shown_rate = board.rate / frames_a_picture
    return {"fps": [shown_rate.numerator, shown_rate.denominator], "frames": len(times), "duration": round(duration, 6),
            "cuts": cuts, "scenes": scenes, "decoys": harmless, "shots": shots, "times": [round(t, 6) for t in times]}


def _between(times, frame):
    """When a frame is shown that may lie between two or behind the last."""
    last = len(times) - 1
    if frame >= last:
        return round(times[last] + (frame - last) * (times[last] - times[0]) / max(1, last), 6)
    whole = max(0, int(frame))
    return round(times[whole] + (frame - whole) * (times[whole + 1] - times[whole]), 6)
