"""Sound in memory: float32 numpy arrays of shape (samples, channels) at RATE, full scale = 1.0."""

import subprocess
import wave

import numpy as np

RATE = 48000  # Hz: the rate of broadcast sound
SEEK_MARGIN = 1.0  # seconds that are decoded before a part, so that it is the same as in the whole
SILENCE_DB = -120.0  # what a level of "nothing at all" is printed as


def decode(path, channels=2, input_options=(), filters=None):
    """The whole of a media file as an array. Raises CalledProcessError when FFmpeg cannot read it."""
    command = ["ffmpeg", "-v", "error", "-nostdin", *input_options, "-i", str(path), "-vn"]
    command += ["-af", filters] if filters else []
    command += ["-ar", str(RATE), "-ac", str(channels), "-f", "f32le", "-"]
    pcm = subprocess.run(command, check=True, capture_output=True).stdout
    return np.frombuffer(pcm, np.float32).reshape(-1, channels)


def decode_part(path, start, seconds):
    """Stereo samples of [start, start + seconds) of a media file, without decoding much of what lies before."""
    before = min(start, SEEK_MARGIN)
    return decode(path, 2, ("-ss", f"{start - before:.6f}"), f"atrim={before:.6f}:{before + seconds:.6f}")


def save(path, samples):
    """Writes 16-bit WAV. For mixes that may exceed full scale use raw floats (see encoder.py)."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(samples.shape[1])
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def power(samples):
    """Mean square over all samples and channels."""
    return float(np.mean(np.square(samples, dtype=np.float64))) if samples.size else 0.0


def decibels(power_ratio):
    """10 log10, with silence as SILENCE_DB rather than minus infinity."""
    return max(SILENCE_DB, 10 * float(np.log10(max(power_ratio, 1e-30))))


def amplitude(level_db):
    """The factor on samples that changes their level by level_db."""
    return 10 ** (level_db / 20)


def side(samples):
    """(left - right) / 2, or nothing of a mono array."""
    if samples.shape[1] == 1:
        return np.zeros(len(samples), np.float32)
    return (samples[:, 0] - samples[:, 1]) / 2


def side_share(samples):
    """The share of the power that lies in the side channel, 0 to 1."""
    total = power(samples)
    return power(side(samples)) / total if total > 0 else 0.0


def block_rms(samples, seconds):
    """RMS of each full block of that many seconds; of all samples when they fill no block."""
    length = max(1, int(seconds * RATE))
    mono = np.square(samples).mean(axis=1) if samples.ndim == 2 else np.square(samples)
    count = max(1, len(mono) // length)
    return np.sqrt(mono[: count * length].reshape(count, -1).mean(axis=1))


def convolve(signal, response):
    """Linear convolution of a mono signal, cut to the signal's length; by overlap-add in blocks."""
    size = 1 << 17  # about 2.7 s: large against the response, small against memory
    step = size - len(response) + 1
    spectrum = np.fft.rfft(response, size)
    out = np.zeros(len(signal) + size, np.float32)
    for start in range(0, len(signal), step):
        block = np.fft.irfft(np.fft.rfft(signal[start : start + step], size) * spectrum, size)
        out[start : start + size] += block
    return out[: len(signal)]


def smooth(envelope, width):
    """Moving average over `width` values with the ends held."""
    padded = np.pad(envelope, (width // 2, width - width // 2 - 1), mode="edge")
    sums = np.cumsum(np.concatenate([[0.0], padded]))
    return (sums[width:] - sums[:-width]) / width
