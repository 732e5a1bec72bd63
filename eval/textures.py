"""Made-up music of textures that Debian's recordings hardly hold, and tonal sounds that are no music.

Textures are short MIDI pieces played by FluidSynth: solo piano, pads and drones, percussion alone, plucked
strings, bowed strings, a small band; and plain synthesizers. What is no music: a voice that sings alone, sirens, telephones,
horns, hiss of any colour. All are made otherwise than the evaluation's textures and singing, so that these test
what was not learned from.
"""

import pathlib
import struct
import subprocess
import tempfile

import numpy as np

import material
from sound import RATE, amplitude, decode, power

TEXTURES = ("piano", "pad", "percussion", "guitar", "strings", "band", "synthesizer")
NOISES = ("singing", "siren", "telephone", "horns")
SOUND_FONT, SOUND_FONT_PATH = "timgm6mb-soundfont", "usr/share/sounds/sf2/TimGM6mb.sf2"  # not the evaluation's
TICKS = 480  # of MIDI, a quarter note

_PROGRAMS = {"piano": (0, 1, 4), "pad": (48, 50, 52, 88, 89, 91, 92, 95), "guitar": (24, 25, 26, 46),
             "strings": (40, 41, 42, 44, 48, 68, 71, 73), "band": (0, 24, 27, 56, 61, 81)}
_SCALES = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 2, 3, 5, 7, 8, 11))
_PROGRESSIONS = ((0, 5, 3, 4), (0, 3, 4, 0), (5, 3, 0, 4), (0, 4, 5, 3), (0, 6, 5, 6))


def play(rng, texture, seconds):
    """A stereo piece of the texture, RMS 0.1."""
    if texture == "synthesizer":
        piece = _synthesizer(rng, seconds)
        return piece * (0.1 / np.sqrt(power(piece)))
    with tempfile.TemporaryDirectory() as scratch:
        score, sound = pathlib.Path(scratch) / "piece.mid", pathlib.Path(scratch) / "piece.wav"
        score.write_bytes(_midi(_notes(rng, texture, seconds), float(rng.uniform(60, 150))))
        font = material.unpacked(SOUND_FONT) / SOUND_FONT_PATH
        subprocess.run(["fluidsynth", "-ni", "-q", "-g", "0.6", "-r", str(RATE), "-F", sound, font, score],
                       check=True, capture_output=True)
        piece = decode(sound)[: int(seconds * RATE)].copy()
    return piece * (0.1 / np.sqrt(power(piece)))


def _synthesizer(rng, seconds):
    """Three voices of plain tones that die away, each with a pace of its own; no bass, no drums, no hall."""
    piece = np.zeros((int(seconds * RATE), 2), np.float32)
    scale, root = _SCALES[rng.integers(3)], float(rng.uniform(48, 66))
    for voice in range(3):
        place, fall, pace = rng.uniform(0.1, 0.9), rng.uniform(1, 8), float(rng.choice([0.15, 0.25, 0.4, 0.8]))
        partials = [(k, rng.uniform(0.02, 1) / k) for k in range(1, int(rng.integers(2, 8)))]
        at = rng.uniform(0, pace)
        while at < seconds - 0.1:
            length = min(pace * float(rng.choice([1, 1, 2, 4])) * rng.uniform(0.9, 1.1), seconds - at)
            pitch = root + 12 * int(rng.integers(0, 3)) + scale[rng.integers(7)]
            time = np.arange(int(length * RATE)) / RATE
            note = sum(a * np.sin(2 * np.pi * k * 440 * 2 ** ((pitch - 69) / 12) * time) for k, a in partials)
            note *= np.exp(-fall * time / length) * np.minimum(1, time / 0.005)
            first = int(at * RATE)
            piece[first : first + len(note)] += note[: len(piece) - first, None] * np.array([1 - place, place])
            at += length
    return piece


def filtered(rng, piece):
    """The piece as through a small loudspeaker, or from afar: without its bass, its treble or both."""
    low, high = rng.choice([20, 150, 300]), rng.choice([2500, 4500, 16000])
    spectrum = np.fft.rfft(piece, axis=0)
    frequency = np.fft.rfftfreq(len(piece), 1 / RATE)[:, None]
    spectrum *= 1 / (1 + (low / np.maximum(frequency, 1)) ** 4) / (1 + (frequency / high) ** 6)
    return np.fft.irfft(spectrum, len(piece), axis=0).astype(np.float32)


