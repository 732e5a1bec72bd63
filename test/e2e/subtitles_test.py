"""spot with subtitles: files, sidecars, streams, broken ones, and those that lie beside the sound."""

import contextlib
import math
import random
import sqlite3
import struct
import unittest

import material
from program import Case, run

LINES = ((1.0, 3.0, "어디 가?"), (6.0, 9.0, "♪ 너를 사랑해 ♪"), (12.0, 14.0, "비가 온다"), (20.0, 22.0, "끝났어"),
         (40.0, 43.0, "<i>나중에</i>"))


def clock(seconds, point=","):
    return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{int(seconds) % 60:02}{point}{round(seconds % 1 * 1000):03}"


def srt(lines=LINES):
    return "".join(f"{n}\n{clock(a)} --> {clock(b)}\n{text}\n\n" for n, (a, b, text) in enumerate(lines, 1))


def vtt(lines=LINES):
    return "WEBVTT\n\n" + "".join(f"{clock(a, '.')} --> {clock(b, '.')}\n{text}\n\n" for a, b, text in lines)


def ass(lines=LINES):
    head = "[Script Info]\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    stamp = lambda t: clock(t, ".")[1:-1]
    return head + "".join(f"Dialogue: 0,{stamp(a)},{stamp(b)},Default,,0,0,0,,{{\\an8}}{text.replace('<i>', '').replace('</i>', '')}\n"
                          for a, b, text in lines)


def ttml(lines=LINES):
    body = "".join(f"<p begin='{a}s' end='{b}s'>{text.replace('<i>', '').replace('</i>', '')}</p>" for a, b, text in lines)
    return f"<?xml version='1.0'?>\n<tt xmlns='http://www.w3.org/ns/ttml' xml:lang='ko'><body><div>{body}</div></body></tt>"


def smi(lines=LINES):
    style = "<STYLE><!-- .KRCC {Name: 한국어; lang: ko-KR;} .ENCC {Name: English; lang: en-US;} --></STYLE>"
    body = "".join(f"<SYNC Start={round(a * 1000)}><P Class=KRCC>{text}<P Class=ENCC>line\r\n"
                   f"<SYNC Start={round(b * 1000)}><P Class=KRCC>&nbsp;<P Class=ENCC>&nbsp;\r\n" for a, b, text in lines)
    return f"<SAMI><HEAD>{style}</HEAD><BODY>\r\n{body}</BODY></SAMI>"


def pgs():
    """A stream of pictures of subtitles that shows nothing."""
    picture = b"\x07\x80\x04\x38\x10\x00\x00\x80\x00\x00\x00"
    parts = ((0x16, picture), (0x80, b""))
    return b"".join(b"PG" + struct.pack(">IIBH", 90000 * n, 0, kind, len(content)) + content
                    for n in (1, 2) for kind, content in parts)


def conversation(seed, seconds):
    """(sound, lines): a voice that comes and goes by the syllable, over a quiet bed, and when it does."""
    dice = random.Random(seed)
    sound, lines, now = material.noise(seed, seconds, 0.01), [], 2.0
    while now < seconds - 5:
        length = dice.uniform(1.2, 3.5)
        lines.append((now, now + length, f"line {len(lines)}"))
        at, end, pitch = now, now + length, dice.uniform(110, 220)
        while at < end:
            syllable = dice.uniform(0.1, 0.25)
            first, count = int(at * material.RATE), int(min(syllable, end - at) * material.RATE)
            for i in range(count):
                t = i / material.RATE
                envelope = math.sin(math.pi * i / count)
                value = 0.25 * envelope * sum(math.sin(2 * math.pi * pitch * k * (1 + 0.1 * t) * t) / k for k in (1, 2, 3, 4))
                sound.left[first + i] += value
                sound.right[first + i] += value
            at += syllable + dice.uniform(0.02, 0.08)
        now = end + dice.uniform(0.4, 4)
    return sound, lines


