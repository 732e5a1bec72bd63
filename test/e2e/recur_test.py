"""recur: music that returns, its names, and recordings made of it."""

import shutil
import unittest

import material
from program import SEEDS, Case, run, song

THEME = 21  # a piece that no desk has


class Recur(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.season = []
        for number, places in ((1, (8, 60)), (2, (30,)), (3, (17,))):
            cls.season.append(cls.home / f"Saga S01E{number:02}.m4a")
            cls.write_season(cls.season[-1], number, places)
        ended = run(cls.desk, "spot", *cls.season)
        if ended.code != 0:
            raise AssertionError(f"no episodes to test with: {ended.err}")

    @classmethod
    def write_season(cls, path, number, places):
        """12 s of the theme at each place, other seconds of another piece, and Song 1, over noise of its own."""
        sound = material.noise(70 + number, 90, 0.04)
        for place in places:
            sound.add(song(THEME), at=place, start=3, length=12, gain=0.8)
        sound.add(song(30 + number), at=48, start=0, length=8)
        sound.add(song(SEEDS[0]), at=76, start=2, length=10)
        sound.write(cls.home / "season.wav")
        material.encode(cls.home / "season.wav", path, codec=("-c:a", "aac", "-b:a", "128k"))

    def assert_places(self, recurrence, wanted):
        found = [(p["episode"]["number"], p["start"], p["end"]) for p in recurrence["places"]]
        self.assertEqual([number for number, _, _ in found], [number for number, _ in wanted])
        for (_, start, end), (_, planted) in zip(found, wanted):
            self.assertAlmostEqual(start, planted, delta=1.2)
            self.assertAlmostEqual(end, planted + 12, delta=1.2)

    def test_what_returns_is_found_once_and_songs_of_the_desk_are_not(self):
        desk = self.copy_of_desk()
        ended = run(desk, "recur", "--json")
        self.assert_ended(ended, 0)
        self.assertEqual(ended.json["format"], 1)
        (theme,) = ended.json["recurrences"]
        self.assertEqual(list(theme), ["name", "id", "kind", "duration", "places"])
        self.assertEqual((theme["name"], theme["id"]), ("unknown cue 1", 1))
        self.assert_places(theme, [(1, 8), (1, 60), (2, 30), (3, 17)])
        self.assertEqual(list(theme["places"][0]), ["episode", "start", "end", "offset", "rate", "likeness",
                                                    "confidence"])
        for place in theme["places"]:
            self.assertAlmostEqual(place["offset"], theme["places"][0]["offset"], delta=1.2)
        shown = run(desk, "recur")
        self.assertIn("unknown cue 1", shown.out)
        self.assertEqual(run(desk, "recur", "--json", "--threads", "3").out, ended.out)

    def test_an_episode_that_comes_later_joins(self):
        desk = self.copy_of_desk()
        first = run(desk, "recur", "Saga/S01E01", "Saga/S01E02", "--json").json["recurrences"]
        self.assert_places(first[0], [(1, 8), (1, 60), (2, 30)])
        then = run(desk, "recur", "Saga/S01E03", "--json").json["recurrences"]
        self.assertEqual(then[0]["id"], first[0]["id"])
        self.assert_places(then[0], [(1, 8), (1, 60), (2, 30), (3, 17)])

    def test_a_name_that_was_given_stays(self):
        desk = self.copy_of_desk()
        run(desk, "recur")
        self.assert_ended(run(desk, "recur", "--label", "unknown cue 1", "--title", "Harbour theme"), 0)
        self.assertEqual(run(desk, "recur", "--json").json["recurrences"][0]["name"], "Harbour theme")

    def test_a_cue_becomes_a_recording_that_spot_finds(self):
        desk = self.copy_of_desk()
        run(desk, "recur", "Saga/S01E01", "Saga/S01E02")
        ended = run(desk, "recur", "--catalogue", "unknown cue 1", "--title", "Harbour theme", "--artist", "X",
                    "--album", "Saga OST", "--production", "Saga", "--json")
        self.assert_ended(ended, 0)
        recording = ended.json["catalogued"]
        self.assertEqual((recording["title"], recording["artist"]), ("Harbour theme", "X"))
        self.assertIn("Saga S01E0", recording["path"])
        self.assertIn("#t=", recording["path"])
        self.assertEqual(run(desk, "recur", "--json").json["recurrences"], [], "catalogued, though not spotted yet")
        self.assert_ended(run(desk, "spot", "--stale"), 0)
        for number, wanted in (("1", [8, 60]), ("2", [30]), ("3", [17])):
            cues = run(desk, "cues", f"Saga/S01E0{number}", "--json").json["cues"]
            starts = [c["start"] for c in cues if c["recording"]["id"] == recording["id"]]
            self.assertEqual(len(starts), len(wanted), cues)
            for start, planted in zip(starts, wanted):
                self.assertAlmostEqual(start, planted, delta=1.2)
        again = run(desk, "recur", "--json")
        self.assertEqual(again.json["recurrences"], [], "it is known now")
        twice = run(desk, "recur", "--catalogue", "1", "--title", "Again")
        self.assert_ended(twice, 2)
        self.assertIn("already", twice.err)
        self.assert_ended(run(desk, "check"), 0)

    def test_repair_makes_the_recording_again_from_the_episodes(self):
        desk = self.copy_of_desk()
        run(desk, "recur")
        recording = run(desk, "recur", "--catalogue", "1", "--title", "Theme", "--json").json["catalogued"]
        newest = max((desk / "index").glob("segment-*"), key=lambda path: int(path.name.split("-")[1]))
        newest.unlink()
        self.assert_ended(run(desk, "check"), 4)
        repaired = run(desk, "check", "--repair")
        self.assert_ended(repaired, 0)
        run(desk, "spot", "--stale")
        cues = run(desk, "cues", "Saga/S01E03", "--json").json["cues"]
        self.assertIn(recording["id"], [c["recording"]["id"] for c in cues])

    def test_what_spot_leaves_unidentified_names_the_recurrence(self):
        desk = self.copy_of_desk()
        tune = material.tune(24)
        for number in (8, 9):
            sound = material.noise(number, 50, 0.02)
            sound.add(tune, at=4 * number - 20, start=0, length=20)
            sound.write(self.dir / "x.wav")
            material.encode(self.dir / "x.wav", self.dir / f"Tune S02E0{number}.m4a", codec=("-c:a", "aac"))
            self.assert_ended(run(desk, "spot", self.dir / f"Tune S02E0{number}.m4a"), 0)
        found = run(desk, "recur", "Tune/S02E08", "Tune/S02E09", "--json").json["recurrences"]
        names = [r["name"] for r in found]
        spotted = run(desk, "spot", self.dir / "Tune S02E08.m4a", "--json").json
        self.assertTrue(spotted["unidentified"])
        self.assertIn(spotted["unidentified"][0]["recurrence"]["name"], names)
        shown = run(desk, "cues", "Tune/S02E08")
        self.assertIn(names[0], shown.out)

    def test_wrong_usage_is_told(self):
        desk = self.copy_of_desk()
        for words in (["--title", "X"], ["--catalogue", "1"], ["--catalogue", "1", "--label", "1", "--title", "X"],
                      ["--catalogue", "1", "--title", "X", "Saga/S01E01"], ["Nowhere"],
                      ["--catalogue", "unknown cue 99", "--title", "X"]):
            ended = run(desk, "recur", *words)
            self.assertIn(ended.code, (1, 2), words)
            self.assertEqual(ended.err.count("\n"), 1, ended.err)

    def test_a_desk_without_episodes_has_nothing_that_returns(self):
        desk = self.dir / "empty"
        run(desk, "add", self.music)
        self.assertEqual(run(desk, "recur", "--json").json["recurrences"], [])
        self.assertEqual(run(desk, "recur").out, "nothing unknown returns\n")
        shutil.rmtree(desk)


if __name__ == "__main__":
    unittest.main()
