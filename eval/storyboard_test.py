#!/usr/bin/python3
"""Tests of the plans of episodes with a picture: what a truth is made of has to be consistent."""

import unittest
from fractions import Fraction

import numpy as np

import planner as planning
import storyboard
from storyboard import Light, Scene, Setup, Shot

SEED, SEEDS = 20261121, 4
RATES = (Fraction(24000, 1001), Fraction(25), Fraction(50))


def planner(seed):
    rng = np.random.default_rng([SEED, seed])
    thumbs = [rng.integers(16, 235, (80, 128)).astype(np.uint8) for _ in range(12)]
    return planning.Planner(rng, thumbs, 20, 5)


def shot(length, before=("cut",)):
    return Shot(length, Setup(0, 0.5, 0.5, 0.5), Light(), "static", 1, before=before)


def joints(*shots, rate=Fraction(25)):
    return storyboard.laid_out([Scene("a", "walk", list(shots), "none", False)], rate).joints


class Plans(unittest.TestCase):
    def test_episodes_are_as_long_as_asked_for(self):
        for seed in range(SEEDS):
            length = sum(scene.length for scene in planner(seed).episode(200))
            self.assertTrue(185 <= length <= 215, f"seed {seed}: {length}")

    def test_transitions_leave_something_of_every_shot(self):
        for seed in range(SEEDS):
            scenes = planner(seed).episode(200)
            for rate in RATES:
                board = storyboard.laid_out(scenes, rate)
                self.assertEqual(len(board.joints), len(board.shots) - 1)
                edges = [0] + [edge for joint in board.joints for edge in (joint.start, joint.end)]
                self.assertEqual(edges, sorted(edges), f"seed {seed}")
                for before, after in zip(board.joints[:-1], board.joints[1:]):
                    self.assertGreater(after.start - before.end, 0, f"seed {seed}")
                self.assertLess(edges[-1], board.frame_count)

    def test_scenes_begin_at_joints(self):
        board = storyboard.laid_out(planner(3).episode(300), Fraction(25))
        middles = [0] + [joint.middle for joint in board.joints]
        self.assertEqual(len(board.scene_frames), len(board.scenes))
        self.assertTrue(set(board.scene_frames) <= set(middles))

    def test_places_return_with_their_setups(self):
        scenes = [scene for seed in range(SEEDS) for scene in planner(seed).episode(400)]
        self.assertLess(len({scene.place for scene in scenes}), len(scenes))

    def test_neighbours_differ(self):
        for scene in [scene for seed in range(SEEDS) for scene in planner(seed).episode(400)]:
            for a, b in zip(scene.shots[:-1], scene.shots[1:]):
                if not a.card and not b.card:
                    self.assertNotEqual(a.setup.stand, b.setup.stand)

    def test_decoys_stay_clear_of_the_edges_of_their_shot(self):
        for scene in planner(6).episode(400):
            for each in scene.shots:
                for decoy in each.decoys:
                    self.assertGreater(decoy.start, 0)
                    self.assertLess(decoy.start + decoy.length, each.length)

    def test_paced_shots_have_the_mean_asked_for(self):
        scenes = storyboard.paced(planner(2).episode(100), 5.0)
        lengths = [shot.length for scene in scenes for shot in scene.shots]
        self.assertAlmostEqual(sum(lengths) / len(lengths), 5.0)

    def test_same_seed_same_plan(self):
        self.assertEqual(planner(7).episode(100), planner(7).episode(100))


class Joints(unittest.TestCase):
    def test_a_cut_is_between_two_frames(self):
        joint = joints(shot(2), shot(3))[0]
        self.assertEqual((joint.kind, joint.start, joint.end), ("cut", 50, 50))

    def test_a_dissolve_lies_around_the_edge(self):
        joint = joints(shot(4), shot(4, ("dissolve", 1.0)))[0]
        self.assertEqual((joint.kind, joint.start, joint.end, joint.middle), ("dissolve", 88, 113, 100.5))

    def test_a_fade_has_two_sides_and_a_hold(self):
        joint = joints(shot(8), shot(8, ("fade", (1.0, 0.4, 2.0), "white")))[0]
        self.assertEqual((joint.start, joint.gone, joint.back, joint.end), (158, 183, 193, 243))
        self.assertEqual(joint.colour, "white")

    def test_what_has_no_room_becomes_shorter_or_a_cut(self):
        self.assertEqual(joints(shot(8), shot(1, ("dissolve", 2.0)))[0].end, 211)
        self.assertEqual(joints(shot(0.2), shot(8, ("dissolve", 2.0)))[0].kind, "cut")


if __name__ == "__main__":
    unittest.main()
