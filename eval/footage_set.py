#!/usr/bin/python3
"""Episodes with a picture whose every cut is known: two halves that share neither pictures nor figures nor sounds.

Layout under the work folder, for each half:
    <half>-pictures/2_s_GOPs.mp4         an episode; the file is named like its family
    <half>-pictures/2_s_GOPs.truth.json  the truth about it, see footage.truth; "family" names its family
    <half>-pictures/set.json             seed, episodes, credits

Times in a truth count from the earliest stream of the file, as a player's clock does.
"""

import argparse
import concurrent.futures
import copy
import json
import pathlib
import re
import shutil
import tempfile

import numpy as np

import corpus
import families
import footage
import location_sound
import material
import pictures
import planner
import storyboard
from sound import save

EDITION = 4  # to be raised whenever the same seed would give other pictures or sound
LONG_SECONDS, LONG_PLANNED = 300, 80  # of the file for cost, and of what is repeated in it before it is slowed down
LONG_FAMILY = families.Family("1080p", LONG_PLANNED, families.PAL, size=(1920, 1080), encoder=families.X264_BROADCAST)
FOREIGN = (5, 12, 4)  # of a half's pictures, figures and recordings: for footage of no episode
TITLES_SECONDS = (14, 12)  # of the opening and of the ending
MUSIC_PACKAGES = ("zaz-data", "marsshooter-data", "wesnoth-1.16-music", "xmoto-data", "singularity-music")


def home(folder, half, quick=False):
    return pathlib.Path(folder) / (f"{half}-pictures-quick" if quick else f"{half}-pictures")


def build(stock, folder, seed=corpus.SEED, quick=False, only=None):
    """Builds the half of the stock, or finds it built, and returns the content of its set.json. `only`: names of
    families."""
    half = stock.half
    place = home(folder, half, quick)
    wanted = {"half": half, "seed": seed, "quick": quick, "edition": EDITION}
    begun = place / "begun.json"
    if not begun.exists() or json.loads(begun.read_text()) != wanted:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        begun.write_text(json.dumps(wanted))
    chosen = [family for family in families.FAMILIES if not only or family.name in only]
    tasks = [(family, stock, place, seed, quick) for family in sorted(chosen, key=lambda f: -f.seconds * f.rate)]
    with concurrent.futures.ProcessPoolExecutor(corpus.WORKERS) as pool:
        list(pool.map(_build_episode, tasks))
    built = {**wanted, "episodes": [file_name(family) for family in chosen],
             "pictures": len(stock.pictures), "figures": len(stock.figures),
             "credits": [picture.credit for picture in stock.pictures + stock.figures]}
    (place / "set.json").write_text(json.dumps(built, indent=1))
    return built


def truths(place):
    """The truths of a built half, in the order of its episodes."""
    names = json.loads((place / "set.json").read_text())["episodes"]
    return [json.loads((place / name).with_suffix(".truth.json").read_text()) for name in names]


def build_long(stock, place, seed):
    """The file that cost is measured on: some two minutes of footage in 1080p, whose packets are repeated. Its shots
    are 5 s long on average and its keyframes 2 s apart. Returns its path."""
    path = long_file(place)
    if path.exists():
        return path
    scenes = storyboard.paced(stock.planner(seed, 70).episode(LONG_PLANNED), planner.USUAL_SHOT)
    with tempfile.TemporaryDirectory(dir=place) as scratch:
        once, joined = (pathlib.Path(scratch) / name for name in ("once.mp4", "joined.mp4"))
        film(LONG_FAMILY, scenes, stock, once, seed + 70, grain=2.0)
        families.repeat(once, LONG_SECONDS, joined)
        joined.rename(path)
    return path


def long_file(place):
    return place / "long_1080p.mp4"


def file_name(family):
    return f"{re.sub(r'[^A-Za-z0-9]+', '_', family.name)}.{family.suffix}"


class Stock:
    """What the footage of a half is made of. Its `foreign` twin has pictures, figures, music and voices that none of
    the half's episodes has."""

    def __init__(self, half, seed):
        pictures.fetch()
        material.fetch(MUSIC_PACKAGES + material.VOICE_PACKAGES)
        self.half = half
        index = corpus.HALVES.index(half)
        found = material.recordings(MUSIC_PACKAGES)
        order = np.random.default_rng(seed).permutation(len(found))
        kinds = (*pictures.of_half(index, seed), [found[i] for i in order[index :: len(corpus.HALVES)]])
        self.pictures, self.figures, self.recordings = (kind[:-count] for kind, count in zip(kinds, FOREIGN))
        self.thumbs = [pictures.plate(picture).levels[-1][0] for picture in kinds[0]]
        self.foreign = copy.copy(self)
        self.foreign.half = corpus.HALVES[1 - index]
        self.foreign.pictures, self.foreign.figures, self.foreign.recordings = (
            kind[-count:] for kind, count in zip(kinds, FOREIGN))
        self.foreign.thumbs = self.thumbs[-FOREIGN[0] :]
        self.thumbs = self.thumbs[: -FOREIGN[0]]

    def planner(self, seed, *stream):
        rng = np.random.default_rng([seed, 50 + corpus.HALVES.index(self.half), *stream])
        return planner.Planner(rng, self.thumbs, len(self.figures), len(self.recordings))

    def titles(self, seed):
        """The opening and the ending that several episodes of the half have in common."""
        inventing = self.planner(seed, 999)
        return [inventing.titles(name, seconds) for name, seconds in zip(("opening", "ending"), TITLES_SECONDS)]


def _build_episode(task):
    family, stock, place, seed, quick = task
    path = place / file_name(family)
    if path.with_suffix(".truth.json").exists():
        return
    number = families.FAMILIES.index(family)
    opening, ending = stock.titles(seed) if family.has_titles else (None, None)
    seconds = min(family.seconds, 70) if quick else family.seconds
    scenes = stock.planner(seed, number).episode(seconds, opening, ending)
    truth = film(family, scenes, stock, path, seed + number)
    path.with_suffix(".truth.json").write_text(json.dumps({"episode": path.name, "family": family.name, **truth}))
    print(f"  {path.name}: {len(truth['cuts'])} cuts, {len(truth['scenes'])} scenes", flush=True)


def film(family, scenes, stock, path, seed, grain=None):
    """Makes the file and returns the truth about it."""
    board = storyboard.laid_out(scenes, family.rate)
    edges = [family.clock(frame) for frame in (*board.scene_frames, board.frame_count)]
    grain = float(np.random.default_rng([seed, 5]).uniform(0, 4)) if grain is None else grain
    with tempfile.TemporaryDirectory() as scratch:
        sound = pathlib.Path(scratch) / "sound.wav"
        save(sound, location_sound.of_episode(board.scenes, edges, stock.half, stock.recordings, seed))
        drawn = footage.frames(board, stock.pictures, stock.figures, family.size, grain, seed)
        made = pathlib.Path(scratch) / path.name
        families.encode(family, drawn, sound, made)
        shutil.move(made, path)
    times, duration = families.frame_times(path)
    if len(times) * family.frames_a_picture not in range(board.frame_count, board.frame_count + 2):
        raise RuntimeError(f"{path.name}: {len(times)} frames were encoded of {board.frame_count}")
    return footage.truth(board, times, duration, family.frames_a_picture)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=corpus.HALVES, default="development")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("build/eval"))
    parser.add_argument("--only", nargs="*", metavar="FAMILY")
    options = parser.parse_args()
    build(Stock(options.half, corpus.SEED), options.work, only=options.only)


if __name__ == "__main__":
    main()