def hiss(rng, seconds):
    """Noise of any colour, in the middle or wide, that swells slowly or not at all; RMS 1.0."""
    length = int(seconds * RATE)
    frequency = np.maximum(np.fft.rfftfreq(length, 1 / RATE), 20)
    shape = frequency ** rng.uniform(-1.5, 0.3) / (1 + (frequency / rng.choice([3000, 8000, 20000])) ** 4)
    noises = [np.fft.irfft(np.fft.rfft(rng.standard_normal(length)) * shape, length) for _ in range(2)]
    width = rng.choice([0, 0.5, 1])
    bed = np.stack([noises[0] + width * noises[1], noises[0] - width * noises[1]], axis=1)
    swell = rng.uniform(0, 0.8) * np.sin(2 * np.pi * np.arange(length) / RATE / rng.uniform(2, 10))
    bed *= (1 + swell)[:, None]
    return (bed / np.sqrt(power(bed))).astype(np.float32)


def _notes(rng, texture, seconds):
    """(beat, beats, channel, program, key, velocity), in no order."""
    beats = int(seconds * 150 / 60) + 8
    if texture == "percussion":
        return _drums(rng, beats)
    program = int(rng.choice(_PROGRAMS[texture]))
    scale, root = _SCALES[rng.integers(3)], int(rng.integers(40, 60))
    chords = _PROGRESSIONS[rng.integers(len(_PROGRESSIONS))]
    span = {"pad": 8, "strings": 4}.get(texture, int(rng.choice([2, 4])))

    def key(step):
        return root + 12 * (step // 7) + scale[step % 7]

    notes = []
    for beat in range(0, beats, span):
        chord = chords[beat // span % len(chords)]
        tones = [chord, chord + 2, chord + 4] + ([chord + 7] if rng.random() < 0.4 else [])
        if texture == "pad":
            tones = tones[: int(rng.integers(1, 4))]
        if texture in ("pad", "strings", "band"):
            notes += [(beat, span, 0, program, key(t), int(rng.integers(50, 90))) for t in tones]
        else:
            rate = float(rng.choice([0.5, 1]))
            for i, at in enumerate(np.arange(0, span, rate)):
                notes.append((beat + at, 1.5, 0, program, key(tones[i % len(tones)]), int(rng.integers(45, 95))))
            notes.append((beat, span, 0, program, key(chord - 7), int(rng.integers(50, 90))))
        if texture != "pad" and rng.random() < 0.7:  # a melody above
            at = 0.0
            while at < span:
                length = float(rng.choice([0.5, 1, 1.5, 2]))
                notes.append((beat + at, length, 1, program, key(int(rng.integers(7, 15))), int(rng.integers(60, 110))))
                at += length
    return notes + (_drums(rng, beats) if texture == "band" else [])


def _drums(rng, beats):
    pattern = [(float(at), int(drum), int(rng.integers(50, 115)))
               for drum in rng.choice([35, 36, 38, 40, 42, 46, 41, 45, 47, 51, 54, 62, 63, 70, 75], 4, replace=False)
               for at in np.arange(0, 4, 0.5) if rng.random() < 0.45]
    return [(bar + at, 0.2, 9, 0, drum, velocity) for bar in range(0, beats, 4) for at, drum, velocity in pattern]


def _midi(notes, tempo):
    events = [(0, b"\xff\x51\x03" + struct.pack(">I", int(6e7 / tempo))[1:])]
    for channel, program in sorted({(n[2], n[3]) for n in notes}):
        if channel != 9:
            events.append((0, bytes([0xC0 | channel, program])))
    for beat, length, channel, _, pitch, velocity in notes:
        events.append((int(beat * TICKS), bytes([0x90 | channel, pitch & 127, velocity])))
        events.append((int((beat + length) * TICKS), bytes([0x80 | channel, pitch & 127, 0])))
    body, now = b"", 0
    for at, event in sorted(events):
        body += _varint(at - now) + event
        now = at
    body += b"\x00\xff\x2f\x00"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS) + b"MTrk" + struct.pack(">I", len(body)) + body


def _varint(value):
    digits = [value & 127]
    while value := value >> 7:
        digits.append(value & 127 | 128)
    return bytes(reversed(digits))


def noise(rng, kind, seconds):
    """A mono sound that is no music, RMS 0.1 where it sounds."""
    made = {"singing": _singing, "siren": _siren, "telephone": _telephone, "horns": _horns}[kind](rng, seconds)
    return (made * (0.1 / np.sqrt(power(made)))).astype(np.float32)


def _singing(rng, seconds):
    """A glottal series through wandering formants, on a melody with glides, vibrato and breaths."""
    step = 48
    count = int(seconds * RATE) // step + 1
    pitch, loud, vowel = np.zeros(count), np.zeros(count), np.zeros(count, int)
    scale, root, at, degree = _SCALES[rng.integers(3)], float(rng.uniform(45, 66)), 0, 0
    while at < count:
        length = int(rng.choice([0.25, 0.4, 0.6, 0.9, 1.5]) * 1000)
        degree = int(np.clip(degree + rng.integers(-3, 4), -3, 8))
        pitch[at : at + length] = root + 12 * (degree // 7) + scale[degree % 7] + rng.normal(0, 0.15)
        loud[at : at + length] = rng.uniform(0.5, 1)
        vowel[at : at + length] = rng.integers(5)
        at += length
        if rng.random() < 0.15 and at < count:
            pitch[at : at + 300] = pitch[at - 1]
            at += 300
    time = np.arange(count) / 1000
    kernel = np.hanning(int(rng.uniform(60, 140)))
    pitch = np.convolve(np.pad(pitch, 200, mode="edge"), kernel / kernel.sum(), "same")[200:-200][:count]
    wander = np.convolve(rng.standard_normal(count + 400), np.hanning(400) / 200, "same")[:count]
    depth = rng.uniform(0.1, 0.6) * np.convolve(loud, np.ones(300) / 300, "same")
    pitch += depth * np.sin(2 * np.pi * rng.uniform(4.8, 6.5) * time + rng.uniform(0, 6)) + 0.8 * wander
    loud = np.convolve(loud, np.hanning(80) / 40, "same")
    fundamental = 440 * 2 ** ((pitch - 69) / 12)
    formants = np.array([(730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480), (570, 840, 2410)])
    centres = np.stack([np.convolve(np.pad(formants[vowel, i].astype(float), 60, mode="edge"), np.ones(60) / 60,
                                    "same")[60:-60] for i in range(3)]) * rng.uniform(0.95, 1.2)
    phase = 2 * np.pi * np.cumsum(np.interp(np.arange(count * step) / step, np.arange(count), fundamental)) / RATE
    out = np.zeros(count * step)
    for k in range(1, 24):
        f = k * fundamental
        gain = sum(1 / (1 + ((f - c) / 90) ** 2) for c in centres) * (f < 7000) / k**0.6 * loud
        out += np.interp(np.arange(count * step) / step, np.arange(count), gain) * np.sin(k * phase)
    out += 0.01 * rng.standard_normal(len(out)) * np.abs(out).max()
    return _reverberant(rng, out[: int(seconds * RATE)])


def _siren(rng, seconds):
    time = np.arange(int(seconds * RATE)) / RATE
    low, high = rng.uniform(350, 700), rng.uniform(800, 1600)
    period = rng.uniform(0.25, 4)
    turn = time / period % 1
    shape = (0.5 - 0.5 * np.cos(2 * np.pi * turn)) if rng.random() < 0.6 else (turn > 0.5).astype(float)
    phase = 2 * np.pi * np.cumsum(low + (high - low) * shape) / RATE
    return _reverberant(rng, sum(np.sin(k * phase) / k ** rng.uniform(0.7, 2) for k in range(1, 5)))


def _telephone(rng, seconds):
    time = np.arange(int(seconds * RATE)) / RATE
    a, b = rng.uniform(350, 1500, 2)
    on, off = rng.uniform(0.1, 2), rng.uniform(0.1, 4)
    gate = (time % (on + off) < on).astype(float)
    gate = np.convolve(gate, np.hanning(480) / 240, "same")
    warble = 1 + 0.5 * np.sign(np.sin(2 * np.pi * rng.uniform(10, 25) * time)) * (rng.random() < 0.5)
    return gate * warble * (np.sin(2 * np.pi * a * time) + np.sin(2 * np.pi * b * time)) + 1e-4


def _horns(rng, seconds):
    """Cars hoot now and then."""
    out = np.full(int(seconds * RATE), 1e-4)
    at = rng.uniform(0, 1)
    while at < seconds - 1.2:
        time = np.arange(int(rng.uniform(0.15, 1.0) * RATE)) / RATE
        f = rng.uniform(300, 480)
        hoot = sum(np.sin(2 * np.pi * f * r * k * time) / k for k in range(1, 9) for r in (1, 1.26))
        first = int(at * RATE)
        out[first : first + len(time)] += hoot * np.minimum(1, 40 * np.minimum(time, time[::-1]))
        at += len(time) / RATE + rng.exponential(1.5)
    return _reverberant(rng, out)


def _reverberant(rng, dry):
    length = int(rng.uniform(0.1, 0.8) * RATE)
    response = rng.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    response *= amplitude(rng.uniform(-20, -6)) / np.sqrt(np.sum(response**2))
    size = 1 << int(np.ceil(np.log2(len(dry) + length)))
    return dry + np.fft.irfft(np.fft.rfft(dry, size) * np.fft.rfft(response, size), size)[: len(dry)]
