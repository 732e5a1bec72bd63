#!/usr/bin/python3
"""Tests of reading and changing scores, on one that is written here."""

import struct
import unittest

import midi

TUNE = [(0, 1, 60, 100), (1, 2, 62, 90), (2, 4, 64, 80)]
BEAT = [(0, 0.25, 36, 110), (2, 2.25, 38, 110)]


def score(tempo=600_000):
    return midi.written([(0, 5, TUNE), (midi.DRUMS, 0, BEAT)], tempo)


def wad(*lumps):
    body, directory = b"", b""
    for name, content in lumps:
        directory += struct.pack("<ii8s", 12 + len(body), len(content), name)
        body += content
    return b"IWAD" + struct.pack("<ii", len(lumps), 12 + len(body)) + body + directory


class Reading(unittest.TestCase):
    def test_notes_in_seconds(self):
        found = [(n.channel, n.pitch, round(n.start, 3), round(n.end, 3)) for n in midi.notes(score())]
        self.assertEqual(found, [(0, 60, 0.0, 0.6), (9, 36, 0.0, 0.15), (0, 62, 0.6, 1.2), (0, 64, 1.2, 2.4),
                                 (9, 38, 1.2, 1.35)])

    def test_running_status_and_change_of_tempo(self):
        track = bytes([0, 0x90, 60, 100, 96, 60, 0,  # a quarter at 120 a minute, then at 60
                       0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40, 0, 0x90, 62, 100, 96, 62, 0, 0, 0xFF, 0x2F, 0])
        content = b"MThd" + struct.pack(">IHHH", 6, 0, 1, 96) + b"MTrk" + struct.pack(">I", len(track)) + track
        self.assertEqual([(n.start, n.end) for n in midi.notes(content)], [(0.0, 0.5), (0.5, 1.5)])

    def test_damaged_files_are_refused(self):
        for cut in range(len(score()) - 1):
            try:
                midi.notes(score()[:cut])
            except midi.Malformed:
                pass
        for bad in (b"", b"RIFF" * 10, b"MThd" + struct.pack(">IHHH", 6, 0, 1, 0)):
            self.assertRaises(midi.Malformed, midi.notes, bad)

    def test_lumps_of_an_archive(self):
        archive = wad((b"D_A", score()), (b"PLAYPAL", b"x"), (b"D_B", score()), (b"D_C", score(500_000)))
        self.assertEqual([name for name, _ in midi.lumps(archive)], ["D_A", "D_C"])
        self.assertRaises(midi.Malformed, lambda: list(midi.lumps(archive[:-1])))


class Changing(unittest.TestCase):
    def test_silenced_part_is_gone_and_the_rest_stays(self):
        left = midi.notes(midi.without(score(), lambda note: note.channel == 0))
        self.assertEqual([(n.channel, n.pitch) for n in left], [(9, 36), (9, 38)])

    def test_programme_of_all_but_the_drums(self):
        changed = midi.with_programme(score(), 40)
        self.assertIn(bytes([0xC0, 40]), changed)
        self.assertIn(bytes([0xC9, 0]), changed)


if __name__ == "__main__":
    unittest.main()
