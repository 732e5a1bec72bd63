"""locate: clips of an episode with a picture, by sound and by picture."""

import contextlib
import sqlite3
import subprocess
import unittest

import material
from program import SEEDS, Case, run, song

SCENE = 4  # seconds
PLACES = ((-0.7453, 0.1127, 0.02), (-0.1592, 1.0317, 0.05), (-1.2507, 0.0201, 0.03), (0.2925, 0.0149, 0.02),
          (-0.7710, -0.1151, 0.03), (-0.5622, 0.6428, 0.04))
SMALL = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "24", "-c:a", "aac", "-b:a", "96k")


def ffmpeg(*words):
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-nostdin", *map(str, words)], check=True)


def pictures(x, y, scale):
    return f"mandelbrot=size=320x180:rate=25:start_x={x}:start_y={y}:start_scale={scale}:end_pts=400"


class Locate(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        seconds = SCENE * len(PLACES)
        sound = material.noise(5, seconds, 0.2)
        sound.add(song(SEEDS[2]), at=16, start=3, length=6, gain=0.5)
        sound.write(cls.home / "story.wav")
        inputs, chain = [], ""
        for number, place in enumerate(PLACES):
            inputs += ["-f", "lavfi", "-t", SCENE, "-i", pictures(*place)]
            chain += f"[{number}:v]"
        cls.story = cls.home / "Drama S01E05.mp4"
        ffmpeg(*inputs, "-i", cls.home / "story.wav", "-filter_complex", f"{chain}concat=n={len(PLACES)}[v]",
               "-map", "[v]", "-map", f"{len(PLACES)}:a", "-pix_fmt", "yuv420p", *SMALL, cls.story)
        ended = run(cls.desk, "spot", cls.story)
        if ended.code != 0:
            raise AssertionError(f"not spotted: {ended.err}")

    def clip(self, name, *words, start=6.5, length=8):
        path = self.dir / name
        ffmpeg("-ss", start, "-t", length, "-i", self.story, *words, path)
        return path

    def other_sound(self, seed):
        path = self.dir / f"noise{seed}.wav"
        material.noise(seed, 10, 0.2).write(path)
        return path

    def places(self, path):
        ended = run(self.desk, "locate", path, "--json")
        self.assert_ended(ended, 0)
        return ended.json["places"]

    def assert_found(self, path, by, start=6.5, mirrored=False):
        places = self.places(path)
        self.assertEqual(len(places), 1, places)
        place = places[0]
        self.assertEqual((place["by"], place["mirrored"]), (by, mirrored))
        self.assertEqual(place["episode"]["path"], str(self.story))
        self.assertAlmostEqual(place["episode_start"] - place["start"], start, delta=0.2)
        self.assertGreater(place["end"] - place["start"], 6)

    def test_a_piece_as_it_is(self):
        self.assert_found(self.clip("piece.mp4", *SMALL), "both")

    def test_sound_alone_and_picture_alone(self):
        self.assert_found(self.clip("sound.m4a", "-vn"), "sound")
        self.assert_found(self.clip("picture.mp4", "-an", *SMALL), "picture")

    def test_mirrored_cropped_and_with_another_sound(self):
        noise = self.other_sound(77)
        words = ("-ss", 0, "-t", 8, "-i", noise, "-map", "0:v", "-map", "1:a", *SMALL)
        self.assert_found(self.clip("mirrored.mp4", *words, "-vf", "hflip"), "picture", mirrored=True)
        self.assert_found(self.clip("cropped.mp4", *words, "-vf", "crop=272:152:30:10"), "picture")
        self.assert_found(self.clip("boxed.mp4", *words, "-vf", "pad=320:240:0:30"), "picture")

    def test_other_footage_is_from_nowhere(self):
        path = self.dir / "other.mp4"
        ffmpeg("-f", "lavfi", "-t", 8, "-i", "testsrc2=size=320x180:rate=25", "-i", self.other_sound(78),
               "-shortest", "-pix_fmt", "yuv420p", *SMALL, path)
        self.assertEqual(self.places(path), [])
        ended = run(self.desk, "locate", path)
        self.assertIn("nothing of this clip", ended.out)

    def test_a_song_is_named_and_is_no_place(self):
        clip = material.Sound(6)
        clip.add(song(SEEDS[2]), at=0, start=3, length=6)
        clip.write(self.dir / "song.wav")
        ended = run(self.desk, "locate", self.dir / "song.wav", "--json")
        self.assert_ended(ended, 0)
        self.assertEqual([match["recording"]["title"] for match in ended.json["matches"]], ["Song 3"])
        self.assertEqual(ended.json["places"], [])

    def test_an_episode_whose_picture_was_left_out_is_looked_at_once(self):
        desk = self.copy_of_desk()
        self.assert_ended(run(desk, "remove", "--kind", "episode", self.story), 0)
        self.assert_ended(run(desk, "spot", "--scenes", "off", self.story), 0)
        clip = self.clip("picture.mp4", "-an", *SMALL)
        first = run(desk, "locate", clip, "--json")
        self.assertEqual([place["by"] for place in first.json["places"]], ["picture"])
        moved = self.story.with_suffix(".away")
        self.story.rename(moved)
        self.addCleanup(moved.rename, self.story)
        self.assertEqual(run(desk, "locate", clip, "--json").json["places"], first.json["places"])

    def change(self, desk, statement):
        with contextlib.closing(sqlite3.connect(desk / "catalogue.db")) as catalogue, catalogue:
            catalogue.execute(statement)

    def test_damaged_footage_is_made_again_from_the_file(self):
        desk = self.copy_of_desk()
        clip = self.clip("picture.mp4", "-an", *SMALL)
        whole = run(desk, "locate", clip, "--json").json["places"]
        damage = "UPDATE footage SET pictures = substr(pictures, 1, 20)"
        self.change(desk, damage)
        moved = self.story.with_suffix(".away")
        self.story.rename(moved)
        self.addCleanup(lambda: moved.exists() and moved.rename(self.story))
        ended = run(desk, "locate", clip)
        self.assert_ended(ended, 0)
        self.assert_one_line(ended, self.story, "could not be searched")
        moved.rename(self.story)
        mended = run(desk, "locate", clip, "--json")
        self.story.rename(moved)  # what was made again is enough now
        again = run(desk, "locate", clip, "--json")
        moved.rename(self.story)
        for ended in (mended, again):
            self.assert_ended(ended, 0)
            self.assertEqual((ended.json["places"], ended.err), (whole, ""))

    def test_footage_that_cannot_be_kept_is_used_all_the_same(self):
        desk = self.copy_of_desk()
        clip = self.clip("picture.mp4", "-an", *SMALL)
        whole = run(desk, "locate", clip, "--json").json["places"]
        self.change(desk, "DELETE FROM footage")
        self.change(desk, "CREATE TRIGGER full BEFORE INSERT ON footage BEGIN SELECT RAISE(FAIL, 'no room'); END")
        ended = run(desk, "locate", clip, "--json")
        self.assert_ended(ended, 0)
        self.assertEqual(ended.json["places"], whole)
        self.assert_one_line(ended, self.story, "were not kept", "no room")

    def test_the_threads_change_nothing(self):
        clip = self.clip("piece.mp4", *SMALL)
        one, two = (run(self.desk, "--threads", n, "locate", clip, "--json") for n in (1, 2))
        self.assertEqual(one.out, two.out)

    def test_what_is_no_media(self):
        (self.dir / "note.mp4").write_text("nothing to see\n")
        ended = run(self.desk, "locate", self.dir / "note.mp4")
        self.assert_ended(ended, 3)
        self.assert_one_line(ended, "note.mp4")


if __name__ == "__main__":
    unittest.main()
