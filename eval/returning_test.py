#!/usr/bin/python3
"""Tests of the scorer of returning music, on cases small enough to be worked out by hand."""

import unittest

import returning


def use(recording, start, end, position=0.0, rate=1.0, level=0):
    alignment = {"start": start, "end": end, "recording_start": position, "rate": rate, "pitch": 1.0}
    return {"recording": recording, **alignment, "planned_level_db": level, "alignments": [alignment]}


def truth(episode, *uses, channel="stereo"):
    return {"episode": episode, "channel": channel, "duration": 1800.0, "cues": list(uses), "uncatalogued": []}


def recurrence(*places, kind="music"):
    return {"kind": kind, "places": [{"episode": e, "start": s, "end": t} for e, s, t in places]}


class Returning(unittest.TestCase):
    truths = [truth("1", use("a", 10, 30), use("b", 50, 70)),
              truth("2", use("a", 100, 120, 5.0, level=-10), use("b", 200, 204), channel="mono")]

    def score(self, *recurrences, truths=None):
        return returning.score(truths or self.truths, recurrences, lambda name: name)

    def test_a_pair_is_what_both_play_long_enough(self):
        scored = self.score(recurrence(("1", 15, 30), ("2", 100, 115)))
        self.assertEqual(scored["pairs"], [{"level": -10, "is_found": True, "channel": "mono"}])
        self.assertEqual((scored["uses"], scored["uses_found"], scored["places"], scored["pure"], scored["false"]),
                         (2, 2, 2, 2, 0))
        self.assertEqual(scored["hours"], 1.0)

    def test_half_of_what_is_shared_must_be_covered_at_both(self):
        self.assertFalse(self.score(recurrence(("1", 15, 21), ("2", 100, 115)))["pairs"][0]["is_found"])
        self.assertFalse(self.score(recurrence(("1", 15, 30)), recurrence(("2", 100, 115)))["pairs"][0]["is_found"])

    def test_other_rates_make_no_pair(self):
        truths = [truth("1", use("a", 10, 30)), truth("2", use("a", 10, 30, rate=1.04))]
        self.assertEqual(self.score(truths=truths)["pairs"], [])

    def test_purity_and_false_ones(self):
        scored = self.score(recurrence(("1", 15, 30), ("2", 100, 115), ("1", 50, 60)), recurrence(("1", 80, 90), ("2", 0, 9)))
        self.assertEqual((scored["places"], scored["pure"], scored["false"]), (3, 2, 1))

    def test_footage_is_not_counted(self):
        scored = self.score(recurrence(("1", 80, 90), ("2", 0, 9), kind="recap"))
        self.assertEqual((scored["recurrences"], scored["false"]), (0, 0))


if __name__ == "__main__":
    unittest.main()
