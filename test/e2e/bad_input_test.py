"""Every kind of bad input: one clear line that names the file, the right exit code, nothing lost."""

import os
import pathlib
import shutil
import unittest

import material
from program import SEEDS, Case, run, song


class BadMedia(Case):
    def assert_refused(self, path, *parts):
        """add, spot and identify all refuse the file and leave the desk as it is."""
        desk = self.copy_of_desk()
        for command in ("add", "spot", "identify"):
            with self.subTest(command):
                ended = run(desk, command, path)
                self.assert_ended(ended, 3)
                self.assert_one_line(ended, path, *parts)
        document = run(desk, "spot", path, "--json")
        self.assert_ended(document, 3)
        self.assertEqual(document.json["path"], str(path))
        self.assertIn("error", document.json)
        self.assert_whole(desk)
        self.assertEqual(run(desk, "list", "episodes", "--json").json["episodes"], [])

    def test_missing_file(self):
        self.assert_refused(self.dir / "not there.mp4", "no such file")

    def test_text_named_mp3(self):
        path = self.dir / "text.mp3"
        path.write_text("This is a letter, not a song.\n" * 200)
        self.assert_refused(path)

    def test_zero_bytes(self):
        path = self.dir / "empty.mp3"
        path.touch()
        self.assert_refused(path)

    def test_video_without_sound(self):
        path = self.dir / "silent movie.mp4"
        material.ffmpeg("-f", "lavfi", "-i", "testsrc=size=64x64:rate=25", "-t", 2, "-c:v", "mpeg4", path)
        self.assert_refused(path, "no sound")

    def test_cut_before_its_table_of_contents(self):
        path = self.dir / "cut.m4a"
        whole = (self.music / "03 - Song 3.m4a").read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
        self.assert_refused(path)

    def test_a_folder_that_may_not_be_read(self):
        folder = self.dir / "locked"
        folder.mkdir(mode=0)
        desk = self.dir / "desk"
        os.chmod(self.dir, 0o777)
        ended = run(desk, "add", folder, as_nobody=True)
        self.assert_ended(ended, 3)
        self.assert_one_line(ended, folder, "Permission denied")

    def test_a_pipe_is_no_file(self):
        path = self.dir / "pipe"
        os.mkfifo(path)
        ended = run(self.copy_of_desk(), "add", path)
        self.assert_ended(ended, 3)
        self.assert_one_line(ended, path, "regular file")

    def test_cut_short_but_decodable(self):
        path = self.dir / "Drama E07.flac"
        wav = self.dir / "whole.wav"
        sound = material.noise(5, 20, 0.05)
        sound.add(song(SEEDS[0]), at=2, length=8)
        sound.write(wav)
        material.encode(wav, path)
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) * 3 // 4])
        ended = run(self.copy_of_desk(), "spot", path, "--json")
        self.assert_ended(ended, 0)
        self.assertRegex(ended.err, r"needledrop: .*E07\.flac: .*\d.* (s|seconds|missing)")
        self.assertEqual([s["recording"]["title"] for s in ended.json["spots"]], ["Song 1"])

    def test_three_milliseconds(self):
        path = self.dir / "3ms.wav"
        song(SEEDS[0])
        short = material.Sound(0.003)
        short.add(song(SEEDS[0]), at=0, start=1, length=0.003)
        short.write(path)
        desk = self.copy_of_desk()
        spotted = run(desk, "spot", path, "--json")
        self.assert_ended(spotted, 0)
        self.assertEqual(spotted.json["spots"], [])
        added = run(desk, "add", path)
        self.assert_ended(added, 3)
        self.assert_one_line(added, path, "3 ms")
        self.assert_whole(desk)

    def test_names_with_spaces_hangul_and_invalid_bytes(self):
        folder = os.fsencode(self.dir) + "/내 음악 (1)".encode()
        os.mkdir(folder)
        names = [b"a song.flac", "노래.flac".encode(), b"bad \xff\xfe.flac"]
        for name, seed in zip(names, SEEDS):
            wav = self.dir / "s.wav"
            song(seed).write(wav)
            material.encode(wav, self.dir / "s.flac")
            os.replace(self.dir / "s.flac", folder + b"/" + name)
        ended = run(self.dir / "책상 desk", "add", folder, "--json")
        self.assert_ended(ended, 0)
        added = ended.json["added"]
        self.assertEqual([r["title"] for r in added], ["a song", "bad \ufffd\ufffd", "노래"])
        self.assertTrue(added[1]["path_bytes"].endswith("/bad%20%FF%FE.flac"))
        self.assertNotIn("path_bytes", added[2])
        self.assertEqual(len(run(self.dir / "책상 desk", "add", folder, "--json").json["unchanged"]), 3)
        self.assertNotIn(b"\xff".decode("latin-1"), run(self.dir / "책상 desk", "list").out)

    def test_control_characters_do_not_reach_the_terminal(self):
        path = self.dir / "a\x1b[2Jb.mp3"
        path.write_text("no media")
        ended = run(self.copy_of_desk(), "add", path)
        self.assert_ended(ended, 3)
        self.assertNotIn("\x1b", ended.err)

    def test_one_bad_file_does_not_stop_the_rest(self):
        folder = shutil.copytree(self.music, self.dir / "mixed")
        (folder / "00 bad.mp3").write_text("no media")
        (folder / "02 bad.flac").touch()
        ended = run(self.dir / "desk", "add", folder, "--json")
        self.assert_ended(ended, 3)
        self.assertEqual(len(ended.json["added"]), len(SEEDS))
        self.assertEqual([pathlib.Path(f["path"]).name for f in ended.json["failed"]],
                         ["00 bad.mp3", "02 bad.flac"])
        self.assertEqual(len(ended.err.splitlines()), 2)
        self.assert_whole(self.dir / "desk")


