"""Dialogue: lines by synthesized and real speakers, set one after the other with natural pauses."""

import functools
import hashlib
import os
import pathlib
import subprocess
import tempfile
from dataclasses import dataclass, field

import numpy as np

import material
import sentences
from sound import RATE, amplitude, block_rms, convolve, decode, power

LINES_EDITION = 1  # to be raised whenever the same line would sound otherwise
SPEECH_RMS = amplitude(-26)  # of each line: leaves the head-room that a mix for broadcast has
SHORTEST_LINE = 1.2  # seconds; anything shorter is a word, not a line
REAL_SHARE = 0.55  # of the dialogue's seconds that are planned for real voices; at least half must result
# A real prompt played at these rates sounds like different people, who share its language.
SPEAKER_RATES = (0.82, 0.92, 1.0, 1.07)
PAUSE_BLOCK = 0.02  # seconds: resolution in which speech and pause are told apart
PAUSE_DEPTH = amplitude(-35)  # against the line's own RMS: below it a block is a pause
SHORTEST_PAUSE = 0.3  # seconds: what is shorter belongs to the words around it


@dataclass(frozen=True)
class Line:
    """One thing said by one speaker: enough to produce its sound again."""

    speaker: str
    text: str  # what a synthesizer says, or the path of a prompt within its package
    rate: float  # of a real prompt; 1.0 for synthesized lines

    @property
    def is_real(self):
        return self.speaker.startswith("prompt:")


@dataclass
class Dialogue:
    """A mono track, where speech is heard in it, how much of it is by whom, and (start, end) of each line."""

    samples: np.ndarray
    speech: np.ndarray  # one bool for each PAUSE_BLOCK
    real_seconds: float
    synthetic_seconds: float
    lines: list = field(default_factory=list)

    def coverage(self, start, end):
        """The share of [start, end) in which somebody speaks."""
        part = self.speech[round(start / PAUSE_BLOCK) : round(end / PAUSE_BLOCK)]
        return float(part.mean()) if part.size else 0.0


def lines(half):
    """All lines of one half, (synthetic, real), in a fixed order."""
    synthetic = [Line(f"{program}:{name}", text, 1.0)
                 for program, name, language in sentences.VOICES[half]
                 for text in sentences.SENTENCES[half][language]]
    real = [Line(f"prompt:{language}", str(path), rate)
            for language in sentences.REAL_VOICES[half]
            for path in material.voice_prompts(language)
            for rate in SPEAKER_RATES]
    return synthetic, real


@functools.lru_cache(maxsize=2000)
def speak(line):
    """The line's samples (mono), without silence at its ends, at SPEECH_RMS. Empty when it is too short."""
    sound = _spoken(line)
    if len(sound) < SHORTEST_LINE * RATE:
        return np.zeros(0, np.float32)
    heard = np.nonzero(block_rms(sound, PAUSE_BLOCK) > PAUSE_DEPTH * np.sqrt(power(sound)))[0]
    block = int(PAUSE_BLOCK * RATE)
    sound = sound[heard[0] * block : (heard[-1] + 1) * block]
    if len(sound) < SHORTEST_LINE * RATE:
        return np.zeros(0, np.float32)
    return (sound * (SPEECH_RMS / np.sqrt(power(sound)))).astype(np.float32)


def _spoken(line):
    """The line as it is spoken, from the cache when it is known: to start a speaker costs more than to listen."""
    key = hashlib.sha256(repr((LINES_EDITION, line.speaker, line.text, line.rate)).encode()).hexdigest()[:20]
    stored = material.cache_directory() / "lines" / f"{key}.npy"
    if not stored.exists():
        sound = _read_prompt(line) if line.is_real else _synthesize(line)
        stored.parent.mkdir(parents=True, exist_ok=True)
        scratch = stored.with_suffix(f".{os.getpid()}.npy")
        np.save(scratch, np.round(np.clip(sound, -1, 1) * 32767).astype(np.int16))
        os.replace(scratch, stored)
    return np.load(stored).astype(np.float32) / 32767


