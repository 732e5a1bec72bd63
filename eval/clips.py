"""Clips of 10 s to be located: pieces of a half's episodes as others pass them on, and footage of no episode.

Under <half>-pictures/clips/ lie the clips and clips.json, a list of
    {"clip", "kind", "sound": "own" | "replaced", "sources": [{"start", "end", "episode", "episode_start"}]}
with times in seconds; a recut has two sources, foreign footage none.
"""

import concurrent.futures
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np

import corpus
import families
import footage_set
import sound

SECONDS = 10.0
EACH = 10  # clips of each kind, with their own sound and with another
RECUTS, FOREIGN = 10, 12
KINDS = ("plain", "mirrored", "cropped", "letterboxed", "240p")
ENCODER = ("-c:v", "libx264", "-preset", "superfast", "-crf", "26", "-threads", "1", "-c:a", "aac", "-b:a", "96k")
LOW = ("-c:v", "libx264", "-preset", "superfast", "-b:v", "150k", "-maxrate", "250k", "-bufsize", "500k",
       "-threads", "1", "-c:a", "aac", "-b:a", "48k")
NOT_CUT_FROM = ("HDR",)  # who passes on a part of it would have to bring its colours into another range
FOREIGN_FILM = families.Family("foreign", FOREIGN * SECONDS + 2, families.PAL)


def build(stock, place, seed, quick=False):
    """Makes the clips of a built half, or finds them made; returns what clips.json says."""
    known = listed(place)
    if known:
        return known
    (place / "clips").mkdir(exist_ok=True)
    rng = np.random.default_rng([seed, 60 + corpus.HALVES.index(stock.half)])
    each, recuts, foreign = (2, 2, 2) if quick else (EACH, RECUTS, FOREIGN)
    pieces = _Pieces(rng, place)
    plans = [_plan(rng, pieces, kind, other, stock) for kind in KINDS for other in ("own", "replaced")
             for _ in range(each)]
    plans += [{"kind": "recut", "sound": "own", "sources": pieces.two()} for _ in range(recuts)]
    with tempfile.TemporaryDirectory() as scratch:
        film = Path(scratch) / "foreign.mp4"
        scenes = stock.foreign.planner(seed, 61).episode(FOREIGN_FILM.seconds)
        footage_set.film(FOREIGN_FILM, scenes, stock.foreign, film, seed + 61)
        plans += [{"kind": "foreign", "sound": "own", "sources": [], "film": film, "at": number * SECONDS}
                  for number in range(foreign)]
        for number, plan in enumerate(plans):
            plan["clip"] = f"{number + 1:03}_{plan['kind']}{'_mute' * (plan['sound'] != 'own')}.mp4"
        with concurrent.futures.ThreadPoolExecutor(corpus.WORKERS) as pool:
            list(pool.map(lambda plan: _make(plan, place), plans))
    said = [{key: plan[key] for key in ("clip", "kind", "sound", "sources")} for plan in plans]
    (place / "clips" / "clips.json").write_text(json.dumps(said, indent=1))
    return said


def listed(place):
    """What clips.json of a half says, or None."""
    path = place / "clips" / "clips.json"
    return json.loads(path.read_text()) if path.exists() else None


class _Pieces:
    """Chooses where clips come from: anywhere but from what several episodes have in common."""

    def __init__(self, rng, place):
        self._rng = rng
        self._place = place
        self._truths = [truth for truth in footage_set.truths(place) if truth["family"] not in NOT_CUT_FROM]

    def one(self, seconds=SECONDS, other_than=None):
        """A source of so many seconds at the clip's beginning."""
        while True:
            truth = self._truths[self._rng.integers(len(self._truths))]
            start = float(self._rng.uniform(0, truth["duration"] - seconds - 0.5))
            common = any(scene["pattern"] == "titles" and scene["start"] < start + seconds and start < scene["end"]
                         for scene in truth["scenes"])
            if not common and truth["episode"] != other_than:
                return {"start": 0.0, "end": seconds, "episode": truth["episode"], "episode_start": round(start, 3)}

    def two(self):
        """Two sources of half a clip each, of two episodes."""
        first = self.one(SECONDS / 2)
        second = self.one(SECONDS / 2, first["episode"])
        return [first, {**second, "start": SECONDS / 2, "end": SECONDS}]


def _plan(rng, pieces, kind, other, stock):
    plan = {"kind": kind, "sound": other, "sources": [pieces.one()], "filters": _filters(rng, kind)}
    if other == "replaced":
        recording = stock.foreign.recordings[rng.integers(len(stock.foreign.recordings))]
        plan["music"] = (recording.path, float(rng.uniform(0, recording.duration - SECONDS - 1)))
    return plan


def _filters(rng, kind):
    if kind == "mirrored":
        return "hflip"
    if kind == "cropped":  # 10 to 20 % of width and height, more on one side than on the other
        kept = 1 - float(rng.uniform(0.1, 0.2))
        left, top = rng.uniform(0, 1, 2)
        return f"crop=trunc(iw*{kept:.3f}/2)*2:trunc(ih*{kept:.3f}/2)*2:(iw-ow)*{left:.2f}:(ih-oh)*{top:.2f}"
    if kind == "letterboxed":
        return "pad=iw:trunc(ih*4/3/2)*2:0:(oh-ih)/2"
    return "scale=-2:240" if kind == "240p" else ""


def _make(plan, place):
    target = place / "clips" / plan["clip"]
    encoder = LOW if plan["kind"] == "240p" else ENCODER
    if plan["kind"] == "recut":
        _recut(plan["sources"], place, target)
        return
    source, at = (plan["film"], plan["at"]) if plan["kind"] == "foreign" else (
        place / plan["sources"][0]["episode"], plan["sources"][0]["episode_start"])
    inputs = ["-ss", f"{at:.3f}", "-t", f"{SECONDS}", "-i", source]
    streams = []
    if plan["sound"] == "replaced":
        path, begin = plan["music"]
        inputs += ["-ss", f"{begin:.3f}", "-t", f"{SECONDS}", "-i", path]
        streams = ["-map", "0:v:0", "-map", "1:a:0"]
    _run([*inputs, *streams, *_filtered(source, plan.get("filters", "")), *encoder, "-ac", "2", target])


def _filtered(source, filters):
    """Whoever cuts a clip out of interlaced footage brings its fields together first."""
    parts = [part for part in ("yadif" if str(source).endswith(".ts") else "", filters) if part]
    return ["-vf", ",".join(parts)] if parts else []


def _recut(sources, place, target):
    """Both parts in one size and at one rate, one after the other."""
    inputs, chains = [], []
    for number, source in enumerate(sources):
        path = place / source["episode"]
        inputs += ["-ss", f"{source['episode_start']:.3f}", "-t", f"{source['end'] - source['start']}", "-i", path]
        fields = "yadif," * path.name.endswith(".ts")
        chains.append(f"[{number}:v]{fields}scale=640:360:force_original_aspect_ratio=decrease,"
                      f"pad=640:360:(ow-iw)/2:(oh-ih)/2,setsar=1,fps=25,format=yuv420p[v{number}];"
                      f"[{number}:a]aresample={sound.RATE},aformat=channel_layouts=stereo,apad,"
                      f"atrim=0:{source['end'] - source['start']}[a{number}]")
    joined = ";".join(chains) + ";[v0][a0][v1][a1]concat=n=2:v=1:a=1[v][a]"
    _run([*inputs, "-filter_complex", joined, "-map", "[v]", "-map", "[a]", *ENCODER, target])


def _run(arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-nostdin", *map(str, arguments)], check=True)
