"""The evaluation set: two halves that share neither recordings nor voices nor sentences.

Layout under the work folder, for each half:
    <half>/recordings/           the catalogue, to be given to `needledrop add`
    <half>/episode_01.m4a        an episode (.mp4 when it has a picture)
    <half>/episode_01.truth.json the truth about it
    <half>/set.json              seed, recordings, episodes, credits
"""

import concurrent.futures
import json
import pathlib
import shutil

import numpy as np

import episode
import material
import plan

HALVES = ("development", "held-back")
SEED = 20261121
EDITION = 1  # to be raised whenever the same seed would give other sound
KEPT_OUT_SHARE = 0.28  # of a half's recordings; they are played but not catalogued
WORKERS = 2


def home(folder, half, quick=False):
    """Where the half lies. A quick set never takes the place of a whole one."""
    return pathlib.Path(folder) / (f"{half}-quick" if quick else half)


def build(half, folder, seed=SEED, quick=False):
    """Builds the half, or finds it built with the same parameters, and returns the content of its set.json."""
    place = home(folder, half, quick)
    description = place / "set.json"
    wanted = {"half": half, "seed": seed, "quick": quick, "edition": EDITION}
    if description.exists():
        known = json.loads(description.read_text())
        if {key: known.get(key) for key in wanted} == wanted:
            return known
    shutil.rmtree(place, ignore_errors=True)
    (place / "recordings").mkdir(parents=True)
    material.fetch(material.MUSIC_PACKAGES + material.VOICE_PACKAGES)
    catalogued, kept_out = _split(half, seed)
    for recording in catalogued:
        material.link(recording, place / "recordings")
    episodes = plan.plan_half(_generator(seed, half, 0), catalogued, kept_out, quick)
    with concurrent.futures.ProcessPoolExecutor(WORKERS) as pool:
        truths_made = list(pool.map(_build_episode, [(planned, seed, half, place) for planned in episodes]))
    built = {
        **wanted,
        "recordings": [recording.name for recording in catalogued],
        "kept_out": [recording.name for recording in kept_out],
        "credits": [recording.credit for recording in catalogued + kept_out],
        "episodes": [truth["episode"] for truth in truths_made],
    }
    description.write_text(json.dumps(built, indent=1))
    return built


def truths(place):
    """The truths of a built half, in the order of its episodes."""
    names = json.loads((place / "set.json").read_text())["episodes"]
    return [json.loads((place / name).with_suffix(".truth.json").read_text()) for name in names]


def _build_episode(task):
    planned, seed, half, place = task
    return episode.build(planned, _generator(seed, half, planned.number), half, place)


def _generator(seed, half, stream):
    """An independent generator for each half and each purpose within it (0: the plan, n: episode n)."""
    return np.random.default_rng([seed, HALVES.index(half), stream])


def _split(half, seed):
    """(catalogued, kept out) of one half. Every second recording of a shuffle belongs to the other half."""
    found = material.recordings()
    order = np.random.default_rng(seed).permutation(len(found))
    mine = [found[i] for i in order[HALVES.index(half) :: len(HALVES)]]
    count = round(KEPT_OUT_SHARE * len(mine))
    by_name = sorted(mine[count:], key=lambda recording: recording.name)
    return by_name, mine[:count]