class BadDesk(Case):
    @staticmethod
    def set_modes(desk, folder_mode, file_mode):
        for root, _, files in os.walk(desk):
            for name in files:
                os.chmod(os.path.join(root, name), file_mode)
            os.chmod(root, folder_mode)

    def test_read_only_desk_still_spots(self):
        desk = self.copy_of_desk()
        self.set_modes(desk, 0o555, 0o444)
        self.addCleanup(self.set_modes, desk, 0o755, 0o644)
        spotted = run(desk, "spot", self.episode, "--json", as_nobody=True)
        self.assert_ended(spotted, 0)
        self.assertEqual(len(spotted.json["spots"]), 2)
        self.assertIsNone(spotted.json["episode"]["id"])
        self.assert_one_line(spotted, self.episode, "read-only", "not stored")
        for words in (["list"], ["stats"], ["check"], ["identify", self.music / "02 - Song 2.mp3"]):
            ended = run(desk, *words, as_nobody=True)
            self.assert_ended(ended, 0)
            self.assertEqual(ended.err, "")
        for words in (["add", self.music], ["remove", "Song 1"]):
            ended = run(desk, *words, as_nobody=True)
            self.assert_ended(ended, 1)
            self.assert_one_line(ended, desk, "read-only")
        self.assert_whole(desk)

    def flip(self, path, at):
        content = bytearray(path.read_bytes())
        content[at] ^= 0x10
        path.write_bytes(content)

    def test_one_flipped_byte_anywhere_in_a_segment(self):
        desk = self.copy_of_desk()
        segment = next((desk / "index").glob("segment*"))
        whole = segment.read_bytes()
        for at in [0, 9, *range(100, len(whole), len(whole) // 12), len(whole) - 1]:
            with self.subTest(at):
                self.flip(segment, at)
                checked = run(desk, "check")
                self.assert_ended(checked, 4)
                self.assertIn(segment.name, checked.err)
                self.assertEqual(len(run(desk, "list", "--json").json["recordings"]), len(SEEDS))
                spotted = run(desk, "spot", self.episode)
                self.assertIn(spotted.code, (0, 4))
                if spotted.code == 4:
                    self.assert_one_line(spotted, segment.name)
                    self.assertIn("needledrop check", spotted.err)
                segment.write_bytes(whole)
        self.assert_whole(desk)

    def test_one_flipped_byte_in_the_manifest(self):
        desk = self.copy_of_desk()
        manifest = desk / "index" / "manifest"
        self.flip(manifest, manifest.stat().st_size // 2)
        for words in (["spot", self.episode], ["add", self.music], ["check"]):
            ended = run(desk, *words)
            self.assert_ended(ended, 4)
            self.assertIn("manifest", ended.err)
        self.assert_ended(run(desk, "list"), 0)
        self.flip(manifest, manifest.stat().st_size // 2)
        self.assert_whole(desk)

    def test_a_catalogue_that_is_none(self):
        desk = self.copy_of_desk()
        (desk / "catalogue.db").write_text("This is a letter, not a database.\n" * 100)
        ended = run(desk, "list")
        self.assert_ended(ended, 4)
        self.assert_one_line(ended, "catalogue.db")

    def test_a_lost_catalogue_does_not_empty_the_index(self):
        desk = self.copy_of_desk()
        kept = self.dir / "kept.db"
        os.replace(desk / "catalogue.db", kept)
        ended = run(desk, "add", self.music)
        self.assert_ended(ended, 4)
        self.assert_one_line(ended, "catalogue.db", "backup")
        os.replace(kept, desk / "catalogue.db")
        self.assert_whole(desk)

    def test_a_deleted_segment_is_mended_by_adding_again(self):
        desk = self.copy_of_desk()
        segment = next((desk / "index").glob("segment*"))
        segment.unlink()
        ended = run(desk, "check")
        self.assert_ended(ended, 4)
        self.assertIn(segment.name, ended.err)

    def test_a_lost_index_is_mended_by_adding_again(self):
        desk = self.copy_of_desk()
        shutil.rmtree(desk / "index")
        checked = run(desk, "check", "--json")
        self.assert_ended(checked, 4)
        self.assertEqual(checked.json["damage"][0]["sources"], [1, 2, 3, 4])
        self.assert_ended(run(desk, "add", self.music), 0)
        self.assert_whole(desk)
        self.assertEqual(len(run(desk, "spot", self.episode, "--json").json["spots"]), 2)


if __name__ == "__main__":
    unittest.main()
