"""From a broadcast to the sheet that gets filed: an episode as the evaluation makes them, with dialogue spoken over
its music, ambience and ducking; its sheet as a PDF, a workbook and markers, as other programs read them.

Where the evaluation's own episodes lie beside the program (`make eval` makes them), one of these goes the same way.
"""

import csv
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import unittest

import material
from make_broadcast import SEED, STORY
from program import BINARY, run

PRODUCTION, EPISODE = "눈물의 여왕", "눈물의 여왕/S01E12"
ARTIST = "김수현"
TITLES = ("청혼", "夜の雨", "Hold Me Back")
MAKER = pathlib.Path(__file__).with_name("make_broadcast.py")
# Seconds by which a found cue's start and end may be off where it was planted: the middle one, and nine of ten.
MEDIAN, MOST = 0.15, 0.5
LEAST_FOUND = 0.9
EVALUATED = pathlib.Path(BINARY).parent / "eval" / "held-back" / "episode_06.mp4"


def out_of(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, timeout=300)
    if done.returncode != 0:
        raise AssertionError(f"{words[0]} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def clock(text):
    """Seconds of "1:02:03.5"."""
    seconds = 0.0
    for part in text.split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def is_mostly(planted, span):
    """Whether the span has at least half of the planted cue."""
    start, end = span
    return 2 * (min(end, planted["end"]) - max(start, planted["start"])) >= planted["end"] - planted["start"]


def retagged(source, folder, title):
    """A copy of the music that says it is called so, and sung by somebody."""
    path = folder / source.name
    tags = [word for where in ("-metadata", "-metadata:s:a:0") for tag in (f"title={title}", f"artist={ARTIST}")
            for word in (where, tag)]
    out_of("ffmpeg", "-v", "error", "-nostdin", "-i", source, "-map", "0:a", "-c", "copy", *tags, path)


class Sheet:
    """What must hold of any episode; classes below say which."""

    def sheet(self, form):
        path = self.home / f"sheet.{form}"
        ended = run(self.desk, "sheet", EPISODE, "--format", form, "-o", path)
        self.assertEqual(ended.code, 0, ended.err)
        return path

    @classmethod
    def make_desk(cls, music, film):
        cls.desk = cls.home / "desk"
        for words in (("add", music), ("spot", film, "--production", PRODUCTION, "--episode", "S01E12")):
            ended = run(cls.desk, *words)
            if ended.code != 0:
                raise AssertionError(ended.err)
        cls.cues = json.loads(run(cls.desk, "sheet", EPISODE, "--format", "json").out)["sheet"]["cues"]

    def test_every_name_and_the_total_stand_in_the_pdf(self):
        text = out_of("pdftotext", "-layout", self.sheet("pdf"), "-")
        flat = re.sub(r"\s+", "", text)
        for name in {PRODUCTION, "S01E12", ARTIST, *(cue["title"] for cue in self.cues)}:
            self.assertIn(re.sub(r"\s+", "", name), flat)
        lengths = [clock(length) for length in re.findall(r"\s\d+:\d\d\s+\d+:\d\d\s+(\d+:\d\d)", text)]
        self.assertEqual(len(lengths), len(self.cues))
        self.assertEqual(sum(lengths), clock(re.search(r"Total music (\S+)", text)[1]))

    def test_every_name_and_the_total_stand_in_the_workbook(self):
        out_of("soffice", f"-env:UserInstallation=file://{self.home}/office", "--headless", "--convert-to",
               "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", self.home / "office-out", self.sheet("xlsx"))
        with open(self.home / "office-out" / "sheet.csv", encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
        self.assertIn(PRODUCTION, [cell for line in lines for cell in line])
        heading = next(i for i, line in enumerate(lines) if line[0] == "No.")
        column = {name: i for i, name in enumerate(lines[heading])}
        *cues, total = lines[heading + 1 :]
        self.assertEqual([line[column["Title"]] for line in cues], [cue["title"] for cue in self.cues])
        self.assertEqual({line[column["Performer"]] for line in cues}, {ARTIST})
        durations = [round(clock(line[column["Duration"]]) * 1000) for line in cues]
        self.assertEqual(sum(durations), round(clock(total[column["Duration"]]) * 1000))

    def test_markers_fall_on_the_planted_frames(self):
        document = json.loads(self.sheet("otio").read_text(encoding="utf-8"))
        clip = document["tracks"]["children"][0]["children"][0]
        first = clip["source_range"]["start_time"]
        rate = first["rate"]
        spans = []
        for marker in clip["markers"]:
            start, length = (marker["marked_range"][key]["value"] for key in ("start_time", "duration"))
            spans.append(((start - first["value"]) / rate, (start + length - first["value"]) / rate))
        self.assertEqual([round(s * rate) for s, _ in spans],
                         [round(span["start"] * rate) for cue in self.cues for span in cue["heard"]])
        titles = [cue["title"] for cue in self.cues for _ in cue["heard"]]
        found = [(planted, span) for planted in self.planted for title, span in zip(titles, spans)
                 if title == planted["title"] and is_mostly(planted, span)]
        errors = sorted(abs(mark - planted[side]) for planted, span in found for side, mark in zip(("start", "end"), span))
        print(f"markers of {len(found)} of {len(self.planted)} cues: {statistics.median(errors) * rate:.1f} frames off in the "
              f"median, {errors[len(errors) * 9 // 10] * rate:.1f} in 90 %, {errors[-1] * rate:.1f} at most", flush=True)
        self.assertGreaterEqual(len(found), LEAST_FOUND * len(self.planted))
        self.assertLessEqual(statistics.median(errors), MEDIAN)
        self.assertLessEqual(errors[len(errors) * 9 // 10], MOST)


class OfABroadcast(Sheet, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="needledrop-e2e-")
        cls.addClassCleanup(folder.cleanup)
        cls.home = pathlib.Path(folder.name)
        made, music = cls.home / "made", cls.home / "music"
        made.mkdir()
        music.mkdir()
        recordings = []
        for number, title in enumerate(TITLES):
            wave = made / f"{number}.wav"
            material.music(SEED + number, 24).write(wave)
            material.encode(wave, wave.with_suffix(".flac"))
            retagged(wave.with_suffix(".flac"), music, title)
            recordings.append(wave.with_suffix(".flac"))
        print(f"episode and music of seed {SEED}", flush=True)
        truth = json.loads(out_of(sys.executable, "-B", MAKER, made, *recordings))
        cls.planted = [{**cue, "title": TITLES[song]} for cue, (song, *_) in zip(truth["cues"], STORY, strict=True)]
        cls.make_desk(music, made / truth["episode"])

    def test_the_sheet_has_every_planted_cue_in_order(self):
        self.assertEqual([cue["title"] for cue in self.cues], [TITLES[song] for song, *_ in STORY])


@unittest.skipUnless(EVALUATED.exists(), "the evaluation's episodes were not made")
class OfTheEvaluation(Sheet, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="needledrop-e2e-")
        cls.addClassCleanup(folder.cleanup)
        cls.home = pathlib.Path(folder.name)
        music = cls.home / "music"
        music.mkdir()
        truth = json.loads(EVALUATED.with_suffix(".truth.json").read_text(encoding="utf-8"))
        used = sorted({cue["recording"] for cue in truth["cues"]})
        titles = {name: f"{TITLES[number % len(TITLES)]} {number}" for number, name in enumerate(used)}
        for name, title in titles.items():
            retagged(EVALUATED.parent / "recordings" / name, music, title)
        cls.make_desk(music, EVALUATED)
        # Those that the targets for boundaries speak of.
        cls.planted = [{**cue, "title": titles[cue["recording"]]} for cue in truth["cues"]
                       if cue["length"] >= 5 and cue["planned_level_db"] >= -10 and not cue["modification"]]


if __name__ == "__main__":
    unittest.main()
