"""The sound of an episode with a picture: each place has its ambience, some have music, people talk where they are
seen talking. All of it changes where the scene does."""

import numpy as np

import beds
import dialogue
from sound import RATE, amplitude, decode_part

CROSSING = 0.5  # seconds in which one scene's sound goes over into the next
AMBIENCE_DB, MUSIC_DB = -34.0, -27.0  # RMS


def of_episode(scenes, edges, half, recordings, seed):
    """Stereo samples. `edges`: where each scene begins, and where the last ends, in seconds."""
    rng = np.random.default_rng([seed, 4])
    mix = np.zeros((int(edges[-1] * RATE), 2), np.float32)
    for scene, start, end in zip(scenes, edges[:-1], edges[1:]):
        seconds = end - start + CROSSING
        if scene.ambience != "none":
            _lay(mix, beds.make(rng, scene.ambience, seconds, half), start, seconds, AMBIENCE_DB)
        if scene.has_music:
            recording = recordings[scene.music]
            # The opening is the same in all episodes, its music too.
            latest = max(0.0, recording.duration - seconds - 1)
            begin = 5.0 if scene.pattern == "titles" else float(rng.uniform(0, latest))
            part = decode_part(recording.path, begin, seconds)
            level = np.sqrt(np.mean(np.square(part)) + 1e-9)
            _lay(mix, part / level, start, seconds, MUSIC_DB)
    talking = [(start, end, *((0.3, 1.5) if scene.pattern == "dialogue" else (2.0, 8.0)))
               for scene, start, end in zip(scenes, edges[:-1], edges[1:]) if scene.pattern in ("dialogue", "walk")]
    spoken = dialogue.perform(rng, half, edges[-1], talking).samples if talking else np.zeros(0, np.float32)
    mix[: len(spoken)] += spoken[: len(mix), None]
    return mix


def _lay(mix, samples, start, seconds, level_db):
    """Adds samples of RMS 1 at a level, fading in and out."""
    first = int(start * RATE)
    part = samples[: min(int(seconds * RATE), len(mix) - first)].copy()
    ramp = np.linspace(0, 1, min(len(part), int(CROSSING * RATE)), dtype=np.float32)[:, None]
    part[: len(ramp)] *= ramp
    part[len(part) - len(ramp) :] *= ramp[::-1]
    mix[first : first + len(part)] += part * np.float32(amplitude(level_db))
