"""Scenes: found by spot, listed, edited and exported by scenes, from real encoders' files."""

import json
import pathlib
import shutil
import subprocess
import unittest

import material
from program import SEEDS, Case, run, song

# What is seen, in seconds: two places by turns, a dissolve, a third place, a fade through black, a fourth.
PLACES = ("mandelbrot=s=320x180:r=25:start_scale=0.3:end_scale=0.3", "testsrc2=s=320x180:r=25",
          "smptehdbars=s=320x180:r=25", "rgbtestsrc=s=320x180:r=25")
CUTS = (6, 12, 18)
EPISODE = "Drama/S01E07"


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-y", "-nostdin", "-v", "error", *map(str, arguments)], check=True, timeout=300)


class Scenes(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sound = material.noise(5, 40, 0.05)
        sound.add(song(SEEDS[0]), at=3, start=4, length=12)
        sound.add(song(SEEDS[1]), at=26, start=2, length=10)
        sound.write(cls.home / "film.wav")
        # A B A B, each 6 s, cut; B dissolves to C over 1 s; C fades out and D in.
        graph = ("[0]trim=0:6,setpts=PTS-STARTPTS[a];[1]trim=0:6,setpts=PTS-STARTPTS[b];"
                 "[2]trim=0:6,setpts=PTS-STARTPTS[c];[3]trim=0:6.5,setpts=PTS-STARTPTS[d];"
                 "[4]trim=0:9,setpts=PTS-STARTPTS,fade=out:st=8:d=1[e];"
                 "[5]trim=0:8,setpts=PTS-STARTPTS,fade=in:st=0:d=1[f];"
                 "[a][b][c]concat=n=3[x];[d]settb=1/25[d1];[e]settb=1/25[e1];"
                 "[d1][e1]xfade=transition=fade:duration=1:offset=5.5[y];[x][y][f]concat=n=3,format=yuv420p[v]")
        order = (0, 1, 0, 1, 2, 3)
        inputs = [word for i in order for word in ("-f", "lavfi", "-t", "12", "-i", PLACES[i])]
        cls.film = cls.home / "Drama S01E07.mp4"
        ffmpeg(*inputs, "-i", cls.home / "film.wav", "-filter_complex", graph, "-map", "[v]", "-map", "6:a",
               "-c:v", "libx264", "-preset", "fast", "-g", "50", "-keyint_min", "50", "-sc_threshold", "0",
               "-c:a", "aac", "-shortest", cls.film)

    def fresh_desk(self):
        shutil.rmtree(self.dir / "desk", ignore_errors=True)
        return self.copy_of_desk()

    def spotted(self, *options):
        desk = self.fresh_desk()
        ended = run(desk, "spot", self.film, "--json", *options)
        self.assert_ended(ended, 0)
        return desk, ended.json

    def test_cuts_are_frame_accurate_and_what_is_gradual_is_told_as_such(self):
        for mode in ("fast", "exact"):
            with self.subTest(mode):
                _, document = self.spotted("--scenes", mode)
                cuts = document["cuts"]
                self.assertEqual([c["kind"] for c in cuts], ["cut"] * 3 + ["dissolve", "fade"])
                for cut, planted in zip(cuts, CUTS):
                    self.assertAlmostEqual(cut["time"], planted, delta=0.041)
                self.assertAlmostEqual(cuts[3]["time"], 24, delta=0.3)
                self.assertAlmostEqual(cuts[4]["time"], 32.5, delta=0.3)
                for cut in cuts[3:]:
                    self.assertLess(cut["start"], cut["time"])
                    self.assertGreater(cut["end"], cut["time"])

    def test_every_spot_has_its_scenes_and_the_scenes_lie_side_by_side(self):
        _, document = self.spotted()
        scenes = document["scenes"]
        self.assertEqual([s["number"] for s in scenes], list(range(1, len(scenes) + 1)))
        self.assertEqual(scenes[0]["start"], 0)
        for before, after in zip(scenes, scenes[1:]):
            self.assertEqual(before["end"], after["start"])
        for spot in document["spots"]:
            expected = [s["number"] for s in scenes if min(s["end"], spot["end"]) - max(s["start"], spot["start"]) >= 0.5]
            self.assertEqual(spot["scenes"], expected)

    def test_an_opening_that_returns_is_a_scene_of_its_own(self):
        desk = self.fresh_desk()
        opening = ("mandelbrot=s=320x180:r=25", "testsrc2=s=320x180:r=25", "testsrc=s=320x180:r=25")
        rest = (("smptehdbars=s=320x180:r=25", "gradients=s=320x180:r=25:c0=red:c1=blue:seed=1"),
                ("yuvtestsrc=s=320x180:r=25", "gradients=s=320x180:r=25:c0=green:c1=white:seed=2"))
        for number, (before, after) in enumerate(rest, 1):
            # The first begins with the opening, the second comes to it after 8 s.
            shots = [*([(before, 8)] * (number - 1)), *((place, 4) for place in opening), (after, 40)]
            inputs = [word for place, seconds in shots for word in ("-f", "lavfi", "-t", seconds, "-i", place)]
            joined = "".join(f"[{i}]" for i in range(len(shots))) + f"concat=n={len(shots)},format=yuv420p[v]"
            film = self.dir / f"Serial S01E0{number}.mp4"
            material.noise(number, 60, 0.05).write(self.dir / "noise.wav")
            ffmpeg(*inputs, "-i", self.dir / "noise.wav", "-filter_complex", joined, "-map", "[v]",
                   "-map", f"{len(shots)}:a", "-c:v", "libx264", "-preset", "fast", "-c:a", "aac", film)
            document = run(desk, "spot", film, "--production", "Serial", "--json").json
        opens = lambda scenes: [(s["start"], s["end"]) for s in scenes if s["role"] == "opening"]
        self.assertEqual(opens(document["scenes"]), [(8, 20)])
        first = run(desk, "scenes", "Serial/S01E01", "--json").json["parts"][0]
        self.assertEqual(opens(first["scenes"]), [(0, 12)])  # told as soon as another episode has it too
        self.assertIn("opening", run(desk, "scenes", "Serial/S01E01").out)

    def test_of_several_encodes_the_newest_is_shown_and_edited(self):
        desk, _ = self.spotted()
        again = self.dir / "Drama S01E07.mkv"
        ffmpeg("-i", self.film, "-map", "0:v", "-map", "0:a", "-c:v", "copy", "-c:a", "aac", "-b:a", "96k", again)
        self.assert_ended(run(desk, "spot", again), 0)
        self.assert_ended(run(desk, "scenes", EPISODE, "name", "1", "The pier"), 0)
        parts = run(desk, "scenes", EPISODE, "--json").json["parts"]
        self.assertEqual([part["path"] for part in parts], [str(again)])
        self.assertEqual(parts[0]["scenes"][0]["title"], "The pier")
        self.assertEqual(run(desk, "cues", EPISODE, "--json").json["episode"]["path"], str(again))

    def test_off_looks_at_nothing_and_a_second_look_is_taken_only_where_it_sees_more(self):
        desk, document = self.spotted("--scenes", "off")
        self.assertEqual((document["cuts"], document["scenes"]), (None, None))
        ended = run(desk, "scenes", EPISODE)
        self.assert_ended(ended, 0)
        self.assertIn("spotted with --scenes off", ended.err)
        costs = []
        for mode in ("fast", "fast", "exact", "fast"):
            elapsed = run(desk, "spot", self.film, "--json", "--timings", "--scenes", mode).json["elapsed"]
            costs.append(elapsed["scenes_cpu"] > 0)
        self.assertEqual(costs, [True, False, True, False])
        self.assertEqual(run(desk, "scenes", EPISODE, "--json").json["parts"][0]["depth"], "exact")

    def test_edits_stay_whatever_is_found_and_can_be_undone(self):
        desk, _ = self.spotted()
        listed = lambda: [(s["start"], s["end"], s["title"]) for s in
                          run(desk, "scenes", EPISODE, "--json").json["parts"][0]["scenes"]]
        first = listed()
        self.assert_ended(run(desk, "scenes", EPISODE, "split", "1", "0:05.120"), 0)
        self.assert_ended(run(desk, "scenes", EPISODE, "name", "2", "The pier 부두"), 0)
        decided = listed()
        self.assertEqual(decided[0][1], 5.12)
        self.assertEqual(decided[1][2], "The pier 부두")
        self.assert_ended(run(desk, "spot", self.film, "--scenes", "exact"), 0)
        self.assertEqual([(s, t) for s, _, t in listed()][:2], [(s, t) for s, _, t in decided][:2])
        for _ in range(2):
            self.assert_ended(run(desk, "scenes", EPISODE, "undo"), 0)
        self.assertEqual(len(listed()), len(first))
        self.assert_ended(run(desk, "scenes", EPISODE, "redo"), 0)
        self.assertEqual(listed()[0][1], 5.12)
        self.assert_ended(run(desk, "scenes", EPISODE, "merge", "1"), 0)
        self.assertGreater(listed()[0][1], 5.12)

    def test_edits_that_make_no_sense_are_refused_in_one_line(self):
        desk, _ = self.spotted()
        for words, said in ((("split", "99", "1:00"), "there is no scene 99"), (("split", "1", "59:00"), "not within scene 1: 0:00:00 to 0:00:"),
                            (("move", "1", "soon"), "is no time"), (("merge", "x"), "no scene's number"),
                            (("split", "1"), "needs: EPISODE split NUMBER TIME"), (("burn",), "can't burn"),
                            (("undo",), "nothing to undo"), (("redo",), "nothing to redo"),
                            (("--part", "3", "undo"), "no part 3")):
            with self.subTest(words):
                ended = run(desk, "scenes", EPISODE, *words)
                self.assertEqual(ended.code, 2)
                self.assertIn(said, ended.err)
                self.assertEqual(ended.err.count("\n"), 1)

    def test_stills_are_pictures_and_come_back_when_the_cache_is_gone(self):
        desk, _ = self.spotted()
        shots = run(desk, "scenes", EPISODE, "--stills", "--json").json["parts"][0]["shots"]
        first = [pathlib.Path(shot["still_file"]).read_bytes() for shot in shots]
        for shot in shots:
            probed = json.loads(subprocess.run(
                ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name,width,height", "-of", "json",
                 shot["still_file"]], capture_output=True, check=True, timeout=60).stdout)["streams"][0]
            self.assertEqual((probed["codec_name"], probed["width"], probed["height"]), ("mjpeg", 320, 180))
        pathlib.Path(shots[0]["still_file"]).unlink()
        again = run(desk, "scenes", EPISODE, "--stills", "--json").json["parts"][0]["shots"]
        self.assertEqual([pathlib.Path(shot["still_file"]).read_bytes() for shot in again], first)

    def test_stills_of_a_file_that_is_gone_end_as_other_inputs_do(self):
        desk, _ = self.spotted()
        moved = self.film.with_suffix(".away")
        self.film.rename(moved)
        self.addCleanup(moved.rename, self.film)
        for options in (("--stills",), ("--stills", "--json")):
            ended = run(desk, "scenes", EPISODE, *options)
            self.assert_ended(ended, 3)
            self.assert_one_line(ended, self.film)

    def test_exports_are_what_other_programs_read(self):
        desk, document = self.spotted()
        self.assert_ended(run(desk, "scenes", EPISODE, "name", "1", "A = B; #1"), 0)
        chapters = self.dir / "chapters.txt"
        self.assert_ended(run(desk, "scenes", EPISODE, "--format", "ffmetadata", "-o", chapters), 0)
        ffmpeg("-i", self.film, "-i", chapters, "-map", "0", "-map_metadata", "1", "-map_chapters", "1", "-codec", "copy",
               self.dir / "x.mkv")
        probed = json.loads(subprocess.run(
            ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", self.dir / "x.mkv"],
            capture_output=True, check=True, timeout=60).stdout)["chapters"]
        self.assertEqual([float(c["start_time"]) for c in probed], [s["start"] for s in document["scenes"]])
        self.assertTrue(probed[0]["tags"]["title"].startswith("1. A = B; #1: "))
        self.assertIn("Song 1", probed[0]["tags"]["title"])
        text = run(desk, "scenes", EPISODE, "--format", "vtt").out
        self.assertTrue(text.startswith("WEBVTT\n\n1\n00:00:00.000 --> "))

    def test_bad_pictures_cost_no_spot(self):
        """Damaged, one picture, changing size, ten bits: the spots come all the same."""
        data = bytearray(self.film.read_bytes())
        for at in range(len(data) // 3, len(data) // 2, 997):
            data[at] ^= 0x55
        (self.dir / "damaged.mp4").write_bytes(data)
        for name, codec in (("a.ts", ("-s", "320x180", "-c:v", "libx264")), ("b.ts", ("-s", "160x90", "-c:v", "libx264"))):
            ffmpeg("-i", self.film, *codec, "-preset", "ultrafast", "-c:a", "copy", "-t", 20, self.dir / name)
        (self.dir / "sizes.ts").write_bytes((self.dir / "a.ts").read_bytes() + (self.dir / "b.ts").read_bytes())
        ffmpeg("-i", self.film, "-vf", "select=eq(n\\,0)", "-fps_mode", "vfr", "-c:v", "libx264", "-c:a", "copy",
               self.dir / "one.mkv")
        ffmpeg("-i", self.film, "-pix_fmt", "yuv420p10le", "-c:v", "libx265", "-preset", "ultrafast",
               "-x265-params", "log-level=none", "-c:a", "copy", self.dir / "ten.mkv")
        for name in ("damaged.mp4", "sizes.ts", "one.mkv", "ten.mkv"):
            with self.subTest(name):
                ended = run(self.fresh_desk(), "spot", self.dir / name, "--json")
                self.assert_ended(ended, 0)
                self.assertGreaterEqual(len(ended.json["spots"]), 1)
                self.assertIsNotNone(ended.json["scenes"])
                if name == "damaged.mp4":
                    self.assertTrue(any("damaged" in warning for warning in ended.json["warnings"]), ended.json["warnings"])
                if name == "one.mkv":
                    self.assertEqual((ended.json["cuts"], len(ended.json["scenes"])), ([], 1))


if __name__ == "__main__":
    unittest.main()
