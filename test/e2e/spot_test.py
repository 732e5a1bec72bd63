"""spot, identify, cues, sheet and --stale."""

import csv
import io
import os
import shutil
import unittest

import material
from program import SEEDS, Case, run, song


def found(document):
    return [(s["recording"]["title"], s["start"], s["end"]) for s in document["spots"]]


class Spot(Case):
    def assert_planted(self, document):
        spots = found(document)
        self.assertEqual([title for title, _, _ in spots], ["Song 1", "Song 2"])
        for (_, start, end), (planted_start, planted_end) in zip(spots, ((5, 15), (25, 37))):
            self.assertAlmostEqual(start, planted_start, delta=0.5)
            self.assertAlmostEqual(end, planted_end, delta=0.5)

    def test_finds_what_was_planted(self):
        desk = self.copy_of_desk()
        ended = run(desk, "spot", self.episode, "--json")
        self.assert_ended(ended, 0)
        document = ended.json
        self.assert_planted(document)
        episode = document["episode"]
        self.assertEqual((episode["production"], episode["season"], episode["number"]), ("Drama", 1, 2))
        self.assertEqual(episode["path"], str(self.episode))
        spot = document["spots"][0]
        self.assertAlmostEqual(spot["recording_start"], 4, delta=0.5)
        self.assertEqual(list(spot), ["recording", "start", "end", "start_error", "end_error",
                                      "recording_start", "rate", "pitch", "alignments", "confidence",
                                      "level_db", "ground", "from_loudspeaker", "version_decided",
                                      "alternatives", "scenes", "dialogue", "music_marks"])
        self.assertEqual(document["unidentified"], [])
        # There is no picture to look at.
        self.assertEqual((document["cuts"], document["scenes"]), (None, None))
        self.assertNotIn("elapsed", document)

    def test_names_the_version_that_was_played_or_either(self):
        """Song 1 also with a melody over it from 8 to 16 s, and once more as an MP3 of 64 kb/s."""
        desk = self.copy_of_desk()
        sung = material.Sound(20)
        sung.add(song(SEEDS[0]), at=0)
        sung.add(song(15), at=8, start=0, length=8, gain=1.5)
        for name, sound, codec in (("sung.flac", sung, ()), ("again.mp3", song(SEEDS[0]), ("-b:a", "64k"))):
            sound.write(self.dir / "x.wav")
            material.encode(self.dir / "x.wav", self.dir / name, {"title": name}, codec)
            added = run(desk, "add", self.dir / name, "--json")
            self.assert_ended(added, 0)
        related = {r["recording"]["title"]: r["relation"] for r in added.json["added"][0]["versions"]}
        self.assertEqual(related, {"Song 1": "same", "sung.flac": "version"})
        listed = {r["title"]: r for r in run(desk, "list", "--json").json["recordings"]}
        self.assertEqual([v["recording"]["title"] for v in listed["Song 1"]["versions"]], ["again.mp3", "sung.flac"])
        self.assertEqual(listed["Song 2"]["versions"], [])

        episode = material.noise(98, 60, 0.05)
        episode.add(sung, at=5, start=6, length=10)
        episode.add(song(SEEDS[0]), at=22, start=6, length=10)
        episode.add(sung, at=40, start=0, length=8)
        episode.write(self.dir / "x.wav")
        material.encode(self.dir / "x.wav", self.dir / "e.m4a", codec=("-c:a", "aac", "-b:a", "128k"))
        spots = run(desk, "spot", self.dir / "e.m4a", "--json").json["spots"]
        self.assertEqual([(s["recording"]["title"], s["version_decided"]) for s in spots],
                         [("sung.flac", True), ("Song 1", False), ("Song 1", False)])
        alternatives = [{a["recording"]["title"]: a["confidence"] for a in s["alternatives"]} for s in spots]
        self.assertEqual(set(alternatives[0]), {"Song 1", "again.mp3"})
        self.assertEqual(alternatives[1]["again.mp3"], spots[1]["confidence"])
        self.assertLess(alternatives[1]["sung.flac"], 0.1)
        self.assertEqual(alternatives[2]["sung.flac"], spots[2]["confidence"])

    def test_same_bytes_for_any_number_of_threads_and_every_time(self):
        outs = []
        for threads in (1, 2, 2):
            desk = self.dir / f"desk{len(outs)}"
            shutil.copytree(self.desk, desk)
            outs.append(run(desk, "spot", self.episode, "--json", "--threads", threads).out)
        # Once more, known and not decoded.
        outs.append(run(desk, "spot", self.episode, "--json").out)
        self.assertEqual(len(set(outs)), 1)

    def test_a_master_is_heard_through_the_streams_that_are_named(self):
        """Three mono streams: silence, the episode's sound, and silence of another length."""
        desk = self.copy_of_desk()
        master = self.dir / "master.mov"
        material.ffmpeg("-i", self.episode, "-f", "lavfi", "-i", "anullsrc=r=48000:cl=mono", "-map", "1:a", "-map", "0:a",
                        "-map", "1:a", "-ac", "1", "-c:a", "pcm_s16le", "-t", "45", master)
        clip = run(desk, "identify", master, "--stream", "2", "--json")
        self.assert_ended(clip, 0)
        self.assertEqual({m["recording"]["title"] for m in clip.json["matches"]}, {"Song 1", "Song 2"})
        self.assertEqual(run(desk, "identify", master, "--stream", "3", "--json").json["matches"], [])
        self.assertEqual(run(desk, "spot", master, "--stream", "1+3", "--json").json["spots"], [])
        other = run(desk, "spot", master, "--stream", "2", "--json")
        self.assert_ended(other, 0)
        self.assert_planted(other.json)
        self.assert_one_line(other, str(master), "not stored", "remove episode")
        self.assertEqual(run(desk, "cues", master, "--json").json["cues"], [])
        missing = run(desk, "spot", master, "--stream", "9")
        self.assert_ended(missing, 2)
        self.assert_one_line(missing, str(master), "stream 9")

    def test_known_episode_is_not_decoded_again_and_its_run_is_replaced(self):
        desk = self.copy_of_desk()
        first = run(desk, "spot", self.episode, "--json", "--timings").json
        self.assertGreater(first["elapsed"]["decode_cpu"], 0)
        moved = self.dir / "moved.m4a"
        shutil.copy(self.episode, moved)
        again = run(desk, "spot", moved, "--json", "--timings").json
        self.assertEqual(again["elapsed"]["decode_cpu"], 0)
        self.assertEqual(again["spots"], first["spots"])
        self.assertEqual(again["episode"]["id"], first["episode"]["id"])
        self.assertEqual(len(run(desk, "list", "episodes", "--json").json["episodes"]), 1)

    def test_stale_finds_the_new_album_without_the_file(self):
        desk = self.dir / "desk"
        self.assert_ended(run(desk, "add", self.music / "01 - Song 1.flac"), 0)
        episode = self.dir / "Drama S01E03.m4a"
        shutil.copy(self.episode, episode)
        self.assertEqual(len(run(desk, "spot", episode, "--json").json["spots"]), 1)
        episode.unlink()
        self.assertEqual(run(desk, "spot", "--stale", "--json").json, [])
        self.assert_ended(run(desk, "add", self.music / "02 - Song 2.mp3"), 0)
        self.assertTrue(run(desk, "list", "episodes", "--json").json["episodes"][0]["stale"])
        document = run(desk, "spot", "--stale", "--json").json
        self.assertEqual(len(document), 1)
        self.assert_planted(document[0])
        self.assertEqual([c["recording"]["title"] for c in document[0]["changes"]["added"]], ["Song 2"])
        self.assertEqual(document[0]["changes"]["gone"], [])
        self.assertEqual(run(desk, "spot", "--stale", "--json").json, [])
        self.assert_ended(run(desk, "remove", "Song 2"), 0)
        self.assertEqual(len(run(desk, "spot", "--stale", "--json").json), 1)
        self.assertEqual(len(run(desk, "cues", "Drama/S01E03", "--json").json["cues"]), 1)

    def test_music_that_no_recording_explains_is_unidentified(self):
        desk, tune = self.copy_of_desk(), material.tune(12)
        episode = material.noise(98, 45, 0.02)
        episode.add(song(SEEDS[0]), at=5, start=4, length=10)
        episode.add(tune, at=25)
        episode.write(self.dir / "x.wav")
        named = self.dir / "Drama S01E07.m4a"
        material.encode(self.dir / "x.wav", named, codec=("-c:a", "aac", "-b:a", "128k"))
        document = run(desk, "spot", named, "--json").json
        self.assertEqual(len(document["spots"]), 1)
        music = max(document["unidentified"], key=lambda span: span["end"] - span["start"])
        self.assertAlmostEqual(music["start"], 25, delta=3)
        self.assertAlmostEqual(music["end"], 37, delta=3)
        self.assertTrue(0.5 < music["confidence"] <= 1)
        self.assertIsNone(music["recurrence"])
        self.assertRegex(run(desk, "spot", named).out, r"0:00 [·▒]+1+[·▒]+▒▒▒[·▒]+ 0:45\n")
        self.assertRegex(run(desk, "cues", "Drama/S01E07").out, r"\n +\? +0:2\d\.\d +0:3\d\.\d  +0:\d\d\.\d  unidentified ")
        cues = run(desk, "cues", "Drama/S01E07", "--json").json
        self.assertEqual(len(cues["cues"]), 1)
        self.assertEqual(cues["unidentified"], [{**span, "part": None} for span in document["unidentified"]])
        self.assertEqual(len(run(desk, "sheet", "Drama/S01E07").out.splitlines()), 2)
        tune.write(self.dir / "Tune.wav")
        self.assert_ended(run(desk, "add", self.dir / "Tune.wav"), 0)
        again = [d for d in run(desk, "spot", "--stale", "--json").json if d["episode"]["path"] == str(named)][0]
        self.assertEqual(len(again["spots"]), 2)
        self.assertNotIn(music, again["unidentified"])

    def test_a_folder_is_an_array_in_the_order_of_the_season(self):
        desk = self.copy_of_desk()
        season = self.dir / "season"
        season.mkdir()
        for number in (10, 2):
            sound = material.noise(number, 6, 0.2)
            sound.write(season / f"Drama E{number}.wav")
        (season / "Drama E3.mp4").write_text("no media")
        ended = run(desk, "spot", season, "--json")
        self.assert_ended(ended, 3)
        document = ended.json
        numbers = [d["episode"]["number"] if "episode" in d else d["path"][-8:] for d in document]
        self.assertEqual(numbers, [2, "ma E3.mp4"[-8:], 10])
        self.assertIn("error", document[1])

    def test_table_and_strip_are_for_people(self):
        ended = run(self.copy_of_desk(), "spot", self.episode)
        self.assert_ended(ended, 0)
        self.assertEqual(ended.err, "")
        self.assertIn("Drama S01E02", ended.out)
        self.assertRegex(ended.out, r"0:00 ·+1+·+2+·+ 0:45\n")
        self.assertRegex(ended.out, r"in +out +length +title +artist +version +level +confidence\n")
        self.assertNotIn("\x1b", ended.out)

    def test_cues_and_sheet(self):
        desk = self.copy_of_desk()
        self.assert_ended(run(desk, "spot", self.episode, "--air-date", "2024-03-09"), 0)
        for name in ("1", "Drama/S01E02", self.episode, "drama"):
            cues = run(desk, "cues", name, "--json")
            self.assert_ended(cues, 0)
            self.assertEqual([c["recording"]["title"] for c in cues.json["cues"]], ["Song 1", "Song 2"])
        target = self.dir / "sheet.csv"
        target.write_text("an older sheet")
        ended = run(desk, "sheet", "1", "--format", "csv", "-o", target)
        self.assert_ended(ended, 0)
        rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
        self.assertEqual([r["title"] for r in rows], ["Song 1", "Song 2"])
        self.assertEqual({r["air_date"] for r in rows}, {"2024-03-09"})
        self.assertEqual(os.listdir(self.dir).count("sheet.csv"), 1)
        self.assertFalse([f for f in os.listdir(self.dir) if f.endswith(".part")])
        self.assertEqual(run(desk, "sheet", "1").out.encode(), target.read_bytes())
        refused = run(desk, "sheet", "1", "-o", self.dir / "no" / "such" / "folder.csv")
        self.assert_ended(refused, 1)
        self.assert_one_line(refused, "folder.csv")

    def test_an_episode_that_is_not_known(self):
        ended = run(self.desk, "cues", "Drama/S09E09")
        self.assert_ended(ended, 1)
        self.assert_one_line(ended, "Drama/S09E09")

    def test_identify_names_a_clip_and_stores_nothing(self):
        desk = self.copy_of_desk()
        clip = material.Sound(8)
        clip.add(song(SEEDS[3]), at=0, start=6, length=8)
        clip.write(self.dir / "clip.wav")
        ended = run(desk, "identify", self.dir / "clip.wav", "--json")
        self.assert_ended(ended, 0)
        self.assertEqual(list(ended.json)[:2], ["format", "path"])
        match = ended.json["matches"][0]
        self.assertEqual(match["recording"]["title"], "Song 4")
        self.assertAlmostEqual(match["recording_start"] - match["start"], 6, delta=0.3)
        self.assertEqual(run(desk, "list", "episodes", "--json").json["episodes"], [])

    def test_recording_removed_since_is_not_found(self):
        desk = self.copy_of_desk()
        self.assert_ended(run(desk, "remove", "Song 1"), 0)
        self.assertEqual([t for t, _, _ in found(run(desk, "spot", self.episode, "--json").json)], ["Song 2"])

    def test_invalid_bytes_in_a_path(self):
        desk = self.copy_of_desk()
        path = os.fsencode(self.dir) + b"/\xea\xb2\xa8\xec\x9a\xb8 \xff E05.m4a"
        shutil.copy(self.episode, path)
        ended = run(desk, "spot", path, "--json")
        self.assert_ended(ended, 0)
        self.assertTrue(ended.json["episode"]["path"].endswith("/겨울 \ufffd E05.m4a"))
        self.assertTrue(ended.json["episode"]["path_bytes"].endswith("%20%FF%20E05.m4a"))
        self.assertEqual(len(run(desk, "cues", path, "--json").json["cues"]), 2)


if __name__ == "__main__":
    unittest.main()
