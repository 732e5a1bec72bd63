"""The evaluation set: two halves that share neither recordings nor voices nor sentences.

Layout under the work folder, for each half:
    <half>/recordings/           the catalogue, to be given to `needledrop add`
    <half>/episode_01.m4a        an episode (.mp4 when it has a picture)
    <half>/episode_01.truth.json the truth about it
    <half>/recordings.json       what the catalogued recordings are, and those that are kept out
    <half>/set.json              seed, recordings, episodes, credits
"""

import concurrent.futures
import dataclasses
import json
import pathlib
import shutil

import numpy as np

import dialogue
import episode
import material
import plan
import renditions

HALVES = ("development", "held-back")
SEED = 20261121
EDITION = 2  # to be raised whenever the same seed would give other sound
KEPT_OUT_SHARE = 0.2  # of a half's recordings that have no kin; they are played but not catalogued
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
    _resume(place, wanted)
    material.fetch((*material.MUSIC_PACKAGES, *material.VOICE_PACKAGES, *renditions.packages()))
    catalogued, kept_out = _split(half, seed)
    for recording in catalogued:
        material.link(recording, place / "recordings")
    (place / "recordings.json").write_text(json.dumps([_described(r) for r in catalogued + kept_out], indent=1))
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(plan.envelope, catalogued + kept_out))
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


def _resume(place, wanted):
    """Leaves what an interrupted build of the same set has made, and nothing else."""
    begun = place / "begun.json"
    if not begun.exists() or json.loads(begun.read_text()) != wanted:
        shutil.rmtree(place, ignore_errors=True)
        (place / "recordings").mkdir(parents=True)
        begun.write_text(json.dumps(wanted))


def truths(place):
    """The truths of a built half, in the order of its episodes."""
    names = json.loads((place / "set.json").read_text())["episodes"]
    return [json.loads((place / name).with_suffix(".truth.json").read_text()) for name in names]


def spoken_lines(built):
    """{episode: [(start, end)]}: when a line is spoken in each episode of a built half, in the file's time."""
    half, seed = built["half"], built["seed"]
    catalogued, kept_out = _split(half, seed)
    episodes = plan.plan_half(_generator(seed, half, 0), catalogued, kept_out, built["quick"])
    with concurrent.futures.ProcessPoolExecutor(WORKERS) as pool:
        spoken = list(pool.map(_perform, [(planned, seed, half) for planned in episodes]))
    return dict(zip(built["episodes"], spoken))


def _perform(task):
    """As Mix does it first of all, with the same generator."""
    planned, seed, half = task
    scenes = [(scene.start, scene.end, *scene.pace) for scene in planned.scenes if scene.pace]
    spoken = dialogue.perform(_generator(seed, half, planned.number), half, planned.length, scenes)
    return [(start / planned.delivery.rate, end / planned.delivery.rate) for start, end in spoken.lines]


def _build_episode(task):
    planned, seed, half, place = task
    return episode.build(planned, _generator(seed, half, planned.number), half, place)


def _generator(seed, half, stream):
    """An independent generator for each half and each purpose within it (0: the plan, n: episode n)."""
    return np.random.default_rng([seed, HALVES.index(half), stream])


def _split(half, seed):
    """(catalogued, kept out) of one half. Every second recording of a shuffle belongs to the other half; to these
    come the renditions of the half. What has a texture or kin is catalogued."""
    found = material.recordings()
    order = np.random.default_rng(seed).permutation(len(found))
    mine = [found[i] for i in order[HALVES.index(half) :: len(HALVES)]]
    made = renditions.build(_generator(seed, half, 1000), seed, half, mine)
    related = [recording for recording in made if recording.kin or recording.texture]
    alone = mine + [recording for recording in made if not recording.kin and not recording.texture]
    alone, originals = _with_kin(alone, related)
    order = _generator(seed, half, 1001).permutation(len(alone))
    count = round(KEPT_OUT_SHARE * len(alone))
    kept_out = [alone[i] for i in order[:count]]
    catalogued = [alone[i] for i in order[count:]] + originals + related
    return sorted(catalogued, key=lambda recording: recording.name), kept_out


def _with_kin(recordings, related):
    """(those without kin, those of which an edit or a re-issue was made, which now know of it)."""
    alone, originals = [], []
    for recording in recordings:
        kin = tuple(material.Kin(other.name, other.version, tuple((b, a, n) for a, b, n in known.stretches))
                    for other in related for known in other.kin if known.name == recording.name)
        if kin:
            originals.append(dataclasses.replace(recording, version="original", kin=kin))
        else:
            alone.append(recording)
    return alone, originals


def _described(recording):
    return {"recording": recording.name, "seconds": round(recording.duration, 2), "package": recording.package,
            "texture": recording.texture, "version": recording.version, "kin": [kin.name for kin in recording.kin]}
