"""Beds: what is heard under and between the words besides music. All are wide: left and right differ."""

import numpy as np

import dialogue
from sound import RATE, amplitude, convolve, power, smooth

KINDS = ("room", "traffic", "rain", "crowd", "wind", "street steps")
AUDIENCE = "audience"  # laughs and applauds; only where it is asked for


def make(rng, kind, seconds, half):
    """A stereo bed of RMS 1.0. `half` decides whose voices murmur in a crowd."""
    length = max(RATE, int(seconds * RATE))
    if kind == "crowd":
        bed = _crowd(rng, length, half)
    else:
        bed = _MAKERS[kind](rng, length)
    return (bed / np.sqrt(power(bed)))[: int(seconds * RATE)].astype(np.float32)


def effects(rng, seconds):
    """Door slams and footsteps on silence, peak below 1.0: some three events in ten seconds."""
    out = np.zeros((round(seconds * RATE), 2), np.float32)
    now = rng.uniform(0, 2)
    while now < seconds - 1:
        event = _door(rng) if rng.random() < 0.4 else _steps(rng, int(rng.integers(3, 7)))
        first = int(now * RATE)
        event = event[: len(out) - first]
        out[first : first + len(event)] += event
        now += len(event) / RATE + rng.uniform(0.5, 4)
    return out


def _noise(rng, length, shape):
    """Stereo noise whose amplitude spectrum is shape(frequency in Hz)."""
    size = 1 << int(np.ceil(np.log2(length)))
    weights = shape(np.maximum(np.fft.rfftfreq(size, 1 / RATE), 20.0))
    channels = [np.fft.irfft(np.fft.rfft(rng.standard_normal(size)) * weights, size)[:length] for _ in range(2)]
    return np.stack(channels, axis=1).astype(np.float32)


def _swell(rng, length, period, depth_db):
    """A slowly wandering gain, one for each sample: random values each `period` seconds, joined smoothly."""
    knots = np.arange(0, length + 2 * period * RATE, period * RATE)
    gains = rng.uniform(-depth_db, 0, len(knots))
    steps = np.arange(0, length + 480, 480)
    coarse = smooth(np.interp(steps, knots, gains), max(1, int(period * 50)))
    return amplitude(np.interp(np.arange(length), steps, coarse)).astype(np.float32)[:, None]


def _room(rng, length):
    """Brown noise and a faint mains hum."""
    hum = np.sin(2 * np.pi * 50 * np.arange(length) / RATE)[:, None].astype(np.float32)
    noise = _noise(rng, length, lambda f: 1 / f)
    return noise / np.sqrt(power(noise)) + 0.1 * hum


def _traffic(rng, length):
    """A low rumble, and cars that pass from one side to the other."""
    rumble = _noise(rng, length, lambda f: 1 / (1 + (f / 150) ** 1.5))
    rumble /= np.sqrt(power(rumble))
    hiss = _noise(rng, length, lambda f: np.exp(-(np.log(f / 900) ** 2)))
    hiss /= np.sqrt(power(hiss))
    time = np.arange(length) / RATE
    for passing in np.arange(rng.uniform(0, 4), length / RATE, rng.uniform(4, 9)):
        near = np.exp(-(((time - passing) / 1.2) ** 2)).astype(np.float32)
        across = (0.5 + 0.5 * np.tanh((time - passing) * rng.choice([-1, 1]))).astype(np.float32)
        rumble += 1.5 * hiss * near[:, None] * np.stack([1 - across, across], axis=1)
    return rumble


def _rain(rng, length):
    """A steady hiss with drops."""
    hiss = _noise(rng, length, lambda f: (f / 1000) ** 0.3 / (1 + (f / 9000) ** 4))
    hiss /= np.sqrt(power(hiss))
    drops = np.zeros((length, 2), np.float32)
    count = int(40 * length / RATE)
    drops[rng.integers(0, length, count), rng.integers(0, 2, count)] = rng.exponential(6, count)
    ring = (np.exp(-np.arange(480) / 60) * np.sin(np.arange(480) * 0.35)).astype(np.float32)
    return hiss + np.stack([convolve(drops[:, channel], ring) for channel in range(2)], axis=1)


def _wind(rng, length):
    """Noise around a few hundred hertz in gusts."""
    return _noise(rng, length, lambda f: 1 / (1 + (f / 300) ** 2)) * _swell(rng, length, 2.5, 18)


