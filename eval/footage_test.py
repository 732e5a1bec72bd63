#!/usr/bin/python3
"""Tests of what is drawn, on made-up pictures: views against a slow twin, joints on the very frames of the truth."""

import unittest
from fractions import Fraction

import numpy as np

import camera
import decoys
import footage
import shot_score
import storyboard
from pictures import Plate
from storyboard import Decoy, Light, Scene, Setup, Shot

SEED = 20261121
SIZE = (64, 36)
RATE = Fraction(25)


def plate(luma):
    """A plate of one even luma, with a wave that gives it something to see."""
    wave = 10 * np.sin(np.arange(640) / 9)[None, :] * np.ones((360, 1))
    planes = [np.clip(luma + wave, 16, 235).astype(np.uint8), *(np.full((180, 320), 128, np.uint8) for _ in range(2))]
    return Plate([planes, [plane[::2, ::2] for plane in planes]])


def shot(length, picture, before=("cut",), **more):
    return Shot(length, Setup(picture, 0.5, 0.5, 0.5), Light(), "static", 1, before=before, **more)


def filmed(*shots, rate=RATE):
    """(board, mean luma of each frame) of shots whose pictures are 60 and 180 bright."""
    board = storyboard.laid_out([Scene("a", "walk", list(shots), "none", False)], rate)
    stage = footage.Stage(board, lambda number: plate(60 + 120 * number), None, 0, SIZE)
    return board, [float(stage.frame(number)[0][0].mean()) for number in range(board.frame_count)]


class Views(unittest.TestCase):
    def test_interpolation_equals_a_slow_twin(self):
        print(f"seed {SEED}")
        rng = np.random.default_rng(SEED)
        plane = rng.integers(16, 236, (40, 60)).astype(np.uint8)
        table = rng.uniform(16, 235, 256).astype(np.float32)
        for box in ((3.3, 4.7, 20.0, 11.0), (0, 0, 60, 40), (40.5, 30.2, 30, 20), (-3, -2, 10, 5)):
            for mirrored in (False, True):
                fast = camera.seen(plane, box, (16, 9), table, mirrored)
                slow = [[_sample(plane, table, box, (15 - x if mirrored else x), y) for x in range(16)]
                        for y in range(9)]
                np.testing.assert_allclose(fast, slow, atol=0.05)

    def test_mean_of_a_picture_is_kept(self):
        board, means = filmed(shot(1, 0))
        self.assertLess(abs(means[0] - 60), 4)

    def test_a_cut_out_that_is_partly_outside_is_laid_where_it_is_seen(self):
        opaque = [np.ones((10, 10), np.float32), np.ones((5, 5), np.float32)]
        cut = camera.Cut([np.full((10, 10), 200.0), np.full((5, 5), 90.0), np.full((5, 5), 90.0)], opaque)
        for left, top, covered in ((-4, 2, 60), (60, 30, 24), (-10, 0, 0), (64, 0, 0), (-50, -50, 0), (10, 10, 100)):
            planes = camera.plain(SIZE, 16)
            camera.lay(planes, cut, left, top)
            self.assertEqual(int((planes[0] > 100).sum()), covered, (left, top))


def _sample(plane, table, box, column, row):
    left, top, width, height = box
    x = min(max(left + (column + 0.5) * width / 16 - 0.5, 0), plane.shape[1] - 1.001)
    y = min(max(top + (row + 0.5) * height / 9 - 0.5, 0), plane.shape[0] - 1.001)
    x0, y0 = int(x), int(y)
    value = lambda i, k: float(table[plane[i, k]])
    upper = value(y0, x0) * (1 - x + x0) + value(y0, x0 + 1) * (x - x0)
    lower = value(y0 + 1, x0) * (1 - x + x0) + value(y0 + 1, x0 + 1) * (x - x0)
    return upper * (1 - y + y0) + lower * (y - y0)


class Joints(unittest.TestCase):
    def test_a_cut_is_seen_on_its_frame(self):
        board, means = filmed(shot(2, 0), shot(2, 1))
        self.assertEqual(int(np.argmax(np.abs(np.diff(means)))) + 1, board.joints[0].start)

    def test_a_dissolve_begins_and_ends_on_its_frames(self):
        board, means = filmed(shot(4, 0), shot(4, 1, ("dissolve", 1.0)))
        joint = board.joints[0]
        changes = np.nonzero(np.abs(np.diff(means)) > 0.5)[0] + 1
        self.assertEqual((changes[0], changes[-1]), (joint.start, joint.end))
        self.assertAlmostEqual(means[(joint.start + joint.end - 1) // 2], 120, delta=4)

    def test_a_fade_goes_through_its_colour(self):
        board, means = filmed(shot(8, 0), shot(8, 1, ("fade", (1.0, 0.4, 1.0), "white")))
        joint = board.joints[0]
        self.assertTrue(all(value == 235 for value in means[joint.gone : joint.back]))
        self.assertLess(means[joint.start - 1], 64)
        self.assertLess(means[joint.end], 190)

    def test_the_truth_names_the_first_picture_of_the_new_shot(self):
        board, _ = filmed(shot(2, 0), shot(2, 1), rate=Fraction(50))
        pictures = [0.3 + n / 25 for n in range(100)]
        for first, expected in ((100, 50), (101, 50), (102, 51)):
            board.joints[0] = storyboard.Joint("cut", first, first)
            truth = footage.truth(board, pictures, 4.3, 2)
            self.assertEqual((truth["cuts"][0]["frame"], truth["cuts"][0]["time"]), (expected, pictures[expected]))
            self.assertEqual(shot_score.nearest(truth["times"], truth["cuts"][0]["time"]), expected)


class Decoys(unittest.TestCase):
    def test_a_flash_is_as_long_as_it_says_and_leaves_no_trace(self):
        flash = Decoy("flash", 1.0, 0.08, 5)
        _, plain = filmed(shot(2, 0))
        _, flashed = filmed(shot(2, 0, decoys=(flash,)))
        self.assertEqual([n for n in range(50) if flashed[n] != plain[n]], [25, 26])

    def test_writing_is_seen_only_while_it_is_there(self):
        opacity = np.ones((6, 20), np.float32)
        for x, y in ((0.5, 0.5), (0.5, 0.99), (0.5, 0.0), (0.5, -3.0), (0.5, 3.0)):
            planes = camera.plain(SIZE, 100)
            decoys.write(planes, opacity, x, y, 1.0)
            self.assertEqual(bool((planes[0] != 100).any()), -0.1 <= y <= 1.1, (x, y))

    def test_something_that_passes_covers_and_leaves(self):
        _, means = filmed(shot(3, 1, decoys=(Decoy("passing", 0.5, 1.5, 3),)))
        self.assertLess(min(means), 0.9 * means[0])
        self.assertAlmostEqual(means[-1], means[0], delta=0.01)


if __name__ == "__main__":
    unittest.main()
