#!/usr/bin/python3
"""Tests of the way from found files to the report, with what a program might have found written down here."""

import json
import pathlib
import tempfile
import unittest

import footage_report
import footage_results
import report
import targets

TIMES = [n / 25 for n in range(1500)]


def cut(time, kind="cut", length=0.0):
    return {"kind": kind, "time": time, "start": time - length / 2, "end": time + length / 2, "frame": round(25 * time)}


def scenes(*edges):
    return [{"number": i + 1, "start": a, "end": b, "role": "story", "place": "a", "pattern": "walk"}
            for i, (a, b) in enumerate(zip(edges[:-1], edges[1:]))]


TRUTH = {"episode": "a.mp4", "family": "2 s GOPs", "duration": 60.0, "times": TIMES, "scenes": scenes(0, 30, 60),
         "cuts": [cut(5), cut(10), cut(30, "fade", 1.0), cut(40, "dissolve", 2.0)],
         "decoys": [{"kind": "flash", "start": 20.0, "end": 20.1}], "shots": [{"start": 0, "move": "pan"}]}
EXACT = {"cuts": TRUTH["cuts"], "scenes": scenes(0, 31, 60), "scenes_cpu": 1.2}
FAST = {"cuts": [cut(5), cut(20.04), cut(40, "fade", 1.0)], "scenes": [], "scenes_cpu": 0.3}
CLIPS = [{"clip": "1.mp4", "kind": "plain", "sound": "own",
          "sources": [{"start": 0.0, "end": 10.0, "episode": "a.mp4", "episode_start": 20.0}]},
         {"clip": "2.mp4", "kind": "plain", "sound": "replaced",
          "sources": [{"start": 0.0, "end": 10.0, "episode": "a.mp4", "episode_start": 40.0}]},
         {"clip": "3.mp4", "kind": "foreign", "sound": "own", "sources": []}]
PLACE = {"start": 0.0, "end": 10.0, "episode": {"id": 1, "title": "a", "path": "/x/a.mp4"}, "episode_start": 20.5}
BUILT = {"pictures": 3, "figures": 4, "credits": ["a from Debian's mate-backgrounds, licence in /x"]}


def results(folder):
    """The results of a half that lies in the folder."""
    for name, content in {
            "set": {"episodes": ["a.mp4"]}, "a.truth": TRUTH, "found/exact": {"a.mp4": EXACT},
            "found/fast": {"a.mp4": FAST}, "found/decoding": {"a.mp4": 1.0}, "clips/clips": CLIPS,
            "found/scdet": {"a.mp4": [30.0 if n in (125, 250) else 12.0 if n == 500 else 1.0 for n in range(1500)]},
            "found/cost": {"hours": 0.1, "decode": 10.0, "exact": 12.0, "fast": 3.0},
            "found/located": {"1.mp4": {"places": [PLACE]}, "2.mp4": {"places": []}, "3.mp4": {"places": [PLACE]}},
    }.items():
        path = pathlib.Path(folder) / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content))
    return footage_results.of_half(pathlib.Path(folder), BUILT)


class Results(unittest.TestCase):
    def setUp(self):
        with tempfile.TemporaryDirectory() as folder:
            self.half = results(folder)
        self.all = {"seed": 1, "version": "0", "command": "make eval", "quick": False,
                    "halves": {"development": {"pictures": self.half}}}

    def total(self, system, kind):
        counts = footage_results.total(self.half["shots"][system], kind)
        return (counts.right, counts.missed, counts.false)

    def test_each_mode_is_scored_by_itself(self):
        self.assertEqual(self.total("needledrop, exact", "cuts"), (2, 0, 0))
        self.assertEqual(self.total("needledrop, exact", "gradual"), (2, 0, 0))
        self.assertEqual(self.total("needledrop, fast", "cuts"), (1, 1, 1))
        self.assertEqual(self.total("needledrop, fast", "gradual"), (1, 1, 0))
        self.assertEqual(self.half["shots"]["needledrop, fast"]["false"], {"flash": 1})
        self.assertEqual(self.half["shots"]["needledrop, fast"]["same_kind"], [0, 1])

    def test_scdet_has_its_default_and_its_best(self):
        self.assertEqual(self.total("scdet, default", "cuts"), (2, 0, 1))
        self.assertEqual(self.total("scdet, best", "cuts"), (2, 0, 0))
        self.assertEqual(self.half["threshold"], 30.0)

    def test_targets_say_what_is_reached(self):
        said = {text: (value, targets._verdict(value, limit))
                for text, _, value, limit in targets.measures(self.all, "development")}
        self.assertEqual(said["cuts: F1 at +-1 picture"], (1.0, "reached"))
        self.assertEqual(said["F1 that the fast mode loses, cuts"], (0.5, "missed by 0.470"))
        self.assertEqual(said["scenes, exact, over decoding the picture, 1080p25"], (1.2, "reached"))
        self.assertEqual(said["10 s clips located, own sound"], (1.0, "reached"))
        self.assertEqual(said["10 s clips located, sound replaced"], (0.0, "missed by 0.900"))
        self.assertEqual(said["places in foreign footage"], (1, "missed by 1.000"))
        self.assertEqual(said["scene boundaries: F1 at +-2 s"][0], 1.0)

    def test_the_report_shows_every_row(self):
        with tempfile.TemporaryDirectory() as folder:
            report.write(pathlib.Path(folder) / "accuracy.md", self.all)
            text = (pathlib.Path(folder) / "accuracy.md").read_text()
        for row in ("| 2 s GOPs | 2 | 1.000 | 0.500 | 0.800 | 1.000 |", "| flash | 0 | 1 | 1 | 0 |",
                    "| plain | 1 of 1 | 0 of 1 | 0 |", "| foreign footage | – | – | 1 |", "Debian's mate-backgrounds"):
            self.assertIn(row, text)

    def test_a_half_without_a_trial_of_clips_has_no_section(self):
        self.half["located"] = None
        self.assertEqual(footage_report.sections(self.all, ["development"])[-1], "")


if __name__ == "__main__":
    unittest.main()