def _crowd(rng, length, half):
    """The murmur of a room full of people: many lines at once from all sides, softened."""
    synthetic, real = dialogue.lines(half)
    pool = [line for lines in (synthetic, real) for line in lines]
    bed = np.zeros((length, 2), np.float32)
    voices = 14  # enough that no single one is understood
    for _ in range(voices):
        place = rng.uniform(0.05, 0.95)
        now = -int(rng.uniform(0, 3) * RATE)
        while now < length:
            sound = dialogue.speak(pool[rng.integers(len(pool))])
            part = sound[max(0, -now) : length - now]
            first = max(0, now)
            bed[first : first + len(part)] += part[:, None] * np.array([np.sqrt(1 - place), np.sqrt(place)], np.float32)
            now += len(sound) + int(rng.uniform(0.1, 1.0) * RATE)
    tail = np.exp(-np.arange(RATE // 3) / (RATE / 20)).astype(np.float32)
    return np.stack([convolve(bed[:, channel], rng.standard_normal(len(tail)).astype(np.float32) * tail)
                     for channel in range(2)], axis=1)


def _street_steps(rng, length):
    """Footsteps and doors over a distant street."""
    street = _traffic(rng, length)
    return street / np.sqrt(power(street)) + 12 * effects(rng, length / RATE)


def _steps(rng, count):
    pace = rng.uniform(0.42, 0.62)
    place = rng.uniform(0.1, 0.9) + np.linspace(0, rng.uniform(-0.3, 0.3), count)
    out = np.zeros((int((count * pace + 0.2) * RATE), 2), np.float32)
    for step in range(count):
        length = int(0.09 * RATE)
        thud = rng.standard_normal(length) * np.exp(-np.arange(length) / (0.012 * RATE))
        thud = np.convolve(thud, np.ones(24) / 24, "same")
        first = int((step * pace + rng.uniform(0, 0.03)) * RATE)
        share = np.clip(place[step], 0.02, 0.98)
        out[first : first + length] += thud[:, None] * np.array([np.sqrt(1 - share), np.sqrt(share)])
    return out


def _door(rng):
    """A low thump with a click before it, in a room."""
    length = int(0.7 * RATE)
    time = np.arange(length) / RATE
    thump = np.sin(2 * np.pi * rng.uniform(55, 90) * time) * np.exp(-time / 0.08)
    click = rng.standard_normal((length, 2)) * np.exp(-time / 0.03)[:, None]
    share = rng.uniform(0.2, 0.8)
    return ((0.8 * thump[:, None] + 0.4 * click) * np.array([np.sqrt(1 - share), np.sqrt(share)])).astype(np.float32)


def _audience(rng, length):
    """Waves of laughter, some ending in applause, over a murmur of nothing."""
    out = 0.02 * _noise(rng, length, lambda f: 1 / (1 + f / 400))
    now = int(rng.uniform(0, 0.5) * RATE)
    while now < length:
        wave = int(rng.uniform(1.5, 4) * RATE)
        sound = _laughter(rng, wave)
        if rng.random() < 0.4:
            sound = sound + 0.7 * _applause(rng, wave)
        part = sound[: length - now]
        out[now : now + len(part)] += part
        now += int(wave * rng.uniform(0.5, 1.1))
    return out


def _laughter(rng, length, people=25):
    """People who each say "ha" several times: short tones with the formants of an a, falling in pitch, and breath."""
    out = np.zeros((length, 2), np.float32)
    for _ in range(people):
        place, height, pace = rng.uniform(0.05, 0.95), rng.uniform(110, 380), rng.uniform(0.15, 0.26)
        now = rng.uniform(0, max(0.1, length / RATE - 1.5))
        for turn in range(int(rng.integers(3, 9))):
            size = int(0.6 * pace * RATE)
            first = int(now * RATE)
            if first + size > length:
                break
            time = np.arange(size) / RATE
            tone = height * (1 - 0.03 * turn) * (1 - 0.5 * time)
            phase = 2 * np.pi * np.cumsum(tone) / RATE
            voice = sum(np.sin(k * phase) / (1 + ((k * height - 850) / 300) ** 2) for k in range(1, 9))
            syllable = (voice + 0.2 * rng.standard_normal(size)) * np.hanning(size)
            out[first : first + size] += syllable[:, None] * np.array([np.sqrt(1 - place), np.sqrt(place)])
            now += pace * rng.uniform(0.9, 1.15)
    return out


def _applause(rng, length, claps_per_second=120):
    """Claps: bursts of a few milliseconds at random times from all sides, swelling and dying away."""
    impulses = np.zeros((length, 2), np.float32)
    for _ in range(int(claps_per_second * length / RATE)):
        place = rng.uniform(0, 1)
        impulses[rng.integers(length)] += rng.uniform(0.3, 1) * np.array([np.sqrt(1 - place), np.sqrt(place)])
    size = int(0.012 * RATE)
    clap = np.diff(rng.standard_normal(size + 1)) * np.exp(-np.arange(size) / (0.003 * RATE))
    out = np.stack([convolve(impulses[:, channel], clap.astype(np.float32)) for channel in range(2)], axis=1)
    return 2 * out * np.hanning(length).astype(np.float32)[:, None]


_MAKERS = {"room": _room, "traffic": _traffic, "rain": _rain, "wind": _wind, "street steps": _street_steps,
           AUDIENCE: _audience}
