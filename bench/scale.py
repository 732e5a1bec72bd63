"""What a catalogue's size costs: desks of several sizes, the same questions to each, and the same look-ups in
SQLite and LMDB. Everything made is kept under one folder, the figures as one JSON file a size."""

import collections
import json
import os
import pathlib
import random
import shutil
import statistics
import struct
import subprocess
import sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "eval"))

import cost  # noqa: E402  (the folder has just been put on the path)
import material  # noqa: E402
from sound import RATE, amplitude, decode, decode_part, power  # noqa: E402

SEED = 1
CLIP_SECONDS = 10
MARGIN_SECONDS = 5  # at a recording's ends, where there may be silence
SPEECH_DB = -5  # music against the voice, RMS over the clip
UNKNOWN_CLIPS_EACH = 3
COLD_CLIPS_EACH = 5  # of each kind: each costs a process and an empty page cache
STORE_CLIPS_EACH = 10
MINUTES = 60
CUE_SECONDS = (15, 45)  # of each minute
CUE_LEVELS_DB = (None, 0, -5, -10)  # in turn; None: nobody speaks
POSITION_ERROR = 0.5  # seconds
# And the largest catalogue that each is filled with: ten times as many take SQLite more than ten minutes, and LMDB more
# room than this machine has memory.
OTHER_STORES = {"sqlite": 10_000, "lmdb": 10_000}


def split(recordings):
    """Those that go into the catalogue, and every fourth, which stays out."""
    known = [one for i, one in enumerate(recordings) if i % 4 != 3]
    return known, [one for i, one in enumerate(recordings) if i % 4 == 3]


def music_of(recording, start, seconds):
    """A part of a recording of exactly that length: where the rate is changed, a decoder gives a little more."""
    samples = decode_part(recording.path, start, seconds)[: seconds * RATE]
    return np.pad(samples, ((0, seconds * RATE - len(samples)), (0, 0)))


def encode(samples, target):
    """Stereo samples as AAC at 128 kb/s, turned down where they would clip."""
    loudest = float(np.abs(samples).max())
    pcm = (samples / max(1.0, loudest)).astype("<f4").tobytes()
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", "-",
                    "-c:a", "aac", "-b:a", "128k", target], input=pcm, check=True)


class Voice:
    """The real voices without pauses, mono, read on and on."""

    def __init__(self, path):
        self.samples = decode(path, channels=1)[:, 0]
        self.at = 0

    def next(self, seconds):
        places = np.arange(self.at, self.at + round(seconds * RATE)) % len(self.samples)
        self.at += len(places)
        return self.samples[places]


def under(voice, music, level_db):
    """Music at a level under a voice in the centre."""
    gain = amplitude(level_db) * np.sqrt(power(voice) / max(power(music), 1e-12))
    return music * gain + voice[:, None]


def make_clips(folder, known, unknown, voice):
    """Ten seconds of each known recording, clean and under speech, and some of each unknown one. One line a clip:
    kind, path, recording, start in ms."""
    listing = folder / "clips.tsv"
    if listing.exists():
        return listing
    chance = random.Random(SEED)
    lines = []

    def cut(kind, number, recording, is_known):
        start = round(chance.uniform(MARGIN_SECONDS, recording.duration - CLIP_SECONDS - MARGIN_SECONDS), 3)
        music = music_of(recording, start, CLIP_SECONDS)
        target = folder / f"{kind.replace(' ', '-')}-{number:03}.m4a"
        encode(under(voice.next(CLIP_SECONDS), music, SPEECH_DB) if kind == "speech" else music, target)
        lines.append(f"{kind}\t{target}\t{recording.path if is_known else ''}\t{round(start * 1000)}")

    for kind in ("clean", "speech"):
        for number, recording in enumerate(known):
            cut(kind, number, recording, True)
    for number, recording in enumerate(unknown * UNKNOWN_CLIPS_EACH):
        cut("unknown", number, recording, False)
    listing.write_text("\n".join(lines) + "\n")
    return listing


def first_of_each(listing, count):
    """A listing with the first clips of each kind."""
    kept = listing.with_name(f"clips-{count}.tsv")
    kinds = collections.Counter()
    lines = []
    for line in listing.read_text().splitlines():
        kind = line.split("\t")[0]
        kinds[kind] += 1
        if kinds[kind] <= count:
            lines.append(line)
    kept.write_text("\n".join(lines) + "\n")
    return kept


