#!/usr/bin/python3
"""Tests of the scorer of located clips, on cases small enough to be worked out by hand."""

import unittest

import locate_score


def source(episode, at, start=0.0, end=10.0):
    return {"episode": episode, "episode_start": at, "start": start, "end": end}


def place(episode, at, start=0.0, end=10.0):
    return {"episode": {"id": 1, "title": "x", "path": f"/somewhere/{episode}"}, "episode_start": at, "start": start,
            "end": end}


def score(sources, *places):
    result = locate_score.located({"sources": sources}, places)
    return (result.sources, result.found, result.false)


class Clips(unittest.TestCase):
    def test_right_episode_and_place(self):
        self.assertEqual(score([source("a.mp4", 60)], place("a.mp4", 61)), (1, 1, 0))
        self.assertEqual(score([source("a.mp4", 60)], place("a.mp4", 61.1)), (1, 0, 1))
        self.assertEqual(score([source("a.mp4", 60)], place("b.mp4", 60)), (1, 0, 1))

    def test_times_of_clip_and_episode_move_together(self):
        self.assertEqual(score([source("a.mp4", 60)], place("a.mp4", 62, 2, 10)), (1, 1, 0))
        self.assertEqual(score([source("a.mp4", 60)], place("a.mp4", 60, 2, 10)), (1, 0, 1))

    def test_half_of_the_source_is_enough_and_may_come_in_parts(self):
        self.assertEqual(score([source("a.mp4", 60)], place("a.mp4", 60, 0, 5)), (1, 1, 0))
        self.assertEqual(score([source("a.mp4", 60)], place("a.mp4", 60, 0, 4.9)), (1, 0, 0))
        parts = (place("a.mp4", 60, 0, 3), place("a.mp4", 62, 2, 4), place("a.mp4", 68, 8, 10))
        self.assertEqual(score([source("a.mp4", 60)], *parts), (1, 1, 0))

    def test_sources_of_a_recut_count_each(self):
        both = [source("a.mp4", 60, 0, 5), source("b.mp4", 10, 5, 10)]
        self.assertEqual(score(both, place("a.mp4", 60, 0, 5)), (2, 1, 0))
        self.assertEqual(score(both, place("a.mp4", 60, 0, 5), place("b.mp4", 10, 5, 10)), (2, 2, 0))

    def test_every_place_in_foreign_footage_is_false(self):
        self.assertEqual(score([], place("a.mp4", 60), place("b.mp4", 5)), (0, 0, 2))
        self.assertIsNone(locate_score.Located().recall)


if __name__ == "__main__":
    unittest.main()
