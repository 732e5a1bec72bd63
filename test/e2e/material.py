"""Deterministic music, episodes and damaged files for the end-to-end tests.

Nothing here is recorded: several voices play random notes with harmonics and decays over a beat, so
that fingerprints find what they would find in music. Every seed is printed by the test that uses it.
"""

import array
import math
import random
import subprocess
import wave

RATE = 16000


class Sound:
    """Two channels of floats at RATE."""

    def __init__(self, seconds):
        count = int(seconds * RATE)
        self.left = array.array("d", bytes(8 * count))
        self.right = array.array("d", bytes(8 * count))

    @property
    def seconds(self):
        return len(self.left) / RATE

    def add(self, other, at, start=0.0, length=None, gain=1.0):
        """Mixes other[start, start + length) in, from time `at`."""
        length = other.seconds - start if length is None else length
        for mine, theirs in ((self.left, other.left), (self.right, other.right)):
            to = int(at * RATE)
            source = theirs[int(start * RATE) : int((start + length) * RATE)]
            for i, value in enumerate(source[: len(mine) - to], to):
                mine[i] += gain * value

    def write(self, path, rate=RATE):
        loudest = max(1.0, max(map(abs, self.left)), max(map(abs, self.right)))
        scale = 32000 / loudest
        both = array.array("h", bytes(4 * len(self.left)))
        both[0::2] = array.array("h", (int(v * scale) for v in self.left))
        both[1::2] = array.array("h", (int(v * scale) for v in self.right))
        with wave.open(str(path), "wb") as out:
            out.setnchannels(2)
            out.setsampwidth(2)
            out.setframerate(rate)
            out.writeframes(both.tobytes())


def _note(frequency, seconds, timbre):
    count = int(seconds * RATE)
    steps = [(2 * math.pi * frequency * (k + 1) / RATE, a) for k, a in enumerate(timbre)]
    steps = [(step, a) for step, a in steps if step < 0.9 * math.pi]
    values = array.array("d", bytes(8 * count))
    for step, amplitude in steps:
        # A rotating phasor: no call of sin for every sample.
        c, s, x, y = math.cos(step), math.sin(step), 0.0, amplitude
        for i in range(count):
            values[i] += x
            x, y = x * c + y * s, y * c - x * s
    decay, level = math.exp(-3.0 / count), 1.0
    for i in range(count):
        values[i] *= level * min(1.0, i / 80)
        level *= decay
    return values


def music(seed, seconds):
    """A piece of its own for every seed."""
    dice = random.Random(seed)
    root = dice.uniform(180, 260)
    scale = [root * 2 ** (n / 12 + octave) for octave in (0, 1, 2) for n in (0, 2, 3, 5, 7, 8, 10)]
    timbres = [[0.3, dice.uniform(0.05, 0.25), dice.uniform(0.02, 0.15)] for _ in range(3)]
    cache = {}
    sound = Sound(seconds)
    for voice, timbre in enumerate(timbres):
        pan = (0.5, 0.9, 0.15)[voice]
        at = dice.uniform(0, 0.2)
        while at < seconds - 0.1:
            length = dice.choice((0.18, 0.27, 0.36, 0.54))
            key = (voice, dice.choice(scale), length)
            if key not in cache:
                cache[key] = _note(key[1], length, timbre)
            first = int(at * RATE)
            for i, value in enumerate(cache[key][: len(sound.left) - first], first):
                sound.left[i] += (1 - pan) * value
                sound.right[i] += pan * value
            at += length * dice.uniform(0.9, 1.1)
    return sound


def tune(seconds):
    """Four chords over a bass in a steady beat, as anybody would call music: music() is as random as it is unique."""
    beat, timbre = 0.5, [0.2, 0.14, 0.1, 0.07, 0.05]
    sound, cache = Sound(seconds), {}
    for number in range(int(seconds / beat)):
        third, root = ((4, 0), (3, 9), (4, 5), (4, 7))[number // 4 % 4]
        for semitone in (root - 12, root, root + third, root + 7, root + (12, 14, 16, 19)[number % 4]):
            if semitone not in cache:
                cache[semitone] = Sound(beat)
                note = _note(220 * 2 ** (semitone / 12), beat, timbre)
                cache[semitone].left, cache[semitone].right = note, note
            sound.add(cache[semitone], at=number * beat)
    return sound


def noise(seed, seconds, gain):
    """What is not music: a bed that swells and falls."""
    dice = random.Random(seed)
    sound = Sound(seconds)
    last = 0.0
    for i in range(len(sound.left)):
        last = 0.7 * last + dice.uniform(-1, 1)
        value = gain * last * (0.6 + 0.4 * math.sin(i / RATE))
        sound.left[i] = value
        sound.right[i] = value
    return sound


def ffmpeg(*arguments):
    command = ["ffmpeg", "-v", "error", "-y", "-nostdin", *map(str, arguments)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def encode(wav, path, tags=None, codec=()):
    metadata = [word for k, v in (tags or {}).items() for word in ("-metadata", f"{k}={v}")]
    ffmpeg("-i", wav, *metadata, *codec, path)
    return path