class Subtitles(Case):
    """Songs 1 and 2 lie at 5 to 15 and at 25 to 37 s of the episode."""

    def file(self, name, text, encoding="utf-8"):
        path = self.dir / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    def spotted(self, episode, *options, code=0):
        ended = run(self.copy_of_desk() if not (self.dir / "desk").exists() else self.dir / "desk",
                    "spot", episode, *options, "--json")
        self.assert_ended(ended, code)
        return ended.json

    def assert_read(self, document, language, format_name):
        self.assertEqual(document["subtitles"]["language"], language)
        self.assertEqual(document["subtitles"]["format"], format_name)
        self.assertEqual(document["subtitles"]["lines"], 5)
        first, second = document["spots"]
        self.assertEqual([line["text"] for line in first["dialogue"]["during"]], ["비가 온다"])
        self.assertEqual(first["dialogue"]["before"]["text"], "어디 가?")
        self.assertEqual(first["dialogue"]["after"]["text"], "끝났어")
        self.assertAlmostEqual(first["dialogue"]["share"], 0.2, delta=0.03)
        self.assertEqual([mark["text"] for mark in first["music_marks"]], ["♪ 너를 사랑해 ♪"])
        self.assertAlmostEqual(first["music_marks"][0]["start"], 6, delta=0.1)  # AAC's priming may be heard
        self.assertEqual((second["dialogue"]["during"], second["music_marks"]), ([], []))
        self.assertEqual(second["dialogue"]["share"], 0)

    def episode_with(self, name, *options):
        path = self.dir / name
        material.ffmpeg("-i", self.episode, *options, path)
        return path

    def test_every_format_and_encoding_of_a_file(self):
        utf16 = "utf-16"
        for name, text, encoding, language, format_name in (
                ("a.ko.srt", srt(), "utf-8-sig", "ko", "SRT"), ("b.srt", srt().replace("\n", "\r\n"), utf16, None, "SRT"),
                ("c.ass", ass(), "utf-8", None, "ASS"), ("d.vtt", vtt(), "utf-8", None, "WebVTT"),
                ("e.smi", smi().replace("♪", "♬"), "cp949", "ko", "SAMI"), ("f.xml", ttml(), "utf-8", "ko", "TTML")):
            with self.subTest(name):
                path = self.file(name, text, encoding)
                document = self.spotted(self.episode, "--subtitles", path)
                self.assertEqual(document["subtitles"]["path"], str(path))
                if name == "e.smi":
                    document["spots"][0]["music_marks"][0]["text"] = document["spots"][0]["music_marks"][0]["text"].replace("♬", "♪")
                self.assert_read(document, language, format_name)
                self.assertEqual(document["warnings"], [])

    def test_streams_are_read_and_pictures_of_text_are_named(self):
        subtitles, pictures = self.file("x.srt", srt()), self.file("x.sup", pgs())
        mkv = self.episode_with("e.mkv", "-i", pictures, "-i", subtitles, "-map", "0:a", "-map", "1", "-map", "2", "-c", "copy",
                                "-metadata:s:s:1", "language=kor")
        document = self.spotted(mkv)
        self.assert_read(document, "ko", "subrip")
        self.assertEqual((document["subtitles"]["path"], document["subtitles"]["stream"]), (None, 2))
        self.assertEqual(len(document["warnings"]), 1)
        self.assertIn("hdmv_pgs_subtitle", document["warnings"][0])
        other = self.file("y.ass", ass())
        self.dir.joinpath("desk").rename(self.dir / "first")
        self.assert_read(self.spotted(self.episode_with("f.mkv", "-i", other, "-c", "copy")), None, "ass")
        self.dir.joinpath("desk").rename(self.dir / "second")
        mp4 = self.episode_with("g.mp4", "-i", subtitles, "-c:a", "copy", "-c:s", "mov_text", "-metadata:s:s:0", "language=kor")
        self.assert_read(self.spotted(mp4), "ko", "mov_text")

    def test_a_file_beside_the_episode_is_taken_kept_and_replaced(self):
        episode = self.episode_with("Drama S01E05.m4a", "-c", "copy")
        beside = self.file("Drama S01E05.smi", smi().replace("♪", "♬"), "cp949")
        self.assertEqual(self.spotted(episode)["subtitles"]["name"], "한국어")
        beside.unlink()
        desk = self.dir / "desk"
        shown = run(desk, "spot", episode)
        self.assertIn("subtitles: Drama S01E05.smi (SAMI, ko), 5 lines", shown.out)
        self.assertIn("subtitles: ♬ 너를 사랑해 ♬", shown.out)
        first_cue = run(desk, "cues", episode).out.splitlines()[2:5]
        self.assertIn("Song 1", first_cue[0])
        self.assertEqual([line.strip() for line in first_cue[1:]], ['"비가 온다"', "subtitles: ♬ 너를 사랑해 ♬"])
        cue = run(desk, "cues", episode, "--json").json["cues"][0]
        self.assertEqual(cue["dialogue"]["during"][0]["text"], "비가 온다")
        shifted = self.spotted(episode, "--subtitles-shift", "-1.5")
        self.assertEqual(shifted["subtitles"]["shift"], -1.5)
        self.assertEqual(shifted["spots"][0]["dialogue"]["during"][0]["start"], 10.5)
        named = self.spotted(episode, "--subtitles", self.file("other.ko.srt", srt([(7, 8, "다른 말")])))
        self.assertEqual(named["spots"][0]["dialogue"]["during"][0]["text"], "다른 말")
        self.assertEqual(self.spotted(episode)["subtitles"]["path"], named["subtitles"]["path"])
        self.assert_ended(run(desk, "remove", "Song 2"), 0)
        stale = run(desk, "spot", "--stale", "--json").json
        self.assertEqual(stale[0]["spots"][0]["dialogue"]["during"][0]["text"], "다른 말")
        self.assertIsNone(self.spotted(episode, "--subtitles", "none")["subtitles"])
        self.assertIsNone(self.spotted(episode)["spots"][0]["dialogue"])

    def test_subtitles_that_cannot_be_stored_cost_a_warning_and_not_the_run(self):
        desk = self.copy_of_desk()
        with contextlib.closing(sqlite3.connect(desk / "catalogue.db")) as catalogue, catalogue:
            catalogue.execute("CREATE TRIGGER full BEFORE INSERT ON dialogue BEGIN SELECT RAISE(FAIL, 'no room'); END")
        ended = run(desk, "spot", self.episode, "--subtitles", self.file("a.ko.srt", srt()))
        self.assert_ended(ended, 0)
        self.assert_one_line(ended, "its subtitles were not stored", "no room")
        self.assertEqual(len(run(desk, "cues", self.episode, "--json").json["cues"]), 2)

    def test_one_of_several_languages(self):
        path = self.file("x.smi", smi().replace("♪", "♬"), "cp949")
        english = self.spotted(self.episode, "--subtitles", path, "--subtitles-language", "eng")
        self.assertEqual(english["spots"][0]["dialogue"]["during"][0]["text"], "line")
        missing = self.spotted(self.episode, "--subtitles", path, "--subtitles-language", "fr")
        self.assertIsNone(missing["subtitles"])
        self.assertIn("has no subtitles in fr; there are: ko, en", missing["warnings"][0])

    def test_broken_times_are_told_with_their_line_and_the_rest_is_read(self):
        text = srt() + "6\n00:00:4x,000 --> 00:00:45,000\n잃은 말\n\n7\n00:00:44,000 --> 00:00:43,500\n거꾸로\n\n" \
                       "8\n00:00:44,100 --> 00:00:44,900\n겹친 말\n"
        ended = run(self.copy_of_desk(), "spot", self.episode, "--subtitles", self.file("x.srt", text))
        self.assert_ended(ended, 0)
        self.assertIn("7 lines", ended.out)
        self.assertIn("x.srt: line 22: the times can't be read", ended.err)
        self.assertIn("x.srt: line 26: ends before it starts", ended.err)

    def test_unreadable_subtitles_cost_no_spots(self):
        for name, content, word in (("x.srt", b"", "empty"), ("y.srt", b"\0\1\2 no times", "no subtitles"),
                                    ("z.idx", b"# VobSub index file, v7\n", "pictures of subtitles"),
                                    ("d.ttml", b"<!DOCTYPE tt [<!ENTITY a 'b'>]><tt ></tt>", "document type"),
                                    ("gone.srt", None, "no such file")):
            with self.subTest(name):
                path = self.dir / name if content is None else self.file(name, content)
                ended = run(self.copy_of_desk() if not (self.dir / "desk").exists() else self.dir / "desk",
                            "spot", self.episode, "--subtitles", path, "--json")
                self.assert_ended(ended, 3)
                self.assert_one_line(ended, path, word)
                self.assertEqual(len(ended.json["spots"]), 2)
                self.assertIn(word, ended.json["unread_subtitles"]["error"])
                self.assertIsNone(ended.json["spots"][0]["dialogue"])

    def test_subtitles_beside_the_sound_are_noticed_and_the_shift_offered_lays_them_right(self):
        sound, lines = conversation(7, 300)
        sound.write(self.dir / "talk.wav")
        late = self.file("late.srt", srt([(a + 2.4, b + 2.4, text) for a, b, text in lines]))
        document = self.spotted(self.dir / "talk.wav", "--subtitles", late)
        self.assertAlmostEqual(document["subtitle_shift"], -2.4, delta=0.2)
        self.assertIn("s late: add --subtitles-shift -2.", document["warnings"][0])
        right = self.spotted(self.dir / "talk.wav", "--subtitles-shift", str(document["subtitle_shift"]))
        self.assertIsNone(right["subtitle_shift"])
        self.assertEqual(right["warnings"], [])
        _, others = conversation(8, 300)
        foreign = self.spotted(self.dir / "talk.wav", "--subtitles", self.file("other.srt", srt(others)))
        self.assertEqual((foreign["subtitle_shift"], foreign["warnings"]), (None, []))


if __name__ == "__main__":
    unittest.main()
