#!/usr/bin/python3
"""Tests that the plan of a half follows from its seed, and holds what the rows ask for."""

import hashlib
import os
import pathlib
import subprocess
import sys
import unittest

import numpy as np

import material
import plan
import renditions
import rows


def recording(name, **more):
    return material.Recording(pathlib.Path(name), "package", 300.0, name, **more)


def catalogue():
    whole = ((0.0, 0.0, 300.0),)
    plain = [recording(f"plain_{index}") for index in range(10)]
    textures = [recording(texture, texture=texture) for texture in rows.TEXTURES]
    pair = [each for index in range(4) for each in (
        recording(f"a_{index}", version="vocal", kin=(material.Kin(f"b_{index}", "instrumental", None),)),
        recording(f"b_{index}", version="instrumental", kin=(material.Kin(f"a_{index}", "vocal", None),)))]
    edit = ((0.0, 20.0, 150.0), (150.0, 100.0, 150.0))
    others = [recording("c", version="edit", kin=(material.Kin("d", "original", edit),)),
              recording("c_2", version="edit", kin=(material.Kin("d", "original", edit),)),
              recording("d", version="original", kin=(material.Kin("c", "edit", whole),)),
              recording("e", version="re-issue", kin=(material.Kin("d", "original", whole),))]
    return plain + textures + pair + others


def planned(seed=3):
    """A plan over recordings that are heard everywhere; a vocal has its melody in the second half."""
    plan.envelope = lambda recording: np.full(3000, 0.1)
    renditions.difference_db = lambda recording, start, length: (
        (-5.0, 0.0) if start >= 150 else (-60.0, -60.0) if start + length < 150 else (-20.0, 0.0))
    return plan.plan_half(np.random.default_rng(seed), catalogue(), [recording("stranger")])


def digest():
    return hashlib.sha256(repr(planned()).encode()).hexdigest()


class Plan(unittest.TestCase):
    def test_same_seed_gives_the_same_plan_in_every_process(self):
        command = [sys.executable, "-B", "-c", "import plan_test; print(plan_test.digest())"]
        shown = [subprocess.run(command, cwd=pathlib.Path(__file__).parent, env={**os.environ, "PYTHONHASHSEED": seed},
                                capture_output=True, check=True).stdout for seed in ("1", "2", "3")]
        self.assertEqual(len(set(shown)), 1)
        self.assertNotEqual(repr(planned(3)), repr(planned(4)))

    def test_every_level_has_its_cues_in_each_channel(self):
        cues = [(episode.channel, cue) for episode in planned() for cue in episode.cues]
        for channel in rows.CHANNELS:
            for row, lengths in rows.LADDER_LENGTHS.items():
                for level in rows.LEVELS:
                    found = [cue for where, cue in cues if where == channel and cue.wanted.group == "ladder"
                             and cue.row == row and cue.level_db == level]
                    self.assertEqual(len(found), len(lengths))

    def test_cues_follow_each_other_and_end_within_the_episode(self):
        for episode in planned():
            for before, after in zip(episode.cues, episode.cues[1:]):
                self.assertGreater(after.start, before.start)
            self.assertTrue(all(cue.end < episode.length for cue in episode.cues))

    def test_versions_are_played_where_they_differ_or_do_not(self):
        for episode in planned():
            for cue in episode.cues:
                if cue.wanted.version in (("vocal", "differs"), ("instrumental", "differs")):
                    self.assertGreaterEqual(cue.pieces[0].recording_start, 150)
                if cue.wanted.version == ("edit", "join"):
                    start = cue.pieces[0].recording_start
                    self.assertTrue(start < 150 < start + cue.length)


if __name__ == "__main__":
    unittest.main()