def make_episode(folder, known, voice):
    """An hour with half a minute of music in each minute, every time another recording, and a voice throughout but
    where the music is alone. Returns the file and its cues: (recording, start, end, start in the recording)."""
    target, truth = folder / "episode.m4a", folder / "episode.json"
    if not truth.exists():
        chance = random.Random(SEED)
        cues = []
        with subprocess.Popen(["ffmpeg", "-v", "error", "-y", "-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", "-",
                               "-c:a", "aac", "-b:a", "128k", target], stdin=subprocess.PIPE) as encoder:
            for minute, recording in enumerate(chance.sample(known, MINUTES)):
                begin, end = CUE_SECONDS
                seconds = end - begin
                start = round(chance.uniform(MARGIN_SECONDS, recording.duration - seconds - MARGIN_SECONDS), 3)
                speech = voice.next(60)
                samples = np.repeat(speech[:, None], 2, axis=1)
                place = slice(begin * RATE, end * RATE)
                music = music_of(recording, start, seconds)
                level = CUE_LEVELS_DB[minute % len(CUE_LEVELS_DB)]
                samples[place] = music if level is None else under(speech[place], music, level)
                encoder.stdin.write((samples / 2).clip(-1, 1).astype("<f4").tobytes())
                cues.append((str(recording.path), 60 * minute + begin, 60 * minute + end, start))
        if encoder.returncode != 0:
            raise RuntimeError("ffmpeg could not encode the episode")
        truth.write_text(json.dumps(cues))
    return target, json.loads(truth.read_text())


def run(*command):
    """The JSON lines that a command prints."""
    done = subprocess.run([*map(str, command)], check=True, stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def forget(path):
    """Drops what the page cache holds of a file or of all files in a folder."""
    for file in [path] if path.is_file() else path.rglob("*"):
        if file.is_file():
            descriptor = os.open(file, os.O_RDONLY)
            os.fsync(descriptor)  # pages that are not on the disk yet would stay
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)


def remember(path):
    """Reads a file, or all files in a folder, into the page cache."""
    for file in [path] if path.is_file() else path.rglob("*"):
        if file.is_file():
            with file.open("rb", buffering=0) as stream:
                while stream.read(1 << 24):
                    pass


def peak_bytes(segment):
    """What peak lists take up of a segment's file: all between the header and the posting blocks, whose offset the
    footer tells (docs/segment-format.md)."""
    header, footer = 40, 80
    with segment.open("rb") as file:
        file.seek(-footer, os.SEEK_END)
        return struct.unpack_from("<Q", file.read(footer), 16)[0] - header


def spread(values):
    values = sorted(values)
    return {"p50": statistics.median(values), "p90": values[int(0.9 * (len(values) - 1))], "max": values[-1]}


def overlap(a, b):
    return max(0.0, min(a[1], b[1]) - max(a[0], b[0]))


def judge_spots(spots, cues):
    """Share of the cues' seconds that a spot of the right recording covers at the right place, and the seconds of
    spots where that recording does not play."""
    covered = false = 0.0
    for path, start, end, recording_start in cues:
        for spot in spots:
            shift = abs((spot["recording_start"] - spot["start"]) - (recording_start - start))
            if spot["path"] == path and shift <= POSITION_ERROR:
                covered += overlap((spot["start"], spot["end"]), (start, end))
    for spot in spots:
        right = sum(overlap((spot["start"], spot["end"]), (start, end))
                    for path, start, end, _ in cues if path == spot["path"])
        false += spot["end"] - spot["start"] - right
    return {"recall": covered / sum(end - start for _, start, end, _ in cues), "false_seconds": false}


