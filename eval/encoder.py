"""A mix made into what a broadcaster sends: loudness normalised, AAC, in MP4; with a check of its timing."""

import subprocess

import numpy as np

from sound import RATE, decode

LOUDNESS = "loudnorm=I=-23:TP=-2:LRA=11"  # EBU R 128; in one pass, hence with a gain that moves slowly
CHECK_SECONDS = 10  # the length of sound that is compared at each place
PLACES = (0.1, 0.5, 0.9)  # of the episode's length
LARGEST_TIMING_ERROR = 0.005  # seconds


def encode(mix, path, bit_rate, picture=None):
    """Writes the mix (samples, channels) to an MP4 file. `picture` is a lavfi source of the same length or None."""
    channels = mix.shape[1]
    command = ["ffmpeg", "-v", "error", "-y", "-nostdin", "-f", "f32le", "-ar", str(RATE), "-ac", str(channels),
               "-i", "pipe:0"]
    if picture:
        command += ["-f", "lavfi", "-i", picture, "-c:v", "libx264", "-preset", "ultrafast", "-crf", "35",
                    "-pix_fmt", "yuv420p", "-shortest"]
    command += ["-af", LOUDNESS, "-ar", str(RATE), "-ac", str(channels), "-c:a", "aac", "-b:a", f"{bit_rate}k",
                "-bitexact", str(path)]
    # stdin is the mix itself, so -nostdin only stops FFmpeg from reading keys.
    subprocess.run(command, input=mix.astype(np.float32).tobytes(), check=True)


def moving_picture(seconds, width=320, height=180):
    """A lavfi source: a test picture with motion, 25 frames a second."""
    return f"testsrc2=size={width}x{height}:rate=25:duration={seconds:.3f}"


def timing_error(mix, path):
    """By how many seconds the file as a player decodes it lies behind the mix: the worst of PLACES, found by
    cross-correlation. The phase transform makes it sharp also where the normaliser's gain moves."""
    heard = decode(path, mix.shape[1]).mean(axis=1)
    mixed = mix.mean(axis=1)
    errors = []
    for place in PLACES:
        start = int(place * len(mixed)) - CHECK_SECONDS * RATE // 2
        part = slice(max(0, start), max(0, start) + CHECK_SECONDS * RATE)
        errors.append(_lag(mixed[part], heard[part]))
    return max(errors, key=abs)


def _lag(a, b):
    size = 1 << int(np.ceil(np.log2(len(a) + len(b))))
    cross = np.fft.rfft(b, size) * np.conj(np.fft.rfft(a, size))
    correlation = np.fft.irfft(cross / (np.abs(cross) + 1e-9), size)
    lag = int(np.argmax(correlation))
    return (lag if lag < size // 2 else lag - size) / RATE
