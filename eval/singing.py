"""Singing, synthesized: sung vowels on a melody, with glides, vibrato, breath and consonants between them.

Each note is a glottal pulse train as a sum of harmonics, shaped by the formants of a vowel (Peterson and Barney,
"Control methods used in a study of the vowels", 1952); the pitch glides from note to note and sways at some 5.5 Hz once
a note is held. It is no singer, but it does what makes singing hard here: partials that move, where melodies lie.
"""

from dataclasses import dataclass

import numpy as np

from sound import RATE, power, smooth

VOWELS = {  # centre frequencies of three formants in Hz, for a woman's voice
    "a": (850, 1220, 2810), "e": (610, 2330, 2990), "i": (310, 2790, 3310), "o": (590, 920, 2710),
    "u": (370, 950, 2670),
}
FORMANT_WIDTHS = (90, 120, 180)  # Hz
FORMANT_GAINS = (1.0, 0.5, 0.25)
HIGHEST_PARTIAL = 5500  # Hz
LOWEST_PITCH, HIGHEST_PITCH = 55, 79  # g to g'': melodies are moved by octaves to lie here
GLIDE = 0.06  # seconds from note to note
VIBRATO_RATE, VIBRATO_DEPTH = 5.5, 0.012  # Hz; share of the frequency
CONSONANT = 0.05  # seconds
VOICE_RATE = RATE // 3  # Hz: all that a voice is made of here fits below half of it
CONTROL = VOICE_RATE // 200  # samples for each of which pitch and loudness are set: 5 ms


@dataclass(frozen=True)
class Sung:
    """One syllable; times in seconds."""

    start: float
    end: float
    pitch: float  # as in MIDI


def sing(rng, melody, seconds):
    """A mono track of that length on which the syllables (in order, not overlapping) are sung; RMS 1.0 where sung."""
    count = int(seconds * VOICE_RATE) // CONTROL + 1
    frequency, loudness, vowel = _contours(rng, melody, count)
    at = np.arange(count * CONTROL) / CONTROL
    phase = np.cumsum(np.interp(at, np.arange(count), frequency)) * (2 * np.pi / VOICE_RATE)
    voice = np.zeros(len(at), np.float32)
    lowest = frequency[loudness > 0].min() if np.any(loudness > 0) else HIGHEST_PARTIAL
    for partial in range(1, int(HIGHEST_PARTIAL / lowest) + 1):
        gains = loudness * _formants(vowel, partial * frequency) / partial
        gains[partial * frequency > HIGHEST_PARTIAL] = 0
        voice += np.interp(at, np.arange(count), gains).astype(np.float32) * np.sin(partial * phase).astype(np.float32)
    voice += _consonants(rng, melody, len(voice)) * np.sqrt(power(voice))
    sung = np.interp(at, np.arange(count), loudness) > 0.05
    scale = np.sqrt(power(voice[sung])) if sung.any() else 1.0
    return _to_rate(voice / scale)[: int(seconds * RATE)]


def _to_rate(voice):
    """From VOICE_RATE to RATE, through the spectrum; silence around it keeps the ends apart."""
    padded = np.pad(voice, (0, 1024 - len(voice) % 1024 + 1024))
    spectrum = np.fft.rfft(padded)
    times = RATE // VOICE_RATE
    return (times * np.fft.irfft(spectrum, times * len(padded))[: times * len(voice)]).astype(np.float32)


def melody(rng, seconds):
    """A tune in phrases with breaths between them: steps of a major scale, mostly small."""
    scale = np.array([0, 2, 4, 5, 7, 9, 11, 12])
    tonic, beat = int(rng.integers(57, 67)), float(rng.uniform(0.45, 0.7))
    sung, now, degree = [], float(rng.uniform(0, 0.5)), int(rng.integers(8))
    while now < seconds - 1:
        for _ in range(int(rng.integers(4, 9))):
            length = beat * float(rng.choice([0.5, 1, 1, 1.5, 2]))
            degree = int(np.clip(degree + rng.integers(-2, 3), 0, 7))
            sung.append(Sung(now, min(now + 0.95 * length, seconds), float(tonic + scale[degree])))
            now += length
            if now >= seconds - 0.5:
                return sung
        now += beat * float(rng.uniform(0.5, 1.5))
    return sung


def tune_of(notes):
    """The syllables that follow a part's Notes: of notes that sound together the highest, within the voice's range."""
    sung = []
    for note in sorted(notes, key=lambda note: (round(note.start, 2), -note.pitch)):
        if sung and note.start < sung[-1].start + 0.05:
            continue
        if sung and sung[-1].end > note.start:
            sung[-1] = Sung(sung[-1].start, note.start, sung[-1].pitch)
        if note.end - note.start > 0.04:
            sung.append(Sung(note.start, note.end, _in_range(note.pitch)))
    return sung


def _in_range(pitch):
    while pitch > HIGHEST_PITCH:
        pitch -= 12
    while pitch < LOWEST_PITCH:
        pitch += 12
    return float(pitch)


def _contours(rng, melody, count):
    """(frequency in Hz, loudness, formants) at each control step."""
    step = CONTROL / VOICE_RATE
    pitch, loudness = np.full(count, np.nan), np.zeros(count)
    vowel = np.zeros((count, 3))
    for note in melody:
        first, last = int(note.start / step), min(count, int(note.end / step))
        if last - first < 3:
            continue
        held = (np.arange(last - first) + 1) * step
        sway = VIBRATO_DEPTH * np.clip((held - 0.25) / 0.3, 0, 1) * np.sin(2 * np.pi * VIBRATO_RATE * held)
        pitch[first:last] = note.pitch + 12 * np.log2(1 + sway) + rng.normal(0, 0.08)
        rise, fall = np.clip(held / 0.05, 0, 1), np.clip((held[-1] - held) / 0.07, 0, 1)
        loudness[first:last] = rise * fall * rng.uniform(0.7, 1)
        vowel[first:last] = VOWELS[str(rng.choice(list(VOWELS)))]
    known = np.nonzero(~np.isnan(pitch))[0]
    if known.size == 0:
        return np.full(count, 220.0), loudness, np.full((count, 3), 700.0)
    pitch = np.interp(np.arange(count), known, pitch[known])
    vowel = np.stack([np.interp(np.arange(count), known, vowel[known, i]) for i in range(3)], axis=1)
    glide = max(1, round(GLIDE / step))
    vowel = np.stack([smooth(vowel[:, i], glide) for i in range(3)], axis=1)
    return 440 * 2 ** ((smooth(pitch, glide) - 69) / 12), loudness, vowel


def _formants(vowel, frequency):
    """The vocal tract's gain at one frequency for each control step: a sum of resonances."""
    gain = np.full(len(frequency), 0.02)
    for index, (width, height) in enumerate(zip(FORMANT_WIDTHS, FORMANT_GAINS)):
        gain += height / (1 + ((frequency - vowel[:, index]) / width) ** 2)
    return gain


def _consonants(rng, melody, length):
    """Bursts of bright noise before half of the notes."""
    out = np.zeros(length, np.float32)
    for note in melody:
        first = int((note.start - CONSONANT / 2) * VOICE_RATE)
        size = min(int(CONSONANT * VOICE_RATE), length - first)
        if first < 0 or size <= 0 or rng.random() < 0.5:
            continue
        burst = np.diff(rng.standard_normal(size + 1)) * np.hanning(size)
        out[first : first + size] += 0.4 * burst
    return out
