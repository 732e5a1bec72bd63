"""add, list, remove, stats and check."""

import os
import shutil
import unittest

import material
from program import SEEDS, Case, run


class Add(Case):
    def test_reads_tags_and_gives_ids_in_the_order_of_paths(self):
        listed = run(self.desk, "list", "--json").json
        self.assertEqual(listed["format"], 1)
        self.assertEqual([r["title"] for r in listed["recordings"]], [f"Song {n}" for n in (1, 2, 3, 4)])
        ids = [r["id"] for r in listed["recordings"]]
        self.assertEqual(ids, sorted(ids))
        self.assertEqual({r["artist"] for r in listed["recordings"]}, {"The Voices"})
        self.assertEqual(listed["recordings"][0]["path"], str(self.music / "01 - Song 1.flac"))

    def test_passes_over_what_is_there(self):
        desk = self.copy_of_desk()
        ended = run(desk, "add", self.music, "--json")
        self.assert_ended(ended, 0)
        self.assertEqual(ended.json["added"], [])
        self.assertEqual(len(ended.json["unchanged"]), len(SEEDS))

    def test_any_number_of_threads_gives_the_same_document_and_segments(self):
        documents, segments = [], []
        for threads in (1, 2, 2):
            desk = self.dir / f"desk{len(documents)}"
            ended = run(desk, "add", self.music, "--json", "--threads", threads)
            self.assert_ended(ended, 0)
            documents.append(ended.out)
            segments.append([f.read_bytes() for f in sorted((desk / "index").glob("segment*"))])
        self.assertEqual(len(set(documents)), 1)
        self.assertEqual(segments[0], segments[1])
        self.assertEqual(segments[1], segments[2])

    def test_retagged_file_is_the_same_recording(self):
        desk = self.copy_of_desk()
        music = shutil.copytree(self.music, self.dir / "music")
        before = run(desk, "list", "--json").json["recordings"]
        self.assert_ended(run(desk, "add", music), 0)
        self.assertEqual(len(run(desk, "list", "--json").json["recordings"]), len(before))
        # Stored under its old path, which is still there: a copy's tags don't rule.
        fresh = self.dir / "fresh"
        self.assert_ended(run(fresh, "add", music), 0)
        name = "01 - Song 1.flac"
        material.ffmpeg("-i", music / name, "-c", "copy", "-metadata", "title=New Name", self.dir / name)
        os.replace(self.dir / name, music / name)
        ended = run(fresh, "add", music, "--json")
        self.assert_ended(ended, 0)
        self.assertEqual([r["title"] for r in ended.json["updated"]], ["New Name"])
        self.assertEqual(ended.json["added"], [])
        after = run(fresh, "list", "--json").json["recordings"]
        self.assertEqual([r["title"] for r in after], ["New Name", "Song 2", "Song 3", "Song 4"])
        self.assertEqual(after[0]["id"], before[0]["id"])

    def test_same_audio_under_two_paths_is_one_recording(self):
        music = self.dir / "twice"
        music.mkdir()
        for name in ("a.mp3", "b.mp3"):
            shutil.copy(self.music / "02 - Song 2.mp3", music / name)
        ended = run(self.dir / "desk", "add", music, "--json")
        self.assert_ended(ended, 0)
        self.assertEqual(len(ended.json["added"]), 1)
        self.assertEqual(len(ended.json["updated"]), 1)
        listed = run(self.dir / "desk", "list", "--json").json["recordings"]
        self.assertEqual(len(listed), 1)
        self.assertEqual([p["path"] for p in listed[0]["other_paths"]], [str(music / "b.mp3")])

    def test_options_stand_above_tags(self):
        desk = self.dir / "desk"
        song = self.music / "03 - Song 3.m4a"
        ended = run(desk, "add", "--production", "겨울 항구", "--album", "OST", "--recording-version",
                    "instrumental", song)
        self.assert_ended(ended, 0)
        listed = run(desk, "list", "--json").json["recordings"][0]
        self.assertEqual(listed["production"], "겨울 항구")
        self.assertEqual(listed["album"], "OST")
        self.assertEqual(listed["version"], "instrumental")
        # Without the options the same file changes nothing back.
        self.assertEqual(len(run(desk, "add", song, "--json").json["unchanged"]), 1)

    def test_folder_links_in_a_circle_end(self):
        music = self.dir / "circle"
        (music / "inner").mkdir(parents=True)
        shutil.copy(self.music / "02 - Song 2.mp3", music / "inner" / "a.mp3")
        (music / "inner" / "back").symlink_to(music)
        (music / ".hidden.mp3").write_text("not looked at")
        (music / "cover.JPG").write_text("not looked at")
        ended = run(self.dir / "desk", "add", music, "--json")
        self.assert_ended(ended, 0)
        self.assertEqual(len(ended.json["added"]), 1)

    def test_path_with_brackets_is_one_path(self):
        folder = self.dir / "[OST, disc 1]"
        folder.mkdir()
        shutil.copy(self.music / "02 - Song 2.mp3", folder / "a.mp3")
        ended = run(self.dir / "desk", "add", "[OST, disc 1]", "--json", cwd=self.dir)
        self.assert_ended(ended, 0)
        self.assertEqual(ended.json["added"][0]["path"], "[OST, disc 1]/a.mp3")