class Bench:
    """The questions, and the programs that answer them."""

    def __init__(self, build, folder, speech):
        self.build = build
        self.program = build / "needledrop"
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        known, unknown = split(material.recordings())
        self.real_size = len(known)
        voice = Voice(speech)
        self.clips = make_clips(folder, known, unknown, voice)
        self.cold_clips = first_of_each(self.clips, COLD_CLIPS_EACH)
        self.store_clips = first_of_each(self.clips, STORE_CLIPS_EACH)
        self.episode, self.cues = make_episode(folder, known, voice)
        self.real = folder / "real"
        if not (self.real / "done").exists():
            shutil.rmtree(self.real, ignore_errors=True)
            subprocess.run([self.program, "--desk", self.real, "add", *(one.path for one in known)], check=True,
                           stdout=subprocess.DEVNULL)
            (self.real / "done").touch()

    def scale(self, *arguments):
        return run(self.build / "bench/scale_bench", *arguments)

    def measure(self, size):
        """All figures of one size, which are kept as JSON too; the desk is removed afterwards."""
        results = self.folder / f"{size}.json"
        desk = self.folder / f"desk-{size}"
        shutil.rmtree(desk, ignore_errors=True)
        figures = {"size": size, "growth": self.scale("grow", self.real, desk, size, SEED)[0]}
        figures["growth"]["peak_bytes"] = sum(map(peak_bytes, (desk / "index").glob("segment-*")))
        figures["open"] = self.opening(desk)
        figures["identify"] = self.identifying(desk)
        figures["process"] = self.processes(desk)
        figures["spot"] = self.spotting(desk)
        figures["stores"] = {"ours": self.asking("ours", desk / "index")}
        for store, most in OTHER_STORES.items():
            if size <= most:
                figures["stores"][store] = self.other_store(store, desk / "index")
        if len({store["digest"] for store in figures["stores"].values()}) != 1:
            raise RuntimeError(f"the stores disagree; {desk} is left to look at")
        shutil.rmtree(desk)
        results.write_text(json.dumps(figures, indent=1))
        return figures

    def opening(self, desk):
        figures = {}
        for what in ("index", "desk"):
            cold = []
            for _ in range(3):
                forget(desk)
                cold.append(self.scale("open", desk, what)[0]["wall"])
            warm = [self.scale("open", desk, what) for _ in range(5)]
            figures[what] = {"cold": statistics.median(cold), "warm": statistics.median(w[0]["wall"] for w in warm),
                             "own": warm[-1][1]["own"], "mapped": warm[-1][1]["mapped"]}
        return figures

    def identifying(self, desk):
        """By kind: times cold, at first and again, and what was found."""
        cold = []
        one = self.folder / "one.tsv"
        for line in self.cold_clips.read_text().splitlines():
            one.write_text(line + "\n")
            remember(pathlib.Path(line.split("\t")[1]))
            forget(desk)
            cold.append(self.scale("identify", desk, one, 1)[0])
        remember(desk)
        *rows, memory = self.scale("identify", desk, self.clips, 2)
        figures = {"memory": memory}
        for kind in sorted({row["kind"] for row in rows}):
            first = [row for row in rows if row["kind"] == kind and row["pass"] == 1]
            again = [row for row in rows if row["kind"] == kind and row["pass"] == 2]
            figures[kind] = {
                "clips": len(first),
                "recall": sum(row["right"] for row in first) / len(first),
                "false_names": sum(row["false_names"] for row in first),
                "listening": spread([row["listening"]["wall"] for row in again]),
                "cold": spread([row["identify"]["wall"] for row in cold if row["kind"] == kind]),
                "first": spread([row["identify"]["wall"] for row in first]),
                "again": spread([row["identify"]["wall"] for row in again]),
                "cpu": spread([row["identify"]["cpu"] for row in again]),
            }
        return figures

    def processes(self, desk):
        """`needledrop identify` as a process of its own, with decoding and opening."""
        def wall(clip):
            return cost.measure([self.program, "--desk", desk, "identify", "--json", clip]).wall

        clips = [pathlib.Path(line.split("\t")[1]) for line in self.cold_clips.read_text().splitlines()]
        cold, warm = [], []
        for clip in clips:
            remember(clip)
            forget(desk)
            cold.append(wall(clip))
        remember(desk)
        for clip in clips:
            wall(clip)
            warm.append(wall(clip))
        return {"cold": spread(cold), "warm": spread(warm)}

    def spotting(self, desk):
        remember(self.episode)
        forget(desk)
        figures = {}
        for state in ("cold", "warm"):
            times, memory, *spots = self.scale("spot", desk, self.episode)
            figures[state] = {**times, "memory": memory}
            remember(desk)
        return {**figures, "cues": len(self.cues), **judge_spots(spots, self.cues)}

    def asking(self, store, path):
        """The same probes in one of the stores."""
        ask = [self.build / "bench/store_bench", "ask", store, path]
        cold = []
        one = self.folder / "one.tsv"
        for line in self.cold_clips.read_text().splitlines():
            one.write_text(line + "\n")
            forget(path)
            cold.append(run(*ask, one)[0])
        remember(path)
        *rows, memory = run(*ask, self.store_clips)
        again = [row for row in rows if row["pass"] == 2]
        return {"probes": statistics.mean(row["probes"] for row in again),
                "found": statistics.mean(row["found"] for row in again),
                "digest": sum(row["digest"] for row in again) % 2**64,
                "cold": spread([row["wall"] for row in cold]),
                "first": spread([row["wall"] for row in rows if row["pass"] == 1]),
                "again": spread([row["wall"] for row in again]),
                "probe": sum(row["wall"] for row in again) / sum(row["probes"] for row in again),
                "memory": memory}

    def other_store(self, store, index):
        path = self.folder / f"postings.{store}"
        path.unlink(missing_ok=True)
        built = run(self.build / "bench/store_bench", "build", store, index, path)[0]
        figures = {**built, **self.asking(store, path)}
        path.unlink()
        return figures
