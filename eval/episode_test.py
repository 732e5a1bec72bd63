#!/usr/bin/python3
"""Tests of what the truth rests on: levels, fades, beds, and the check of timing."""

import pathlib
import subprocess
import tempfile
import types
import unittest

import numpy as np

import encoder
import episode
import material
import plan
import rows
import sound

RNG = np.random.default_rng(1)


def noise(seconds, channels=2):
    return RNG.standard_normal((int(seconds * sound.RATE), channels)).astype(np.float32)


def cue(length, pieces, **more):
    wanted = rows.Wanted("ladder", "dialogue", 0.0, length, changes=more.pop("changes", {}))
    return plan.Cue(wanted, types.SimpleNamespace(name="a"), True, 10.0, pieces, **more)


class Sound(unittest.TestCase):
    def test_convolution_in_blocks_is_the_whole_convolution(self):
        signal, response = noise(4, 1)[:, 0], noise(0.05, 1)[:, 0]
        whole = np.convolve(signal, response)[: len(signal)]
        np.testing.assert_allclose(sound.convolve(signal, response), whole, atol=2e-3)

    def test_side_share(self):
        same = np.repeat(noise(0.1, 1), 2, axis=1)
        self.assertEqual(sound.side_share(same), 0.0)
        self.assertAlmostEqual(sound.side_share(same * [1, -1]), 1.0, places=5)
        self.assertAlmostEqual(sound.side_share(noise(2)), 0.5, places=1)


    def test_part_is_the_same_as_in_the_whole(self):
        with tempfile.TemporaryDirectory() as folder:
            wave = pathlib.Path(folder) / "whole.wav"
            sound.save(wave, 0.1 * noise(12))
            for name in ("whole.flac", "whole.ogg", "whole.opus", "whole.mp3"):
                coded = wave.with_name(name)
                subprocess.run(["ffmpeg", "-v", "error", "-i", wave, coded], check=True)
                expected = sound.decode(coded)[int(7.25 * sound.RATE) : int(9.25 * sound.RATE)]
                np.testing.assert_allclose(sound.decode_part(coded, 7.25, 2.0), expected, atol=1e-3, err_msg=name)


class Fades(unittest.TestCase):
    def test_audible_span_begins_20_db_below_the_plateau(self):
        gain = episode._fades(10 * sound.RATE, 2.0, 0.0)
        start, _ = cue(10.0, [], fade_in=2.0).audible
        self.assertAlmostEqual(gain[round((start - 10.0) * sound.RATE)], 0.1, places=3)

    def test_hard_ends_only_avoid_the_click(self):
        gain = episode._fades(sound.RATE, 0.0, 0.0)
        self.assertEqual(gain[round(episode.EDGE * sound.RATE)], 1.0)
        self.assertEqual(cue(1.0, []).audible, (10.0, 11.0))


class Alignments(unittest.TestCase):
    def test_loop_is_two_alignments_from_the_same_place(self):
        pieces = [plan.Piece(0.0, 30.0, 4.0), plan.Piece(4.0, 30.0, 4.0)]
        found = episode._alignments(cue(8.0, pieces))
        self.assertEqual([(a["start"], a["end"], a["recording_start"]) for a in found],
                         [(10.0, 14.0, 30.0), (14.0, 18.0, 30.0)])

    def test_fade_moves_the_position_with_the_start(self):
        found = episode._alignments(cue(8.0, [plan.Piece(0.0, 30.0, 8.0)], fade_in=2.0))[0]
        self.assertAlmostEqual(found["start"] - 10.0, found["recording_start"] - 30.0, places=3)
        self.assertGreater(found["start"], 10.0)


    def test_position_runs_at_the_rate_of_the_music(self):
        faded = cue(8.0, [plan.Piece(0.0, 30.0, 8.0)], fade_in=2.0, changes={"rate": 1.02})
        found = episode._alignments(faded)[0]
        self.assertAlmostEqual(found["recording_start"] - 30.0, 1.02 * (found["start"] - 10.0), places=3)


class Versions(unittest.TestCase):
    def test_all_of_both_lies_at_the_same_place(self):
        played = [{"start": 10.0, "end": 18.0, "recording_start": 30.0}]
        self.assertEqual(episode._in_kin(played, material.Kin("b", "vocal", None), 1.0), played)

    def test_edit_is_found_in_the_original_on_both_sides_of_its_join(self):
        kin = material.Kin("b", "original", ((0.0, 100.0, 24.0), (24.0, 200.0, 40.0)))
        found = episode._in_kin([{"start": 10.0, "end": 18.0, "recording_start": 20.0}], kin, 1.0)
        self.assertEqual([(a["start"], a["end"], a["recording_start"]) for a in found],
                         [(10.0, 14.0, 120.0), (14.0, 18.0, 200.0)])

    def test_rate_is_followed_to_the_join(self):
        kin = material.Kin("b", "original", ((0.0, 100.0, 24.0), (24.0, 200.0, 40.0)))
        found = episode._in_kin([{"start": 10.0, "end": 18.0, "recording_start": 20.0}], kin, 2.0)
        self.assertEqual([(a["start"], a["recording_start"]) for a in found], [(10.0, 120.0), (12.0, 200.0)])


class Beds(unittest.TestCase):
    def test_bed_is_raised_until_the_side_is_covered(self):
        music, bed = noise(2), 0.01 * noise(2)
        words = np.repeat(noise(2, 1), 2, axis=1)
        for level in (-5, 0, 3):
            rest = words + bed * episode._bed_gain(music, words, bed, level)
            scaled = music * sound.amplitude(level) * np.sqrt(sound.power(rest) / sound.power(music))
            self.assertLess(episode._side_range(scaled, rest), episode.SIDE_RANGE_DB)

    def test_bed_stays_where_the_side_is_covered_already(self):
        self.assertEqual(episode._bed_gain(np.repeat(noise(1, 1), 2, axis=1), noise(1), noise(1), 10), 1.0)


class Timing(unittest.TestCase):
    def test_lag_is_found_to_the_sample(self):
        mixed = noise(3, 1)[:, 0]
        late = np.concatenate([np.zeros(480, np.float32), mixed])[: len(mixed)]
        self.assertEqual(encoder._lag(mixed, late), 0.01)
        self.assertEqual(encoder._lag(late, mixed), -0.01)


if __name__ == "__main__":
    unittest.main()
