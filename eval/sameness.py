"""Do two places of a recording sound the same? Music repeats itself, and either place is then a right answer."""

import functools
import pathlib

import numpy as np

from sound import RATE, decode

HOP = RATE // 20  # samples: 50 ms
BANDS = 32  # from 60 Hz to 6 kHz, equally wide in log frequency
LARGEST_SHIFT = 10  # hops: 0.5 s, the tolerance of a position (score.POSITION_TOLERANCE)
SMALLEST_CORRELATION = 0.85  # of two band spectrograms; 95 % of the pairs of passages of a recording have less than 0.7


class Sameness:
    """Answers for the recordings of one folder; an instance is the `is_same` that score.cues asks for."""

    def __init__(self, recordings):
        self._folder = pathlib.Path(recordings)
        self._spectrogram = functools.cache(self._spectrogram)

    def __call__(self, recording, a, b, length):
        bands = self._spectrogram(recording)
        first, second, count = (round(time * RATE / HOP) for time in (a, b, length))
        count = min(count, len(bands) - first)
        if count < 10 or first < 0:
            return False
        mine = bands[first : first + count]
        shifts = range(second - LARGEST_SHIFT, second + LARGEST_SHIFT + 1)
        return any(_correlation(mine, bands[at : at + count]) >= SMALLEST_CORRELATION
                   for at in shifts if 0 <= at <= len(bands) - count)

    def _spectrogram(self, recording):
        """Log power in each band at each hop."""
        samples = decode(self._folder / recording, 1)[:, 0]
        size = 2 * HOP
        count = max(0, (len(samples) - size) // HOP)
        windows = np.lib.stride_tricks.sliding_window_view(samples, size)[: count * HOP : HOP]
        power = np.abs(np.fft.rfft(windows * np.hanning(size).astype(np.float32))) ** 2
        edges = np.unique(np.round(np.geomspace(60, 6000, BANDS + 1) * size / RATE).astype(int))
        return np.log10(np.add.reduceat(power, edges, axis=1)[:, :-1] + 1e-4).astype(np.float32)


def _correlation(a, b):
    """Of the two spectrograms, each band freed of its own mean: steady timbre alone is not likeness."""
    a, b = a - a.mean(axis=0), b - b.mean(axis=0)
    scale = np.sqrt(np.sum(a * a) * np.sum(b * b))
    return float(np.sum(a * b) / scale) if scale > 0 else 0.0