class TheRest(Case):
    def test_remove_takes_a_recording_out_for_good(self):
        desk = self.copy_of_desk()
        ended = run(desk, "remove", "Song 3", "--json")
        self.assert_ended(ended, 0)
        self.assertEqual(ended.json["removed"]["title"], "Song 3")
        self.assert_whole(desk, recordings=3)
        found = run(desk, "identify", self.music / "03 - Song 3.m4a", "--json").json["matches"]
        self.assertNotIn("Song 3", [m["recording"]["title"] for m in found])
        self.assert_ended(run(desk, "add", self.music), 0)
        listed = run(desk, "list", "--json").json["recordings"]
        self.assertEqual(listed[-1]["title"], "Song 3")
        self.assertEqual(len({r["id"] for r in listed}), 4)
        self.assertGreater(listed[-1]["id"], 4, "ids are never used again")

    def test_remove_asks_back_when_a_name_fits_several(self):
        desk = self.copy_of_desk()
        ended = run(desk, "remove", "Song")
        self.assert_ended(ended, 2)
        self.assert_one_line(ended, "Song 1", "Song 4")
        self.assert_whole(desk)

    def test_remove_of_nothing_fails(self):
        ended = run(self.copy_of_desk(), "remove", "no such thing")
        self.assert_ended(ended, 1)
        self.assert_one_line(ended, "no such thing")

    def test_stats_count(self):
        stats = run(self.desk, "stats", "--json").json
        self.assertEqual(stats["recordings"], len(SEEDS))
        self.assertAlmostEqual(stats["recorded"], 80, delta=1)
        self.assertGreater(stats["index_bytes"], 1000)
        self.assertIn("recordings  4", run(self.desk, "stats").out)

    def test_check_says_that_all_is_whole(self):
        ended = run(self.desk, "check", "--json")
        self.assert_ended(ended, 0)
        self.assertEqual(ended.json, {"format": 1, "sources": 4, "damage": []})

    def test_no_arguments_and_wrong_ones_are_usage_errors(self):
        for words in ([], ["frobnicate"], ["add"], ["spot"], ["list", "frogs"], ["spot", "--bogus", "x"],
                      ["spot", "x", "--episode", "never"], ["spot", "x", "--air-date", "2024-02-30"]):
            with self.subTest(words):
                ended = run(self.desk, *words)
                self.assert_ended(ended, 2)
                self.assertEqual(ended.out, "")
                self.assertNotEqual(ended.err, "")

    def test_help_and_version(self):
        self.assertIn("First steps", run(self.desk, "--help").out)
        self.assertRegex(run(self.desk, "--version").out, r"^needledrop \d+\.\d+\.\d+\n$")
        for name in "add list remove spot identify locate cues sheet scenes recur stats check merge".split():
            ended = run(self.desk, name, "--help")
            self.assert_ended(ended, 0)
            self.assertIn(f"Usage: needledrop {name}", ended.out)

    def test_a_desk_that_is_not_there_is_named(self):
        ended = run(self.dir / "nowhere", "list")
        self.assert_ended(ended, 1)
        self.assert_one_line(ended, "nowhere", "needledrop add")


if __name__ == "__main__":
    unittest.main()