def _read_prompt(line):
    played_at = round(16000 * line.rate)  # the prompts are 16 kHz
    return decode(line.text, 1, ("-f", "g722"), f"asetrate={played_at}")[:, 0]


def _synthesize(line):
    program, name = line.speaker.split(":")
    with tempfile.TemporaryDirectory() as scratch:
        out = pathlib.Path(scratch) / "line.wav"
        if program == "flite":
            command = ["flite", "-voice", name, "-t", line.text, "-o", out]
        else:
            command = ["espeak-ng", "-v", name, "-w", out, line.text]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8"})
        return decode(out, 1)[:, 0]


def perform(rng, half, seconds, scenes):
    """A dialogue track of that length. `scenes` are (start, end, shortest pause, longest pause) in seconds,
    in order; nobody speaks outside them, and a line that would not end within its scene is cut there."""
    synthetic, real = lines(half)
    track = Dialogue(np.zeros(int(seconds * RATE), np.float32), np.zeros(int(seconds / PAUSE_BLOCK) + 1, bool), 0, 0)
    for start, end, shortest, longest in scenes:
        now = start + rng.uniform(0, shortest)
        while now < end - SHORTEST_LINE / 2:
            spoken = track.real_seconds + track.synthetic_seconds
            wants_real = bool(real) and track.real_seconds <= REAL_SHARE * spoken
            pool = real if wants_real else synthetic
            sound = speak(pool[rng.integers(len(pool))])
            if sound.size == 0:
                continue
            now = _place(rng, track, sound, now, end, wants_real) + rng.uniform(shortest, longest)
    return track


def _place(rng, track, sound, now, end, is_real):
    """Adds a line at `now`, cut at `end`, and returns when it is over."""
    first = int(now * RATE)
    room = min(int(end * RATE), len(track.samples)) - first
    part = sound[:room] * amplitude(rng.uniform(-2, 2))  # speakers stand nearer and farther
    if len(part) == 0:
        return end
    tail = min(len(part), int(0.01 * RATE))
    part[-tail:] *= np.linspace(1, 0, tail, dtype=np.float32)
    track.samples[first : first + len(part)] += part
    track.lines.append((now, now + len(part) / RATE))
    spoken = _without_short_pauses(block_rms(part, PAUSE_BLOCK) > PAUSE_DEPTH * SPEECH_RMS)
    block = round(now / PAUSE_BLOCK)
    track.speech[block : block + len(spoken)] |= spoken[: len(track.speech) - block]
    if is_real:
        track.real_seconds += len(part) / RATE
    else:
        track.synthetic_seconds += len(part) / RATE
    return now + len(part) / RATE


def _without_short_pauses(speech):
    """Counts as speech what lies between two spoken blocks less than SHORTEST_PAUSE apart."""
    filled = speech.copy()
    spoken = np.nonzero(speech)[0]
    for before, after in zip(spoken[:-1], spoken[1:]):
        if (after - before) * PAUSE_BLOCK < SHORTEST_PAUSE:
            filled[before:after] = True
    return filled


def in_room(rng, samples, decay=0.4, wet_db=-8.0):
    """The mono track in the centre of a stereo picture, in a room whose reverberation (exponentially decaying
    noise, `decay` seconds to -60 dB, different in left and right) lies wet_db below the direct sound."""
    length = int(decay * RATE)
    fall = np.exp(-6.9 * np.arange(length) / length).astype(np.float32)  # e^-6.9 = -60 dB
    stereo = np.empty((len(samples), 2), np.float32)
    for channel in range(2):
        response = rng.standard_normal(length).astype(np.float32) * fall
        response *= amplitude(wet_db) / np.sqrt(np.sum(response**2))
        stereo[:, channel] = samples + convolve(samples, response)
    return stereo
