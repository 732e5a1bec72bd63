"""cues: what people decide about cues, undo and redo, proposals, the season, and what a crash leaves."""

import os
import random
import shutil
import sqlite3
import subprocess
import unittest

import material
from crash_test import STRACE, can_trace, changing_calls
from program import SEEDS, Case, command, run, song

EPISODE = "Drama/S01E02"
CRASHES = int(os.environ.get("NEEDLEDROP_CRASH_POINTS", "24"))
SEED = int(os.environ.get("NEEDLEDROP_CRASH_SEED", random.randrange(10**6)))


class Cues(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ended = run(cls.desk, "spot", cls.episode)
        if ended.code != 0:
            raise AssertionError(ended.err)

    def setUp(self):
        super().setUp()
        self.work = self.copy_of_desk()

    def cues(self, *words, episode=EPISODE):
        return run(self.work, "cues", episode, *words, "--by", "Ada")

    def do(self, *words, episode=EPISODE):
        """Decides, and returns the cues as they stand then."""
        self.assert_ended(self.cues(*words, episode=episode), 0)
        return self.listed(episode)

    def listed(self, episode=EPISODE):
        ended = run(self.work, "cues", episode, "--json")
        self.assert_ended(ended, 0)
        return ended.json["cues"]

    def turn(self, word, episode=EPISODE):
        ended = run(self.work, "cues", episode, word)
        self.assert_ended(ended, 0)
        return self.listed(episode)

    def proposals(self):
        return run(self.work, "cues", EPISODE, "--json").json["proposals"]

    def test_lists_cues_with_numbers_and_how_far_the_review_is(self):
        shown = run(self.work, "cues", EPISODE)
        self.assert_ended(shown, 0)
        self.assertIn("0 of 2 reviewed", shown.out)
        self.assertRegex(shown.out, r"1  1m01 .* Song 1 ")
        first, second = self.listed()
        self.assertEqual([first["sequence"], second["sequence"]], ["1m01", "1m02"])
        self.assertEqual((first["standing"], first["usage"], first["title"]), ("detected", "background", "Song 1"))
        self.assertNotEqual(first["id"], second["id"])
        cues = self.do("accept", "1")
        self.assertEqual([c["standing"] for c in cues], ["accepted", "detected"])
        self.assertIn("1 of 2 reviewed", run(self.work, "cues", EPISODE).out)
        cues = self.do("reject", f"#{second['id']}")
        self.assertEqual([c["sequence"] for c in cues], ["1m01", ""])
        self.assertEqual(cues[1]["reported"], [])

    def test_every_decision_is_undone_and_redone_in_order(self):
        steps = [
            ("accept", "1-2"),
            ("set", "1", "--in", "0:06", "--out", "0:14.5", "--function", "featured", "--perception", "heard"),
            ("set", "2", "--note", "from the radio", "--title", "약속", "--artist", "김수현"),
            ("split", "2", "0:30"),
            ("merge", "2", "3"),
            ("reassign", "1", "Song 3"),
            ("add", "0:16", "0:20", "Hum"),
            ("set", "1", "--reported", "0:07-0:12"),
            ("reject", "1-2"),
            ("restore", "all"),
        ]
        states = [self.listed()]
        for step in steps:
            states.append(self.do(*step))
            self.assertEqual(len(self.proposals()), 0, step)
        self.assertEqual(states[2][0]["start"], 6)
        self.assertEqual(states[2][0]["sequence"], "1m01s")
        self.assertEqual((states[3][1]["title"], states[3][1]["artist"]), ("약속", "김수현"))
        self.assertEqual(len(states[4]), 3)
        self.assertEqual(states[5], states[3])
        self.assertEqual(states[6][0]["title"], "Song 3")
        self.assertEqual([c["title"] for c in states[7]], ["Song 3", "Hum", "약속"])
        self.assertEqual(states[8][0]["reported"], [{"start": 7, "end": 12}])
        self.assertEqual([self.turn("undo") for _ in steps], states[-2::-1])
        self.assertEqual([self.turn("redo") for _ in steps], states[1:])
        self.assertEqual(run(self.work, "cues", EPISODE, "redo").code, 1)

    def test_history_tells_who_and_what(self):
        before = self.listed()[0]
        self.do("set", "1", "--out", "0:12")
        self.turn("undo")
        history = run(self.work, "cues", EPISODE, "history", "--json").json["decisions"]
        self.assertEqual([(d["author"], d["kind"], d["state"]) for d in history],
                         [("Ada", "set", "undone"), ("", "run", "stands")])
        change, = history[0]["cues"]
        self.assertEqual(change["cue"], before["id"])
        self.assertEqual(change["changes"][0]["field"], "out")
        self.assertEqual(change["changes"][0]["after"], "0:00:12.000")
        self.assertRegex(run(self.work, "cues", EPISODE, "history").out, r"Ada: set \(undone\)\n  cue 1 Song 1: out .* -> 0:00:12")

    def test_what_cannot_be_done_is_said(self):
        for words, code, text in (
            (("accept", "3"), 1, "there is no cue 3; there are 2"),
            (("accept", "#99"), 1, "no cue #99"),
            (("undo",), 2, "--by would do nothing"),
            (("split", "1", "0:40"), 2, "not within the cue"),
            (("set", "1", "--in", "9:00"), 2, "nothing of the cue is left"),
            (("set", "1", "--out", "9:00"), 2, "which ends at"),
            (("set", "1", "--function", "song"), 2, "\"song\" is no function"),
            (("set", "1"), 2, "cues needs: EPISODE set"),
            (("accept", "1", "--title", "x"), 2, "would do nothing"),
            (("reassign", "1", "Nothing like it"), 1, "Nothing like it"),
            (("reassign", "1", "--work", "7"), 1, "there is no work 7"),
            (("merge", "1", "1"), 2, "takes two cues"),
            (("dance",), 2, "cues can't dance"),
            (("accept", "9-5"), 2, "is no cue"),
            (("set", "1", "--season", "--in", "0:06"), 2, "times are those of one episode"),
        ):
            ended = self.cues(*words)
            self.assert_ended(ended, code)
            self.assert_one_line(ended, text)
        self.assertEqual(run(self.work, "cues", EPISODE, "undo").code, 1)

    def test_a_preview_changes_nothing(self):
        before = self.listed()
        ended = self.cues("reject", "all", "--dry-run")
        self.assert_ended(ended, 0)
        self.assertIn("2 cues would change", ended.out)
        self.assertEqual(self.listed(), before)
        self.assertEqual(len(run(self.work, "cues", EPISODE, "history", "--json").json["decisions"]), 1)

    def shift_runs(self, milliseconds):
        """As if spot had been run again and found everything a little later, and no second song."""
        with sqlite3.connect(self.work / "catalogue.db") as catalogue:
            catalogue.execute("UPDATE spot SET start_ms = start_ms + ?1, end_ms = end_ms + ?1", (milliseconds,))
            catalogue.execute("UPDATE run SET at = '2031-01-01T00:00:00Z'")

    def test_undecided_cues_follow_the_newest_run_and_keep_their_ids(self):
        before = self.listed()
        self.shift_runs(1500)
        after = self.listed()
        self.assertEqual([c["id"] for c in after], [c["id"] for c in before])
        self.assertEqual([round(c["start"] - b["start"], 3) for c, b in zip(after, before)], [1.5, 1.5])

    def test_a_run_only_proposes_where_something_is_decided(self):
        decided = self.do("set", "1", "--note", "checked")
        self.do("reject", "2")
        self.shift_runs(1500)
        cues = self.listed()
        self.assertEqual(cues[0], decided[0])
        self.assertEqual(cues[1]["standing"], "rejected")
        proposal, = self.proposals()
        self.assertEqual((proposal["kind"], proposal["cue"]), ("move", cues[0]["id"]))
        self.assertIn("1 proposal of the newest run", run(self.work, "cues", EPISODE).out)
        self.assertRegex(run(self.work, "cues", EPISODE, "proposals").out, r"1  move  cue 1 Song 1")
        taken = self.do("take", "all")
        self.assertAlmostEqual(taken[0]["start"], decided[0]["start"] + 1.5, places=3)
        self.assertEqual(taken[0]["note"], "checked")
        self.assertEqual(self.proposals(), [])
        self.assertEqual(self.turn("undo")[0], decided[0])

    def test_spotting_again_changes_nothing_decided(self):
        before = self.do("accept", "all")
        self.assert_ended(run(self.work, "spot", self.episode), 0)
        self.assertEqual(self.listed(), before)

    def test_a_removed_recording_leaves_its_title(self):
        before = self.do("accept", "1")
        self.assert_ended(run(self.work, "remove", "--kind", "recording", "Song 1"), 0)
        after = self.listed()[0]
        self.assertEqual((after["title"], after["recording"], after["start"]), ("Song 1", None, before[0]["start"]))
        self.assertEqual([p["kind"] for p in self.proposals()], ["drop"])

    def test_a_decision_reaches_over_the_season_and_back(self):
        other = self.dir / "Drama S01E03.m4a"
        sound = material.noise(98, 30, 0.05)
        sound.add(song(SEEDS[0]), at=8, start=2, length=12)
        sound.write(self.dir / "other.wav")
        material.encode(self.dir / "other.wav", other, codec=("-c:a", "aac", "-b:a", "128k"))
        self.assert_ended(run(self.work, "spot", other), 0)
        before = self.listed("Drama/S01E03")
        preview = self.cues("reassign", "1", "--title", "Overture", "--season", "--dry-run")
        self.assertIn("Drama S01E03", preview.out)
        self.assertIn("2 cues would change", preview.out)
        self.assertEqual(self.listed("Drama/S01E03"), before)
        self.do("reassign", "1", "--title", "Overture", "--season")
        self.assertEqual(self.listed("Drama/S01E03")[0]["title"], "Overture")
        late = self.do("set", "1", "--note", "check", episode="Drama/S01E03")
        refused = run(self.work, "cues", EPISODE, "undo")
        self.assert_ended(refused, 2)
        self.assert_one_line(refused, "decision", "set", "Ada")
        self.assertEqual(self.listed("Drama/S01E03"), late)
        self.turn("undo", "Drama/S01E03")
        self.turn("undo")
        self.assertEqual(self.listed("Drama/S01E03"), before)
        self.assertEqual(self.listed()[0]["title"], "Song 1")

    def test_undecided_cues_are_shown_where_nothing_may_be_written(self):
        if os.getuid() != 0:
            self.skipTest("needs another user who may not write")
        with sqlite3.connect(self.work / "catalogue.db") as catalogue:
            catalogue.execute("DELETE FROM decision")
            catalogue.execute("DELETE FROM cue_version")
            catalogue.execute("DELETE FROM cue")
        for path in (self.work, *self.work.rglob("*")):
            os.chmod(path, 0o755 if path.is_dir() else 0o644)
        ended = run(self.work, "cues", EPISODE, "--json", as_nobody=True)
        self.assert_ended(ended, 0)
        self.assertEqual([(c["title"], c["id"]) for c in ended.json["cues"]], [("Song 1", None), ("Song 2", None)])


class Crash(Cues):
    """Only the tests below, each decision killed on entering a call that changes a file."""

    @unittest.skipUnless(can_trace(), "strace may not trace here")
    def test_a_crash_loses_at_most_the_decision_in_flight(self):
        print(f"seed {SEED}")
        dice = random.Random(SEED)
        states = [self.listed()]
        for crash in range(CRASHES):
            before = self.listed()
            words = dice.choice((["set", "1", "--note", f"note {crash}"], ["undo"], ["redo"],
                                 ["split", "1", "0:08"], ["set", "2", "--out", f"0:3{dice.randrange(6)}"]))
            by = [] if words[0] in ("undo", "redo") else ["--by", "Ada"]
            copy = self.dir / "copy"
            shutil.copytree(self.work, copy)
            calls = changing_calls(command(copy, "cues", EPISODE, *words, *by))
            copied, self.work = self.work, copy
            after = self.listed()
            self.work = copied
            shutil.rmtree(copy)
            if not calls:
                continue
            name, place = dice.choice(calls)
            killed = subprocess.run(
                [*STRACE, "-o", "/dev/null", "-e", f"inject={name}:signal=KILL:when={place}",
                 *command(self.work, "cues", EPISODE, *words, *by)],
                stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
            now = self.listed()
            self.assertIn(now, (before, after), f"{words} killed at {name} {place}: {killed.stderr}")
            if killed.returncode == 0 or killed.stdout:
                self.assertEqual(now, after, f"{words}: what was reported is lost")
            states.append(now)
        self.assert_whole(self.work)
        while run(self.work, "cues", EPISODE, "undo").code == 0:
            pass
        self.assertEqual(self.listed(), states[0])


def load_tests(loader, standard, _):
    """The crash once, and not every test of Cues twice."""
    suite = loader.loadTestsFromTestCase(Cues)
    suite.addTest(Crash("test_a_crash_loses_at_most_the_decision_in_flight"))
    return suite


if __name__ == "__main__":
    unittest.main()
