"""merge, and what add merges by itself: few segments, the same answers, whole whatever happens."""

import contextlib
import random
import shutil
import signal
import subprocess
import time
import unittest

from program import SEEDS, Case, run, start

CLIPS = 20


class Merge(Case):
    @classmethod
    def setUpClass(cls):
        """On top: clips that are added one at a time."""
        super().setUpClass()
        cls.clips = cls.make_clips(CLIPS, SEEDS[2:3])[0].parent
        cls.many = cls.home / "many"
        shutil.copytree(cls.desk, cls.many)
        for clip in sorted(cls.clips.iterdir()):
            ended = run(cls.many, "add", clip)
            if ended.code != 0 or ended.err:
                raise AssertionError(ended.err)

    @staticmethod
    def segments(desk):
        return sorted((desk / "index").glob("segment-*"))

    def copy_of_many(self, name="many"):
        shutil.copytree(self.many, self.dir / name)
        return self.dir / name

    def test_add_keeps_segments_few(self):
        count = len(self.segments(self.many))
        self.assertGreater(count, 1)
        self.assertLess(count, CLIPS / 2)
        self.assert_whole(self.many, recordings=len(SEEDS) + CLIPS)
        ended = run(self.many, "merge")
        self.assert_ended(ended, 0)
        self.assertRegex(ended.out, rf"^nothing to merge: {count} segments, [0-9.]+ kB\n$")

    def test_all_leaves_one_segment_and_the_same_answers(self):
        desk = self.copy_of_many()
        count = len(self.segments(desk))
        before = run(desk, "identify", self.episode, "--json")
        ended = run(desk, "merge", "--all", "--json")
        self.assert_ended(ended, 0)
        self.assertEqual(ended.json["merges"], 1)
        self.assertEqual(ended.json["before"]["segments"], count)
        self.assertEqual(ended.json["before"]["bytes"], sum(f.stat().st_size for f in self.segments(self.many)))
        self.assertEqual(ended.json["after"]["segments"], 1)
        self.assertEqual([f.stat().st_size for f in self.segments(desk)], [ended.json["after"]["bytes"]])
        self.assert_whole(desk, recordings=len(SEEDS) + CLIPS)
        self.assertEqual(run(desk, "identify", self.episode, "--json").out, before.out)
        again = run(desk, "merge", "--all")
        self.assertRegex(again.out, r"^nothing to merge: 1 segment, ")

    def test_what_is_removed_vanishes(self):
        desk = self.copy_of_many()
        self.assert_ended(run(desk, "remove", "Song 1"), 0)
        self.assertIn("\nremoved ", (desk / "index" / "manifest").read_text())
        ended = run(desk, "merge", "--all")
        self.assert_ended(ended, 0)
        self.assertRegex(ended.out, r"^merged \d+ segments, [0-9.]+ kB into 1 segment, [0-9.]+ kB in \d+\.\d s\n$")
        self.assertNotIn("\nremoved ", (desk / "index" / "manifest").read_text())
        self.assert_whole(desk, recordings=len(SEEDS) + CLIPS - 1)

    def test_a_desk_of_the_same_content_has_the_same_segment(self):
        both = [self.copy_of_many("one"), self.dir / "two"]
        self.assert_ended(run(both[1], "add", self.music, "--threads", 1), 0)
        self.assert_ended(run(both[1], "add", self.clips, "--threads", 2), 0)
        for desk in both:
            self.assert_ended(run(desk, "merge", "--all"), 0)
        one, two = (self.segments(desk)[0].read_bytes() for desk in both)
        self.assertTrue(one == two)

    def test_kill_and_ctrl_c(self):
        begun = time.monotonic()
        self.assert_ended(run(self.copy_of_many("whole"), "merge", "--all"), 0)
        takes = time.monotonic() - begun
        seed = random.randrange(10**6)
        print(f"kills of seed {seed}", flush=True)
        dice = random.Random(seed)
        for attempt in range(16):
            with self.subTest(attempt):
                desk = self.copy_of_many(f"desk{attempt}")
                merging = start(desk, "merge", "--all")
                with contextlib.suppress(subprocess.TimeoutExpired):
                    merging.wait(dice.uniform(0, takes))
                merging.send_signal(signal.SIGINT if attempt % 2 else signal.SIGKILL)
                _, err = merging.communicate(timeout=20)
                self.assertIn(merging.returncode, (0, 1, -signal.SIGINT) if attempt % 2 else (0, -signal.SIGKILL), err)
                self.assert_whole(desk, recordings=len(SEEDS) + CLIPS)
                self.assert_ended(run(desk, "merge", "--all"), 0)
                self.assertEqual(len(self.segments(desk)), 1)
                self.assert_whole(desk, recordings=len(SEEDS) + CLIPS)

    def test_damage_is_told_and_nothing_changed(self):
        desk = self.copy_of_many()
        for segment in self.segments(desk):
            damaged = bytearray(segment.read_bytes())
            damaged[60] ^= 1  # in the first peak block
            segment.write_bytes(damaged)
        ended = run(desk, "merge", "--all")
        self.assert_ended(ended, 4)
        self.assert_one_line(ended, "segment-", "offset", "needledrop check")
        self.assertEqual(len(self.segments(desk)), len(self.segments(self.many)))

    def test_a_desk_that_is_not_there(self):
        ended = run(self.dir / "none", "merge")
        self.assert_ended(ended, 1)
        self.assert_one_line(ended, "no desk at")


if __name__ == "__main__":
    unittest.main()
