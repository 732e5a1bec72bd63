#!/usr/bin/python3
"""Tests that modifications do to sound what their names say, measured on the samples."""

import unittest

import numpy as np

import encoder
import midi
import modification
import plan
import rows
import singing
import sound

SECONDS = 6
RNG = np.random.default_rng(5)


def cue(name, **changes):
    return plan.Cue(rows.Wanted("modification", "dialogue", 0, SECONDS, modification=name, changes=changes))


def clicks(times, seconds):
    """Short bursts at those times over a low tone."""
    out = 0.05 * np.sin(2 * np.pi * 110 * np.arange(int(seconds * sound.RATE)) / sound.RATE)
    for time in times:
        first = int(time * sound.RATE)
        out[first : first + 480] += 0.5 * RNG.standard_normal(480)
    return np.repeat(out[:, None], 2, axis=1).astype(np.float32)


def click_times(samples, count):
    rms = sound.block_rms(samples, 0.005)
    found = []
    while len(found) < count:
        at = int(np.argmax(rms))
        found.append(at * 0.005)
        rms[max(0, at - 20) : at + 20] = 0
    return sorted(found)


def tone_of(samples):
    spectrum = np.abs(np.fft.rfft(samples[:, 0] * np.hanning(len(samples)), 1 << 20))
    return np.argmax(spectrum) * sound.RATE / (1 << 20)


def band(samples, low, high):
    spectrum = np.abs(np.fft.rfft(samples[:, 0])) ** 2
    frequencies = np.fft.rfftfreq(len(samples), 1 / sound.RATE)
    return sound.decibels(spectrum[(low <= frequencies) & (frequencies < high)].sum() / spectrum.sum())


class Stretched(unittest.TestCase):
    def test_tempo_moves_time_and_keeps_pitch(self):
        times, rate = [0.5, 2.0, 3.5, 5.0], 1.02
        out = modification.apply(RNG, cue("tempo up 1-2 %", rate=rate), clicks(times, SECONDS * rate),
                                 SECONDS * sound.RATE)
        np.testing.assert_allclose(click_times(out, 4), [time / rate for time in times], atol=0.03)
        self.assertEqual(len(out), SECONDS * sound.RATE)
        tone = 0.1 * np.sin(2 * np.pi * 440 * np.arange(int(SECONDS * rate * sound.RATE)) / sound.RATE)
        out = modification.apply(RNG, cue("tempo up 1-2 %", rate=rate), np.repeat(tone[:, None], 2, axis=1),
                                 SECONDS * sound.RATE)
        self.assertAlmostEqual(tone_of(out), 440, delta=0.5)

    def test_pitch_moves_and_time_stays(self):
        times, pitch = [0.5, 2.0, 3.5, 5.0], 0.985
        changed = cue("pitch down 1-2 %", pitch=pitch)
        out = modification.apply(RNG, changed, clicks(times, SECONDS), SECONDS * sound.RATE)
        np.testing.assert_allclose(click_times(out, 4), times, atol=0.03)
        tone = 0.1 * np.sin(2 * np.pi * 440 * np.arange(SECONDS * sound.RATE) / sound.RATE)
        out = modification.apply(RNG, changed, np.repeat(tone[:, None], 2, axis=1), SECONDS * sound.RATE)
        self.assertAlmostEqual(tone_of(out), 440 * pitch, delta=0.5)

    def test_speed_moves_both(self):
        times, rate = [0.5, 2.0, 3.5, 5.0], 25 / 24
        out = encoder.at_speed(clicks(times, SECONDS), rate)
        self.assertAlmostEqual(len(out) / sound.RATE, SECONDS / rate, delta=0.002)
        np.testing.assert_allclose(click_times(out, 4), [time / rate for time in times], atol=0.006)
        self.assertAlmostEqual(tone_of(out), 110 * rate, delta=0.2)


class Filtered(unittest.TestCase):
    def setUp(self):
        self.noise = 0.1 * RNG.standard_normal((SECONDS * sound.RATE, 2)).astype(np.float32)

    def made(self, name, samples=None):
        return modification.apply(RNG, cue(name), self.noise if samples is None else samples,
                                  SECONDS * sound.RATE)

    def test_radio_is_narrow_and_mono(self):
        out = self.made("low-pass (a radio)")
        self.assertLess(band(out, 6000, 24000), -20)
        self.assertLess(band(out, 0, 100), -20)
        self.assertLess(sound.side_share(out), 1e-6)

    def test_compressor_narrows_the_range(self):
        quiet_and_loud = self.noise * np.repeat([1, 0.1, 1], 2 * sound.RATE)[:, None].astype(np.float32)
        range_of = lambda s: 20 * np.log10(sound.block_rms(s, 1)[1] / sound.block_rms(s, 1)[3])
        self.assertAlmostEqual(range_of(quiet_and_loud), 20, delta=0.5)
        self.assertLess(range_of(self.made("compressor and limiter", quiet_and_loud)), 12)

    def test_equalizer_moves_bands_by_several_decibels(self):
        out = self.made("equalizer")
        moves = [band(out, low, 1.4 * low) - band(self.noise, low, 1.4 * low) for low in (100, 500, 1800, 6000)]
        self.assertGreater(max(moves) - min(moves), 5)

    def test_reverb_answers_after_the_sound(self):
        burst = np.zeros_like(self.noise)
        burst[: sound.RATE] = self.noise[: sound.RATE]
        out = self.made("room reverb", burst)
        self.assertGreater(sound.power(out[sound.RATE : int(1.2 * sound.RATE)]), 1e-5)
        self.assertLess(sound.power(out[3 * sound.RATE :]), 1e-6)


class Singing(unittest.TestCase):
    def test_sung_pitch_is_that_of_the_melody(self):
        voice = singing.sing(RNG, [singing.Sung(0.2, 3.8, 69.0)], 4)[:, None]
        held = voice[sound.RATE : 3 * sound.RATE]
        spectrum = np.abs(np.fft.rfft(held[:, 0] * np.hanning(len(held))))
        strongest = np.argmax(spectrum) / 2  # Hz: two seconds
        partial = round(strongest / 440)
        self.assertGreater(partial, 0)
        self.assertAlmostEqual(strongest / partial, 440, delta=12)
        self.assertAlmostEqual(sound.power(held), 1.0, delta=0.3)

    def test_tune_follows_the_highest_notes_within_the_voice(self):
        notes = [midi.Note(0, pitch, 90, start, end, 0)
                 for pitch, start, end in ((60, 0, 1), (64, 0, 1), (90, 1, 3), (62, 2, 3))]
        tune = singing.tune_of(notes)
        self.assertEqual([(s.start, s.end, s.pitch) for s in tune], [(0, 1, 64), (1, 2, 78), (2, 3, 62)])


if __name__ == "__main__":
    unittest.main()
