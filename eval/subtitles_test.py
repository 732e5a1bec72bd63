"""Tests of subtitles.py: what it makes of lines, and how it counts."""

import unittest

import numpy as np

import subtitles


class Subtitles(unittest.TestCase):
    SPOKEN = [(1.0, 3.0), (4.0, 15.0), (15.2, 16.0), (3700.5, 3702.0)]

    def test_lines_are_cut_and_lie_about_where_they_are_spoken(self):
        for seed in range(20):
            lines = subtitles.subtitled(np.random.default_rng(seed), self.SPOKEN)
            for (start, end), (after, _) in zip(lines, lines[1:] + [(np.inf, 0)]):
                self.assertLess(start, end)
                self.assertLessEqual(end, after)
                self.assertLess(end - start, subtitles.LONGEST_LINE + 1)
                self.assertTrue(any(a - 0.15 <= start and end <= b + 1.3 for a, b in self.SPOKEN))

    def test_text_is_subrip_without_what_lies_before_zero(self):
        shown = subtitles.text([(-1.0, 2.0), (3700.5, 3702.0)])
        self.assertEqual(shown, "1\n01:01:40,500 --> 01:01:42,000\nLine 1\n\n")

    def test_sums_count_what_is_right_wrong_and_not_said(self):
        said, nothing = {"shift": None, "warned": True}, {"shift": None, "warned": False}
        offered = lambda shift: {"shift": shift, "warned": True}
        total = subtitles.sums({
            "a": {"lines": 9, "unshifted": nothing, "foreign": nothing, "rates": [said, nothing],
                  "shifted": {"0.5": offered(-0.6), "-30.0": offered(30.0), "2.4": offered(2.4)}},
            "b": {"lines": 9, "unshifted": offered(1.0), "foreign": said, "rates": [offered(3.0), said],
                  "shifted": {"0.5": nothing}}})
        self.assertEqual((total.quiet, total.foreign_quiet), (1, 1))
        self.assertEqual((total.shifted, total.right, total.wrong), (4, 2, 1))
        self.assertEqual((total.rates, total.rates_told), (4, 2))
        self.assertAlmostEqual(total.largest_error, 0.1)


if __name__ == "__main__":
    unittest.main()
