"""What is done to the music of a cue before it is mixed in: stereo samples at RATE in, the same many out.

Tempo and pitch are changed by Rubber Band, which keeps the other; all else is FFmpeg's or a convolution. Where the
music is treated by its level, it is brought to a usual one before.
"""

import pathlib
import subprocess
import tempfile

import numpy as np

import rows
from sound import RATE, amplitude, convolve, decode, power, save

USUAL_RMS = amplitude(-20)
REVERB_TIMES = (0.6, 1.4)  # seconds to -60 dB
REVERB_WET_DB = (-3, 3)  # of the room's answer over the direct sound
# A small loudspeaker: steep at both ends, and one channel.
RADIO = "pan=stereo|c0=0.5*c0+0.5*c1|c1=0.5*c0+0.5*c1,highpass=f=250,highpass=f=250,lowpass=f=3000,lowpass=f=3000"
COMPRESSOR = ("acompressor=threshold=0.03:ratio=8:attack=3:release=60:knee=2:makeup=4,"
              "alimiter=limit=0.3:level=false:latency=true")


def source_seconds(cue, seconds):
    """How much of the recording `seconds` of the cue use."""
    return seconds * cue.rate


def apply(rng, cue, samples, length):
    """The cue's music, made `length` samples long."""
    name = cue.wanted.modification
    if cue.rate != 1 or cue.pitch != 1:
        samples = _stretched(samples, cue.rate, cue.pitch)
    elif name == "compressor and limiter":
        samples = _filtered(_at_usual_level(samples), COMPRESSOR)
    elif name == "equalizer":
        samples = _filtered(samples, _equalizer(rng))
    elif name == rows.RADIO:
        samples = _filtered(samples, RADIO)
    elif name == "room reverb":
        samples = _in_reverb(rng, samples)
    return np.pad(samples, ((0, max(0, length - len(samples))), (0, 0)))[:length].astype(np.float32)


def _at_usual_level(samples):
    return samples * (USUAL_RMS / max(1e-9, np.sqrt(power(samples))))


def _stretched(samples, rate, pitch):
    with tempfile.TemporaryDirectory() as folder:
        before, after = (pathlib.Path(folder) / name for name in ("before.wav", "after.wav"))
        save(before, _at_usual_level(samples))
        subprocess.run(["rubberband", "-q", "--tempo", f"{rate:.6f}", "--frequency", f"{pitch:.6f}", before, after],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return decode(after)


def _filtered(samples, filters):
    command = ["ffmpeg", "-v", "error", "-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0", "-af", filters,
               "-f", "f32le", "-ac", "2", "pipe:1"]
    done = subprocess.run(command, input=np.ascontiguousarray(samples, np.float32).tobytes(), check=True,
                          capture_output=True)
    return np.frombuffer(done.stdout, np.float32).reshape(-1, 2)


def _equalizer(rng):
    """Four bells, each of 5 to 10 dB up or down, one in each range."""
    bells = []
    for low, high in ((80, 200), (300, 900), (1200, 3000), (4000, 9000)):
        gain = float(rng.uniform(5, 10)) * float(rng.choice([-1, 1]))
        bells.append(f"equalizer=f={rng.uniform(low, high):.0f}:t=o:w=1:g={gain:.1f}")
    return ",".join(bells)


def _in_reverb(rng, samples):
    """The direct sound and the exponentially decaying answer of a room, different in left and right."""
    seconds = float(rng.uniform(*REVERB_TIMES))
    length = int(seconds * RATE)
    fall = np.exp(-6.9 * np.arange(length) / length).astype(np.float32)  # e^-6.9 = -60 dB
    wet = amplitude(float(rng.uniform(*REVERB_WET_DB)))
    channels = []
    for channel in range(2):
        response = rng.standard_normal(length).astype(np.float32) * fall
        response *= wet / np.sqrt(np.sum(response**2))
        channels.append(samples[:, channel] + convolve(samples[:, channel], response))
    return np.stack(channels, axis=1)
