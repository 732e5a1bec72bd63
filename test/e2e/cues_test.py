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

    def listed(self, episode=EPISODE, *options):
        ended = run(self.work, "cues", episode, "--json", *options)
        self.assert_ended(ended, 0)
        return ended.json["cues"]

    def turn(self, word, episode=EPISODE):
        ended = run(self.work, "cues", episode, word)
        self.assert_ended(ended, 0)
        return self.listed(episode)

    def proposals(self):
        return run(self.work, "cues", EPISODE, "--json").json["proposals"]

    def sheet(self, *options):
        ended = run(self.work, "sheet", EPISODE, "--format", "json", *options)
        self.assert_ended(ended, 0)
        return ended.json["sheet"]

    def test_lists_cues_with_numbers_and_how_far_the_review_is(self):
        shown = run(self.work, "cues", EPISODE)
        self.assert_ended(shown, 0)
        self.assertIn("0 of 2 reviewed", shown.out)
        self.assertRegex(shown.out, r"1  1m01 .*  Song 1 ")
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

    def test_the_heading_says_how_long_music_is_heard_and_reported(self):
        self.do("add", "0:10", "0:30.4", "Hum")  # over both songs
        cues = run(self.work, "cues", EPISODE, "--json").json
        self.assertEqual(cues["reported_duration"], self.sheet()["music_duration"])
        self.assertEqual(cues["reported_duration"], sum(cue["reported_length"] for cue in cues["cues"]))
        ends = max(cue["end"] for cue in cues["cues"]) - min(cue["start"] for cue in cues["cues"])
        self.assertAlmostEqual(cues["music_duration"], ends, places=3)
        heading = run(self.work, "cues", EPISODE).out.splitlines()[0]
        heard, reported = (round(cues[which]) for which in ("music_duration", "reported_duration"))
        self.assertRegex(heading, f"music is heard for 0:{heard:02}.*, reported for 0:{reported:02}")

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
        """As if spot had been run again and found everything a little later, to the millisecond."""
        with sqlite3.connect(self.work / "catalogue.db") as catalogue:
            catalogue.execute("UPDATE spot SET start_ms = start_ms + ?1, end_ms = end_ms + ?1, "
                              "start_error_ms = 0, end_error_ms = 0", (milliseconds,))
            catalogue.execute("UPDATE run SET at = '2031-01-01T00:00:00Z'")

    def test_times_are_set_at_once_and_clipped_to_the_file(self):
        self.assertEqual([(c["start"], c["end"]) for c in self.do("set", "1", "--in", "0:20", "--out", "0:23.5")][0],
                         (20, 23.5))
        self.turn("undo")
        with sqlite3.connect(self.work / "catalogue.db") as catalogue:
            catalogue.execute("UPDATE cue_span SET end_ms = 99000 WHERE kind = 'heard' AND start_ms > 20000")
        length = run(self.work, "cues", EPISODE, "--json").json["episode"]["duration"]
        self.assertEqual(self.do("set", "2", "--in", "0:26")[1]["end"], length)

    def test_restored_cues_are_what_they_were_before(self):
        self.do("accept", "1")
        self.do("reject", "all")
        self.do("reject", "1-2")
        self.assertEqual([c["standing"] for c in self.do("restore", "all")], ["accepted", "detected"])

    def test_a_number_is_the_id_of_a_recording(self):
        song = self.do("reassign", "1", "Song 3")[0]["recording"]["id"]
        for word in (f"{song}", f"#{song}"):
            self.assertEqual(self.do("add", "0:16", "0:20", word)[1]["title"], "Song 3")
            self.turn("undo")
        before = self.listed()
        for words in (("add", "0:16", "0:20", "412"), ("add", "0:16", "0:20", "#412"), ("reassign", "2", "412")):
            ended = self.cues(*words)
            self.assert_ended(ended, 1)
            self.assert_one_line(ended, f"the desk has no recording {words[-1]}", "--title")
        self.assertEqual(self.listed(), before)
        self.assertEqual(self.do("add", "0:16", "0:20", "--title", "412")[1]["title"], "412")

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

    def test_only_the_border_that_nobody_has_set_is_proposed_to_move(self):
        decided = self.do("set", "1", "--out", "0:13")[0]
        self.shift_runs(1500)
        taken = self.do("take", f"#{decided['id']}")[0]
        self.assertAlmostEqual(taken["start"], decided["start"] + 1.5, places=3)
        self.assertEqual(taken["end"], 13)

    def test_a_dismissed_proposal_stays_away_until_the_run_moves(self):
        decided = self.do("set", "1", "--note", "checked")
        self.do("set", "2", "--note", "checked")
        self.shift_runs(1500)
        before = self.listed()
        self.assertEqual(len(self.proposals()), 2)
        preview = self.cues("dismiss", "all", "--dry-run")
        self.assertIn("2 cues would change", preview.out)
        self.do("dismiss", f"#{decided[0]['id']}")
        self.assertEqual([p["cue"] for p in self.proposals()], [decided[1]["id"]])
        self.do("dismiss", "1")
        self.assertEqual(self.proposals(), [])
        self.assertEqual(self.listed(), before)
        history = run(self.work, "cues", EPISODE, "history", "--json").json["decisions"]
        self.assertEqual((history[0]["kind"], history[0]["author"]), ("dismiss", "Ada"))
        self.assertEqual(history[0]["cues"][0]["changes"][0]["field"], "dismissed")
        self.shift_runs(200)
        self.assertEqual(self.proposals(), [])
        self.turn("undo")
        self.assertEqual([p["cue"] for p in self.proposals()], [decided[1]["id"]])
        self.turn("redo")
        self.assertEqual(self.proposals(), [])
        self.shift_runs(1000)
        self.assertEqual([p["kind"] for p in self.proposals()], ["move", "move"])

    def test_what_a_run_would_add_is_dismissed_as_rejected(self):
        with sqlite3.connect(self.work / "catalogue.db") as catalogue:
            catalogue.execute("UPDATE spot SET start_ms = start_ms + 13000, end_ms = end_ms + 8000 WHERE start_ms < 20000")
        self.do("set", "1", "--note", "checked")
        with sqlite3.connect(self.work / "catalogue.db") as catalogue:
            catalogue.execute("UPDATE spot SET start_ms = start_ms - 13000, end_ms = end_ms - 8000 WHERE start_ms < 20000")
        kinds = [p["kind"] for p in self.proposals()]
        self.assertIn("add", kinds)
        cues = self.do("dismiss", "all")
        self.assertEqual(self.proposals(), [])
        self.assertEqual(sum(c["standing"] == "rejected" for c in cues), kinds.count("add"))

    def test_no_proposal_is_no_proposal(self):
        cues = self.do("set", "1", "--note", "checked")
        for word in ("take", "dismiss"):
            ended = self.cues(word, f"#{cues[0]['id']}")
            self.assert_ended(ended, 1)
            self.assert_one_line(ended, f"no proposal about cue #{cues[0]['id']}")
            ended = self.cues(word, "1")
            self.assert_ended(ended, 1)
            self.assert_one_line(ended, "there is no proposal")
            self.assert_ended(self.cues(word, "all"), 0)

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

    def spot_next_episode(self):
        """Song 1 again, twice."""
        other = self.dir / "Drama S01E03.m4a"
        sound = material.noise(98, 60, 0.05)
        sound.add(song(SEEDS[0]), at=8, start=2, length=12)
        sound.add(song(SEEDS[0]), at=35, start=1, length=12)
        sound.write(self.dir / "other.wav")
        material.encode(self.dir / "other.wav", other, codec=("-c:a", "aac", "-b:a", "128k"))
        self.assert_ended(run(self.work, "spot", other), 0)
        return "Drama/S01E03"

    def test_what_was_decided_in_another_episode_stays(self):
        other = self.spot_next_episode()
        decided = self.do("reassign", "1", "Song 4", episode=other)
        preview = self.cues("reassign", "1", "Song 3", "--season", "--dry-run")
        self.assertIn("cue 1 Song 4: stays as it was decided there", preview.out)
        self.assertIn("2 cues would change", preview.out)
        ended = run(self.work, "cues", EPISODE, "reassign", "1", "Song 3", "--season", "--json")
        self.assertEqual(ended.json["episodes"][1]["kept"], [decided[0]["id"]])
        after = self.listed(other)
        self.assertEqual([c["title"] for c in after], ["Song 4", "Song 3"])
        self.assertEqual(after[0], decided[0])
        # The season's own decisions may be decided anew from where they were made.
        self.do("reassign", "1", "Song 2", "--season")
        self.assertEqual([c["title"] for c in self.listed(other)], ["Song 4", "Song 2"])
        self.do("reject", "1", "--season")
        self.assertEqual([c["standing"] for c in self.listed(other)], ["accepted", "rejected"])
        self.do("restore", "1", "--season")
        self.assertEqual(self.listed(other)[0], decided[0])
        self.assertEqual([c["standing"] for c in self.listed(other)], ["accepted", "accepted"])

    def test_each_cut_is_reviewed_and_filed_for_itself(self):
        decided = self.do("set", "1", "--note", "kept")
        director = self.recut("Drama S01E02.mka", 22)
        ended = run(self.work, "spot", director, "--cut", "director")
        self.assert_ended(ended, 0)
        self.assertIn("carried over to 1 of its cues", ended.err + ended.out)
        self.assertEqual(self.listed(), decided)
        shown = self.listed(EPISODE, "--cut", "director")
        self.assertEqual([c["note"] for c in shown], ["kept", ""])
        self.assertAlmostEqual(shown[1]["start"], decided[1]["start"] + 4, delta=0.15)
        self.assertIn("Drama S01E02, director", run(self.work, "cues", EPISODE, "--cut", "director").out)
        self.assert_ended(self.cues("reject", "2", "--cut", "director"), 0)
        self.assertEqual(self.listed(), decided)
        self.turn("undo")  # of the broadcast cut
        self.assertEqual([c["note"] for c in self.listed()], ["", ""])
        self.assertEqual(len(self.sheet()["cues"]), 2)
        sheet = self.sheet("--cut", "director")
        self.assertEqual((sheet["header"]["cut"], len(sheet["cues"])), ("director", 1))
        for step in ("submit", "approve"):
            self.assert_ended(run(self.work, "sheet", EPISODE, step, "--cut", "director"), 0)
        states = [run(self.work, "sheet", EPISODE, "check", "--json", *cut).json["sheet"]["status"]
                  for cut in ((), ("--cut", "director"))]
        self.assertEqual(states, ["draft", "approved"])
        self.assertEqual(run(self.work, "sheet", EPISODE, "history").out, "a draft; no step was taken yet\n")
        missing = self.cues("accept", "1", "--cut", "extended")
        self.assert_ended(missing, 1)
        self.assert_one_line(missing, 'no cut "extended"', "the broadcast cut", '"director"')

    def test_of_several_cuts_one_must_be_named(self):
        self.assert_ended(run(self.work, "spot", self.episode, "--cut", "director"), 0)
        only = self.do("set", "1", "--note", "kept")
        self.assertEqual(only, self.listed(EPISODE, "--cut", "director"))
        self.assertEqual(self.sheet()["header"]["cut"], "director")
        self.assert_ended(run(self.work, "spot", self.recut("Drama S01E02.mka", 22), "--cut", "airline"), 0)
        for words in (("cues", EPISODE), ("cues", EPISODE, "undo"), ("sheet", EPISODE), ("sheet", EPISODE, "history")):
            ended = run(self.work, *words)
            self.assert_ended(ended, 2)
            self.assert_one_line(ended, '"airline", "director"', "--cut")
        carried = self.listed(EPISODE, "--cut", "airline")
        self.assertEqual(carried[0]["note"], "kept")
        # Carried by hand, from a cut by its name.
        self.assert_ended(run(self.work, "cues", EPISODE, "undo", "--cut", "airline"), 0)
        ended = self.cues("carry", "--cut", "airline", "--from", "director", "--json")
        self.assert_ended(ended, 0)
        self.assertEqual((ended.json["from"], ended.json["lost"]), (self.episode.name, []))
        self.assertEqual(self.listed(EPISODE, "--cut", "airline"), carried)

    def recut(self, name, at):
        """The episode with 4 s of something else before `at`."""
        whole = self.dir / "whole.wav"
        material.ffmpeg("-i", self.episode, whole)
        other = self.dir / "other.wav"
        material.noise(97, 4, 0.05).write(other)
        parts = f"[0]atrim=0:{at},asetpts=N/SR/TB[a];[1]aresample=16000[b];[0]atrim={at},asetpts=N/SR/TB[c];[a][b][c]concat=3:0:1"
        material.ffmpeg("-i", whole, "-i", other, "-filter_complex", parts, "-c:a", "aac", "-b:a", "96k", self.dir / name)
        return self.dir / name

    def test_decisions_are_carried_over_to_another_cut(self):
        before = self.do("set", "1", "--note", "kept", "--function", "featured")
        before = self.do("reject", "2")
        before = self.do("add", "0:16", "0:20", "Hum")
        newer = self.recut("Drama S01E02.mka", 22)
        ended = run(self.work, "spot", newer)
        self.assert_ended(ended, 0)
        self.assertIn("was carried over to 3 of its cues, 0 had no counterpart", ended.err + ended.out)
        after = self.listed()
        self.assertEqual([c["title"] for c in after], ["Song 1", "Hum", "Song 2"])
        self.assertEqual([c["standing"] for c in after], ["detected", "accepted", "rejected"])
        self.assertEqual((after[0]["note"], after[0]["usage"]), ("kept", "featured"))
        for old, new, shift in zip(before, after, (0, 0, 4)):
            self.assertAlmostEqual(new["start"], old["start"] + shift, delta=0.15)
            self.assertAlmostEqual(new["end"], old["end"] + shift, delta=0.15)
        history = run(self.work, "cues", EPISODE, "history", "--json").json["decisions"]
        self.assertEqual(history[0]["kind"], "carry")
        self.assertIn("from Drama S01E02.m4a, as decided by Ada", history[0]["note"])
        self.turn("undo")
        self.assert_ended(run(self.work, "spot", newer), 0)
        self.assertEqual([c["note"] for c in self.listed()], ["", ""])
        carried = self.cues("carry", "--from", "Drama S01E02.m4a", "--json")
        self.assert_ended(carried, 0)
        self.assertEqual(carried.json["lost"], [])
        self.assertEqual([c["title"] for c in self.listed()], ["Song 1", "Hum", "Song 2"])

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
