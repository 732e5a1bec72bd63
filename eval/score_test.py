#!/usr/bin/python3
"""Tests of the scorer, on cases small enough to be worked out by hand."""

import unittest

import score


def cue(recording, start, end, recording_start=0.0, alignments=None):
    whole = {"start": start, "end": end, "recording_start": recording_start}
    return {"recording": recording, **whole, "alignments": alignments or [whole]}


def spot(recording, start, end, recording_start=0.0, rate=1.0):
    return score.spot_of({"start": start, "end": end, "recording_start": recording_start, "rate": rate}, recording)


def truth(*cues, duration=100.0):
    return {"duration": duration, "cues": list(cues)}


class CueLevel(unittest.TestCase):
    def only(self, one, *spots, **more):
        return score.cues(truth(one), spots, **more)[0]

    def test_exact_spot_is_found_without_error(self):
        result = self.only(cue("a", 10, 20, 5), spot("a", 10, 20, 5))
        self.assertTrue(result.is_found)
        self.assertEqual((result.share, result.start_error, result.end_error), (1.0, 0.0, 0.0))

    def test_half_is_enough_and_less_is_not(self):
        self.assertTrue(self.only(cue("a", 10, 20), spot("a", 10, 15)).is_found)
        missed = self.only(cue("a", 10, 20), spot("a", 10, 14.9))
        self.assertFalse(missed.is_found)
        self.assertIsNone(missed.start_error)

    def test_two_spots_add_up_and_overlap_counts_once(self):
        result = self.only(cue("a", 10, 20), spot("a", 10, 13, 0), spot("a", 12, 16, 2))
        self.assertAlmostEqual(result.share, 0.6)
        self.assertEqual(result.end_error, -4)

    def test_wrong_recording_or_position_is_not_found(self):
        self.assertFalse(self.only(cue("a", 10, 20), spot("b", 10, 20)).is_found)
        self.assertFalse(self.only(cue("a", 10, 20, 5), spot("a", 10, 20, 5.6)).is_found)
        self.assertTrue(self.only(cue("a", 10, 20, 5), spot("a", 10, 20, 5.4)).is_found)

    def test_position_that_sounds_the_same_is_found(self):
        asked = []
        same = lambda *question: asked.append(question) or True
        self.assertTrue(self.only(cue("a", 10, 20, 5), spot("a", 12, 20, 37), is_same=same).is_found)
        self.assertEqual(asked, [("a", 7, 37, 8)])

    def test_position_is_followed_from_where_the_spot_starts(self):
        self.assertTrue(self.only(cue("a", 10, 20, 5), spot("a", 8, 20, 3)).is_found)

    def test_position_follows_the_rate(self):
        self.assertFalse(self.only(cue("a", 0, 60, 0), spot("a", 0, 60, 0, rate=1.04)).is_found)

    def test_loop_needs_both_turns(self):
        turns = [{"start": 0, "end": 10, "recording_start": 30}, {"start": 10, "end": 20, "recording_start": 30}]
        looped = cue("a", 0, 20, 30, turns)
        self.assertAlmostEqual(self.only(looped, spot("a", 0, 20, 30)).share, 0.5)
        self.assertAlmostEqual(self.only(looped, spot("a", 0, 10, 30), spot("a", 10, 20, 30)).share, 1.0)


class Versions(unittest.TestCase):
    def judged(self, differs, *spots):
        whole = [{"start": 10, "end": 20, "recording_start": 5}]
        played = {**cue("vocal", 10, 20, 5), "differs": differs,
                  "versions": [{"recording": "instrumental", "alignments": whole}]}
        result = score.cues(truth(played), spots)[0]
        return result.is_found, score.version_choice(result)

    def spot(self, recording, **more):
        return score.spot_of({"start": 10, "end": 20, "recording_start": 5, **more}, recording)

    def test_where_they_differ_the_played_one_is_right(self):
        self.assertEqual(self.judged(True, self.spot("vocal")), (True, ("vocal", True)))
        self.assertEqual(self.judged(True, self.spot("instrumental")), (True, ("instrumental", False)))
        self.assertEqual(self.judged(True, self.spot("vocal", version_decided=False)), (True, ("either", False)))

    def test_where_they_do_not_either_is_right(self):
        self.assertEqual(self.judged(False, self.spot("vocal")), (True, ("vocal", False)))
        self.assertEqual(self.judged(False, self.spot("instrumental", version_decided=False)),
                         (True, ("either", True)))
        listed = [{"recording": "instrumental"}]
        self.assertEqual(self.judged(False, self.spot("vocal", alternatives=listed)), (True, ("either", True)))

    def test_the_longer_spot_decides(self):
        short = score.spot_of({"start": 10, "end": 13, "recording_start": 5}, "instrumental")
        long = score.spot_of({"start": 13, "end": 20, "recording_start": 8}, "vocal")
        self.assertEqual(self.judged(True, short, long), (True, ("vocal", True)))

    def test_versions_are_one_family_by_the_second(self):
        family = {"vocal": "f", "instrumental": "f"}.get
        found = score.seconds(truth(cue("vocal", 10, 20)), [spot("instrumental", 10, 19)], family)
        self.assertEqual((found.right, found.missed, found.stray), (9, 1, 0))


