#!/usr/bin/python3
"""Tests of the scorer of cuts and scenes, on cases small enough to be worked out by hand."""

import unittest

import shot_score


def cut(time):
    return {"kind": "cut", "time": time, "start": time, "end": time}


def gradual(start, end, kind="dissolve"):
    return {"kind": kind, "time": (start + end) / 2, "start": start, "end": end}


def truth(*cuts, rate=25, seconds=60, scenes=(), decoys=(), shots=()):
    return {"cuts": list(cuts), "times": [n / rate for n in range(int(seconds * rate))], "decoys": list(decoys),
            "scenes": spans(*scenes), "shots": list(shots)}


def spans(*edges):
    return [{"number": i + 1, "start": a, "end": b} for i, (a, b) in enumerate(zip(edges[:-1], edges[1:]))]


def counts(match):
    return (match.counts.right, match.counts.missed, match.counts.false)


class HardCuts(unittest.TestCase):
    def of(self, found, *true, **more):
        return counts(shot_score.cuts(truth(*true, **more), [cut(time) for time in found]))

    def test_one_picture_off_is_right_and_two_are_not(self):
        self.assertEqual(self.of([10.04], cut(10)), (1, 0, 0))
        self.assertEqual(self.of([9.96], cut(10)), (1, 0, 0))
        self.assertEqual(self.of([10.08], cut(10)), (0, 1, 1))

    def test_rounded_times_count_as_their_picture(self):
        self.assertEqual(self.of([10.059], cut(10)), (1, 0, 0))  # nearer to 10.04 than to 10.08

    def test_pictures_of_the_file_count_where_their_rate_changes(self):
        slow = truth(cut(2.0))
        slow["times"] = [0, 0.5, 1.0, 2.0, 3.0, 3.1, 3.2]
        self.assertEqual(counts(shot_score.cuts(slow, [cut(3.0)])), (1, 0, 0))
        self.assertEqual(counts(shot_score.cuts(slow, [cut(3.1)])), (0, 1, 1))

    def test_a_cut_found_twice_is_right_once(self):
        self.assertEqual(self.of([10.0, 10.04], cut(10)), (1, 0, 1))

    def test_nearest_pairs_are_taken_first(self):
        match = shot_score.matched([10, 11], [11, 12], 1)
        self.assertEqual((match.pairs, match.missed, match.false), ([(1, 0)], [0], [1]))

    def test_a_cut_within_a_dissolve_is_false_and_the_dissolve_missed(self):
        true = truth(gradual(10, 11))
        self.assertEqual(counts(shot_score.cuts(true, [cut(10.5)])), (0, 0, 1))
        self.assertEqual(counts(shot_score.graduals(true, [cut(10.5)])), (0, 1, 0))

    def test_nothing_found_and_nothing_there(self):
        self.assertEqual(self.of([]), (0, 0, 0))
        self.assertIsNone(shot_score.Counts().f1)


class Gradual(unittest.TestCase):
    def test_middles_are_compared(self):
        true = truth(gradual(10, 12))
        self.assertEqual(counts(shot_score.graduals(true, [gradual(10.5, 12.1)])), (1, 0, 0))
        self.assertEqual(counts(shot_score.graduals(true, [gradual(11, 12)])), (0, 1, 1))

    def test_a_fade_found_as_a_dissolve_is_right_but_of_another_kind(self):
        true = truth(gradual(10, 12, "fade"), gradual(20, 21))
        found = [gradual(10, 12), gradual(20, 21)]
        self.assertEqual(counts(shot_score.graduals(true, found)), (2, 0, 0))
        self.assertEqual(shot_score.same_kind(true, found), (1, 2))


class F1(unittest.TestCase):
    def test_is_the_harmonic_mean(self):
        total = shot_score.Counts(8, 2, 0) + shot_score.Counts(0, 0, 2)
        self.assertEqual((total.precision, total.recall), (0.8, 0.8))
        self.assertAlmostEqual(total.f1, 0.8)
        self.assertAlmostEqual(shot_score.Counts(1, 3, 0).f1, 0.4)


class Causes(unittest.TestCase):
    def test_names_what_is_there(self):
        true = truth(gradual(10, 11, "fade"), cut(30), decoys=[{"kind": "flash", "start": 20, "end": 20.1}],
                     shots=[{"start": 0, "move": "pan"}, {"start": 30, "move": "walking"}])
        for time, expected in ((10.5, "fade"), (20.05, "flash"), (30.3, "beside a cut"), (40, "walking"), (5, "pan")):
            self.assertEqual(shot_score.cause(true, time), expected)


class Scenes(unittest.TestCase):
    def test_boundaries_within_two_seconds(self):
        true = truth(scenes=(0, 20, 40, 60))
        match = lambda *edges: counts(shot_score.scene_boundaries(true, spans(*edges), 2.0))
        self.assertEqual(match(0, 21.9, 40, 60), (2, 0, 0))
        self.assertEqual(match(0, 22.1, 60), (0, 2, 1))
        self.assertEqual(match(0, 60), (0, 2, 0))

    def test_overlaps_of_both_directions(self):
        true = truth(scenes=(0, 30, 60))
        real, claimed = shot_score.scene_overlaps(true, spans(0, 30, 45, 60))
        self.assertEqual((real, claimed), ([1.0, 0.5], [1.0, 0.5, 0.5]))

    def test_titles_have_their_role_and_their_span(self):
        true = {"scenes": [{"start": 0, "end": 10, "place": "opening", "pattern": "titles"},
                           {"start": 10, "end": 50, "place": "pier", "pattern": "walk"}]}
        score = lambda *found: shot_score.titles(true, [{"start": a, "end": b, "role": role} for a, b, role in found])
        tuple_of = lambda counts: (counts.right, counts.missed, counts.false)
        self.assertEqual(tuple_of(score((0, 9, "opening"), (9, 50, "story"))), (1, 0, 0))
        self.assertEqual(tuple_of(score((0, 7, "opening"), (7, 50, "recap"))), (0, 1, 2))
        self.assertEqual(tuple_of(score((0, 10, "ending"), (10, 50, "story"))), (0, 1, 1))

    def test_nothing_found_overlaps_nothing(self):
        self.assertEqual(shot_score.scene_overlaps(truth(scenes=(0, 60)), []), ([0.0], []))


if __name__ == "__main__":
    unittest.main()
