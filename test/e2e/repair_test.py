"""Damage to the index: what is told of it, what goes on, and what `check --repair` brings back."""

import os
import shutil
import signal
import time
import unittest

import material
from program import SEEDS, Case, run, song, start


class Damaged(Case):
    """A desk of two segments, one with songs 1 and 2, one with songs 3 and 4 and the episode."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shutil.rmtree(cls.desk)
        songs = sorted(cls.music.iterdir())
        for words in (["add", *songs[:2]], ["add", *songs[2:]], ["spot", cls.episode]):
            ended = run(cls.desk, *words)
            if ended.code != 0:
                raise AssertionError(ended.err)

    def setUp(self):
        super().setUp()
        self.copy = self.copy_of_desk()
        self.identified = run(self.copy, "identify", self.episode, "--json").out
        self.spotted = run(self.copy, "spot", self.episode, "--json").json

    @staticmethod
    def segments(desk):
        return sorted((desk / "index").glob("segment-*"))

    @staticmethod
    def change(path, at, value=0x10):
        content = bytearray(path.read_bytes())
        content[at] ^= value
        path.write_bytes(content)

    def repair(self, code=0):
        ended = run(self.copy, "check", "--repair", "--json")
        self.assert_ended(ended, code)
        return ended.json

    def assert_as_before(self):
        """Every answer of the desk is what it was."""
        self.assert_whole(self.copy)
        self.assertEqual(run(self.copy, "identify", self.episode, "--json").out, self.identified)
        spotted = run(self.copy, "spot", self.episode, "--json")
        self.assert_ended(spotted, 0)
        self.assertEqual(spotted.err, "")
        self.assertEqual(spotted.json, self.spotted)
        self.assertEqual(run(self.copy, "spot", "--stale").out, "every episode is up to date\n")

    def test_the_rest_goes_on_with_a_warning(self):
        segment = self.segments(self.copy)[0]  # songs 1 and 2
        os.truncate(segment, 1000)
        line = "2 of the desk's recordings can't be found now"
        for words in (["list"], ["identify", self.episode]):
            ended = run(self.copy, *words)
            self.assert_ended(ended, 0)
            self.assert_one_line(ended, line, '"Song 1", "Song 2"', "needledrop check --repair")
        # What was found when all was there is kept; what is found now says what it lacks.
        spotted = run(self.copy, "spot", self.episode, "--json")
        self.assert_ended(spotted, 0)
        self.assertIn(line, spotted.err)
        self.assertIn("keeps what was found before", spotted.err)
        self.assertEqual(spotted.json["missing_recordings"], [1, 2])
        self.assertIn(line, spotted.json["warnings"][0])
        self.assertEqual(spotted.json["spots"], [])
        self.assertEqual(len(run(self.copy, "cues", self.episode, "--json").json["cues"]), 2)
        # What is new is added; what the segment holds is not added a second time.
        song(SEEDS[0]).write(self.dir / "other.wav", rate=material.RATE * 9 // 10)
        added = run(self.copy, "add", self.dir / "other.wav", self.music, "--json")
        self.assert_ended(added, 4)
        self.assertEqual([r["id"] for r in added.json["added"]], [6])
        self.assertEqual(len(added.json["unchanged"]), 2)
        self.assertEqual(len(added.json["failed"]), 2)
        self.assertIn(line, added.json["warnings"][0]["warning"])
        self.assertTrue(segment.exists())
        stats = run(self.copy, "stats", "--json").json
        self.assertEqual((stats["segments"], stats["unreadable_segments"]), (3, 1))
        checked = run(self.copy, "check", "--json")
        self.assert_ended(checked, 4)
        self.assertEqual([d["sources"] for d in checked.json["damage"]], [[1, 2]])
        self.assert_one_line(checked, segment, "cut short", "01 - Song 1.flac", "check --repair")
        self.assert_ended(run(self.copy, "remove", "other"), 0)
        self.repair()
        self.assertEqual(run(self.copy, "identify", self.episode, "--json").out, self.identified)
        self.assert_whole(self.copy)

    def test_a_first_run_is_stale_until_all_is_there(self):
        self.assert_ended(run(self.copy, "remove", "--kind", "episode", 1), 0)
        os.truncate(self.segments(self.copy)[0], 1000)
        spotted = run(self.copy, "spot", self.episode, "--json")
        self.assertEqual((spotted.json["spots"], spotted.json["missing_recordings"]), ([], [1, 2]))
        self.assertTrue(run(self.copy, "list", "episodes", "--json").json["episodes"][0]["stale"])
        self.repair()
        again = run(self.copy, "spot", "--stale", "--json")
        self.assert_ended(again, 0)
        self.assertEqual(again.json[0]["spots"], self.spotted["spots"])
        self.assertEqual(run(self.copy, "spot", "--stale").out, "every episode is up to date\n")

    def test_a_flipped_byte_is_mended_without_any_file(self):
        shutil.move(self.music, self.dir / "away")
        self.addCleanup(shutil.move, self.dir / "away", self.music)
        whole = [segment.read_bytes() for segment in self.segments(self.copy)]
        for number, content in enumerate(whole):
            for share in (0.9, 0.97, 0.9999):  # postings, rows or footer: not the peaks
                with self.subTest(segment=number, share=share):
                    desk = self.dir / f"desk{number}-{share}"
                    shutil.copytree(self.desk, desk)
                    self.change(self.segments(desk)[number], int(share * len(content)))
                    self.assert_ended(run(desk, "check"), 4)
                    ended = run(desk, "check", "--repair", "--json")
                    lost = ended.json["not_rebuilt"]
                    self.assert_ended(ended, 4 if lost else 0)
                    self.assertLessEqual(len(lost), 1)
                    self.assertEqual(len(ended.json["set_aside"]), 1)
                    kept = desk / "index" / "quarantine" / self.segments(self.copy)[number].name
                    self.assertEqual(ended.json["set_aside"][0]["kept_as"], str(kept))
                    self.assertEqual(kept.stat().st_size, len(content))

    def test_whatever_is_lost_is_rebuilt_from_the_files(self):
        for name, damage in {
            "peaks": lambda index: [self.change(s, 60) for s in index.glob("segment-*")],
            "cut": lambda index: [os.truncate(s, 50) for s in index.glob("segment-*")],
            "segments": lambda index: [s.unlink() for s in index.glob("segment-*")],
            "manifest": lambda index: (index / "manifest").unlink(),
            "garbled manifest": lambda index: (index / "manifest").write_bytes(b"\0" * 4096),
            "all": shutil.rmtree,
        }.items():
            with self.subTest(name):
                shutil.rmtree(self.copy)
                self.copy_of_desk()
                damage(self.copy / "index")
                self.assert_ended(run(self.copy, "check"), 4)
                self.repair()
                self.assert_as_before()
                self.assertEqual(self.repair()["set_aside"], [])

    def test_what_can_not_be_rebuilt_is_named(self):
        segment = self.segments(self.copy)[0]
        segment.unlink()
        file = self.music / "01 - Song 1.flac"
        away = self.dir / "away.flac"
        shutil.move(file, away)
        self.addCleanup(shutil.copy, away, file)
        ended = run(self.copy, "check", "--repair")
        self.assert_ended(ended, 4)
        self.assertIn("rebuilt from files: 1 source\n", ended.out)
        self.assertIn(f"needledrop: {file}: its file is not there any more; put it back", ended.err)
        identified = run(self.copy, "identify", self.episode, "--json")
        self.assertEqual(identified.json["missing_recordings"], [1])
        self.assertEqual([m["recording"]["id"] for m in identified.json["matches"]], [2])
        # It is found again where it is now, under its id.
        added = run(self.copy, "add", away, "--json")
        self.assert_ended(added, 0)
        self.assertEqual([r["id"] for r in added.json["added"]], [1])
        self.assert_whole(self.copy)

    def test_a_damaged_catalogue_is_told_of_and_nothing_touched(self):
        before = {f.name: f.read_bytes() for f in (self.copy / "index").iterdir()}
        database = self.copy / "catalogue.db"
        content = bytearray(database.read_bytes())
        content[4096 * 3 : 4096 * 6] = os.urandom(4096 * 3)
        database.write_bytes(content)
        ended = run(self.copy, "check", "--repair")
        self.assert_ended(ended, 4)
        self.assertIn("backup", ended.err)
        self.assertEqual({f.name: f.read_bytes() for f in (self.copy / "index").iterdir()}, before)

    def test_ctrl_c(self):
        for segment in self.segments(self.copy):
            segment.unlink()
        repairing = start(self.copy, "check", "--repair", "--threads", 1)
        time.sleep(0.15)
        repairing.send_signal(signal.SIGINT)
        _, err = repairing.communicate(timeout=60)
        self.assertIn(repairing.returncode, (0, 1, -signal.SIGINT), err)
        self.repair()
        self.assert_as_before()


if __name__ == "__main__":
    unittest.main()