class Unidentified(unittest.TestCase):
    def found(self, *claimed):
        unknown = [{"start": 20, "end": 30, "level_db": 0}, {"start": 40, "end": 50, "level_db": -8}]
        return score.unidentified({**truth(cue("a", 60, 70)), "uncatalogued": unknown,
                                   "singing": [{"start": 80, "end": 90}]}, claimed)

    def test_loud_unknown_music_is_positive(self):
        found = self.found((22, 31))
        self.assertEqual((found.right, found.missed, found.false), (8, 2, 1))
        self.assertAlmostEqual(found.precision, 8 / 9)
        self.assertAlmostEqual(found.recall, 0.8)

    def test_faint_and_catalogued_music_count_as_neither(self):
        found = self.found((40, 50), (60, 70))
        self.assertEqual((found.right, found.missed, found.false, found.negative), (0, 10, 0, 70))

    def test_singing_is_negative(self):
        found = self.found((85, 95))
        self.assertEqual((found.false, found.false_in_singing, found.singing), (10, 5, 10))


class SecondLevel(unittest.TestCase):
    def test_over_length_and_stray_are_told_apart(self):
        found = score.seconds(truth(cue("a", 10, 20)), [spot("a", 9, 18), spot("a", 50, 53), spot("b", 12, 14)])
        self.assertAlmostEqual(found.right, 8)
        self.assertAlmostEqual(found.missed, 2)
        self.assertAlmostEqual(found.over_length, 1)
        self.assertAlmostEqual(found.stray, 5)
        self.assertAlmostEqual(found.precision, 8 / 14)
        self.assertAlmostEqual(found.recall, 0.8)

    def test_time_without_music(self):
        found = score.seconds(truth(cue("a", 10, 20)), [spot("a", 9, 18), spot("a", 50, 53), spot("b", 12, 14)])
        self.assertAlmostEqual(found.without_music, 90)
        self.assertAlmostEqual(found.stray_without_music, 3)
        self.assertAlmostEqual(found.covered_without_music, 4)

    def test_duplicates_count_once(self):
        found = score.seconds(truth(cue("a", 10, 20)), [spot("a", 10, 20), spot("a", 10, 20)])
        self.assertEqual((found.right, found.precision), (10, 1.0))

    def test_two_recordings_at_once_are_both_right(self):
        found = score.seconds(truth(cue("a", 10, 20), cue("b", 18, 30)), [spot("a", 10, 20), spot("b", 18, 30)])
        self.assertEqual((found.right, found.missed, found.precision), (22, 0, 1.0))

    def test_nothing_claimed_has_no_precision(self):
        found = score.seconds(truth(cue("a", 10, 20)), [])
        self.assertIsNone(found.precision)
        self.assertEqual(found.recall, 0.0)

    def test_sums(self):
        one = score.seconds(truth(cue("a", 10, 20)), [spot("a", 10, 20)])
        self.assertAlmostEqual((one + one).right, 20)


class Percentiles(unittest.TestCase):
    def test_nearest_rank(self):
        self.assertEqual(score.median_and_90([-5, 1, 2, 3, 4]), (3, 5))
        self.assertEqual(score.median_and_90(range(1, 11)), (5, 9))
        self.assertEqual(score.median_and_90([]), (None, None))


if __name__ == "__main__":
    unittest.main()
