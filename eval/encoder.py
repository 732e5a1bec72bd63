"""A mix made into what a broadcaster sends: at its speed, loudness normalised, encoded; with a check of its timing."""

import re
import subprocess

import numpy as np

from sound import RATE, amplitude, decode

TARGET_LOUDNESS = -23  # LUFS: EBU R 128
PEAK = "alimiter=limit=0.79:level=false:latency=true"  # -2 dB; what it holds back to look ahead is made up for
MOVING = "loudnorm=I=-23:TP=-2:LRA=11"  # in one pass, hence with a gain that moves slowly
STRONG = f"dynaudnorm=f=250:g=9:m=15:p=0.6,{PEAK}"  # within seconds, as for listening on the move
CODECS = {  # encoder and container
    "aac": (("-c:a", "aac", "-aac_coder", "fast"), "m4a"),
    "mp2": (("-c:a", "mp2"), "ts"),
    "ac3": (("-c:a", "ac3"), "mkv"),
}
CHECK_SECONDS = 10  # the length of sound that is compared at each place
PLACES = (0.1, 0.5, 0.9)  # of the episode's length
LARGEST_TIMING_ERROR = 0.011  # seconds; MP2 and AC-3 have no way to say how late their encoders are: 10 and 5 ms


def suffix(delivery, has_picture):
    return "mp4" if has_picture else CODECS[delivery.codec][1]


def at_speed(mix, rate):
    """The mix played `rate` times as fast, pitch included, at RATE again."""
    if rate == 1:
        return mix
    channels = mix.shape[1]
    command = ["ffmpeg", "-v", "error", "-f", "f32le", "-ar", str(round(RATE * rate)), "-ac", str(channels), "-i",
               "pipe:0", "-ar", str(RATE), "-f", "f32le", "pipe:1"]
    done = subprocess.run(command, input=mix.astype(np.float32).tobytes(), check=True, capture_output=True)
    return np.frombuffer(done.stdout, np.float32).reshape(-1, channels)


def encode(mix, path, delivery, picture=None):
    """Writes the mix (samples, channels) as the delivery says. `picture` is a lavfi source of that length or None."""
    channels = mix.shape[1]
    sound = ["-f", "f32le", "-ar", str(RATE), "-ac", str(channels), "-i", "pipe:0"]
    samples = mix.astype(np.float32).tobytes()
    command = ["ffmpeg", "-v", "error", "-y", "-nostdin", *sound]
    if picture:
        command += ["-f", "lavfi", "-i", picture, "-c:v", "libx264", "-preset", "ultrafast", "-crf", "35",
                    "-pix_fmt", "yuv420p", "-shortest"]
    command += ["-af", _normaliser(samples, sound, delivery), "-ar", str(delivery.sample_rate), "-ac", str(channels),
                *CODECS[delivery.codec][0], "-b:a", f"{delivery.bit_rate}k", "-bitexact", str(path)]
    # stdin is the mix itself, so -nostdin only stops FFmpeg from reading keys.
    subprocess.run(command, input=samples, check=True)


def _normaliser(samples, sound, delivery):
    if delivery.loudness == "moving":
        return MOVING
    if delivery.loudness == "strong":
        return STRONG
    measured = subprocess.run(["ffmpeg", "-nostdin", *sound, "-af", "ebur128=framelog=verbose", "-f", "null", "-"],
                              input=samples, check=True, capture_output=True).stderr.decode()
    loudness = float(re.findall(r"I:\s+(-?[\d.]+) LUFS", measured)[-1])
    return f"volume={amplitude(TARGET_LOUDNESS - loudness):.6f},{PEAK}"


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
