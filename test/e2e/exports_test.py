"""Every format of sheet, written by the program and read by somebody else's.

LibreOffice and openpyxl read the workbook, pdftotext the PDF, mkvmerge the chapters, ffmpeg the metadata and
the subtitles, xmllint the XML. Editing systems' formats are compared with where the music was planted.
"""

import csv
import json
import os
import pty
import re
import subprocess
import unittest

import openpyxl

import material
from program import SEEDS, Case, command, run

TITLES = ("눈물의 여왕", "=1+1", "夜の雨")
ARTIST = "김수현"
PLANTED = ((5, 15), (25, 37))  # of songs 1 and 2, in seconds
EPISODE = "눈물의 여왕/S01E12"
RATE = 30000 / 1001
# What FCPXML 1.10's own definition says of the elements that are written here.
FCPXML_GRAMMAR = """
<!ELEMENT fcpxml (resources?, event*)> <!ATTLIST fcpxml version CDATA #FIXED "1.10">
<!ELEMENT resources (asset | format)*>
<!ELEMENT format EMPTY> <!ATTLIST format id ID #REQUIRED frameDuration CDATA #IMPLIED>
<!ELEMENT asset (media-rep+)>
<!ATTLIST asset id ID #REQUIRED name CDATA #IMPLIED start CDATA #IMPLIED duration CDATA #IMPLIED
  hasVideo CDATA #IMPLIED hasAudio CDATA #IMPLIED format IDREF #IMPLIED>
<!ELEMENT media-rep EMPTY> <!ATTLIST media-rep kind (original-media | proxy-media) "original-media" src CDATA #REQUIRED>
<!ELEMENT event (asset-clip | project)*> <!ATTLIST event name CDATA #IMPLIED>
<!ELEMENT project (sequence)> <!ATTLIST project name CDATA #IMPLIED>
<!ELEMENT sequence (spine)>
<!ATTLIST sequence format IDREF #REQUIRED duration CDATA #IMPLIED tcStart CDATA #IMPLIED tcFormat (DF | NDF) #IMPLIED>
<!ELEMENT spine (asset-clip)*>
<!ELEMENT asset-clip (marker | keyword)*>
<!ATTLIST asset-clip ref IDREF #REQUIRED offset CDATA #IMPLIED name CDATA #IMPLIED start CDATA #IMPLIED
  duration CDATA #IMPLIED format IDREF #IMPLIED tcFormat (DF | NDF) #IMPLIED>
<!ELEMENT marker EMPTY>
<!ATTLIST marker start CDATA #REQUIRED duration CDATA #IMPLIED value CDATA #REQUIRED note CDATA #IMPLIED>
<!ELEMENT keyword EMPTY>
<!ATTLIST keyword start CDATA #IMPLIED duration CDATA #IMPLIED value CDATA #REQUIRED note CDATA #IMPLIED>
"""


def out_of(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, timeout=300, **options)
    if done.returncode != 0:
        raise AssertionError(f"{words[0]} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def ffmpeg(*words):
    return out_of("ffmpeg", "-y", "-nostdin", "-v", "error", *words)


def clock(text):
    """Seconds of "1:02:03.5"."""
    seconds = 0.0
    for part in text.split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


class Exports(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.named = cls.home / "named"
        cls.named.mkdir()
        for number, title in enumerate(TITLES):
            tags = {"title": title, "artist": ARTIST, "album": "OST"}
            material.encode(cls.home / f"{SEEDS[number]}.wav", cls.named / f"{number}.flac", tags)
        cls.film = cls.home / "Master S01E12.mov"
        ffmpeg("-f", "lavfi", "-i", "testsrc2=s=160x90:r=30000/1001", "-i", cls.home / "episode.wav", "-shortest",
               "-c:v", "libx264", "-preset", "ultrafast", "-timecode", "10:00:00;00", "-c:a", "aac", cls.film)
        cls.desk = cls.home / "named-desk"
        for words in (("add", cls.named),
                      ("spot", cls.film, "--scenes", "fast", "--production", "눈물의 여왕", "--episode", "S01E12")):
            ended = run(cls.desk, *words)
            if ended.code != 0:
                raise AssertionError(ended.err)

    def sheet(self, form, *options):
        """The file that the program writes in a format."""
        path = self.dir / f"sheet.{form}"
        self.assert_ended(run(self.desk, "sheet", EPISODE, "--format", form, "-o", path, *options), 0)
        return path

    def rows(self, form="csv-wide"):
        with open(self.sheet(form), encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def test_csv_comes_with_and_without_a_mark(self):
        for option, has_mark in (("--bom", True), ("--no-bom", False)):
            self.assertEqual(self.sheet("csv", option).read_bytes().startswith(b"\xef\xbb\xbf"), has_mark)
        titles = [row["title"] for row in self.rows()]
        self.assertEqual(titles, ["눈물의 여왕", "'=1+1"])

    def test_reported_durations_add_up_to_the_total(self):
        for form in ("csv", "csv-wide"):
            rows = self.rows(form)
            total = sum(float(row["reported_duration_seconds"]) for row in rows)
            self.assertAlmostEqual(total, float(rows[0]["music_duration_seconds"]))

    def test_openpyxl_reads_the_workbook(self):
        book = openpyxl.load_workbook(self.sheet("xlsx"))
        self.assertEqual(book.sheetnames, ["Cue sheet", "Parties"])
        rows = list(book["Cue sheet"].values)
        heading = next(i for i, row in enumerate(rows) if row[0] == "No.")
        cues, total = rows[heading + 1 : -1], rows[-1]
        self.assertEqual([row[3] for row in cues], ["눈물의 여왕", "=1+1"])
        self.assertEqual([row[5] for row in cues], [ARTIST, ARTIST])
        cell = next(cell for cell in book["Cue sheet"]["D"] if cell.value == "=1+1")
        self.assertEqual(cell.data_type, "s", "a formula has become one")
        durations = [row[9].total_seconds() for row in cues]
        self.assertAlmostEqual(sum(durations), total[9].total_seconds(), places=3)

    def test_libreoffice_reads_the_workbook(self):
        path = self.sheet("xlsx")
        out_of("soffice", f"-env:UserInstallation=file://{self.dir}/office", "--headless", "--convert-to",
               "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", self.dir / "office-out", path)
        with open(self.dir / "office-out" / "sheet.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        cues = rows[next(i for i, row in enumerate(rows) if row[0] == "No.") + 1 :]
        self.assertEqual([row[3] for row in cues], ["눈물의 여왕", "=1+1", "Total"])
        self.assertEqual(sum(clock(row[9]) for row in cues[:-1]), clock(cues[-1][9]))

    def test_pdftotext_reads_the_pdf(self):
        text = out_of("pdftotext", "-layout", self.sheet("pdf", "--paper", "letter"), "-")
        for words in ("눈물의 여왕", ARTIST, "=1+1", "S01E12", "DRAFT", "Page 1 of 1", "Total music"):
            self.assertIn(words, text)
        lengths = [clock(length) for length in re.findall(r"\s\d+:\d\d\s+\d+:\d\d\s+(\d+:\d\d)", text)]
        self.assertEqual(len(lengths), 2)
        self.assertEqual(sum(lengths), clock(re.search(r"Total music (\S+)", text)[1]))

    def test_what_was_written_is_compared_and_agrees(self):
        for form in ("csv", "csv-wide", "xlsx", "edl"):
            compared = run(self.desk, "compare", self.sheet(form), EPISODE, "--json")
            self.assert_ended(compared, 0)
            self.assertEqual([use["result"] for use in compared.json["uses"]], ["agrees"] * 2, form)

    def test_mkvmerge_takes_the_chapters(self):
        film = self.dir / "film.mkv"
        out_of("mkvmerge", "-o", film, "--chapters", self.sheet("chapters"), self.film)
        xml = out_of("mkvextract", film, "chapters")
        self.assertEqual(xml.count("<EditionEntry>"), 2)
        self.assertIn("<ChapterString>눈물의 여왕 - 김수현</ChapterString>", xml)
        self.assertIn("<ChapterString>=1+1 - 김수현</ChapterString>", xml)

    def test_ffmpeg_takes_the_metadata_and_the_cues(self):
        film = self.dir / "film.mkv"
        ffmpeg("-i", self.film, "-i", self.sheet("ffmetadata"), "-map", "0:v", "-map", "0:a", "-map_metadata", "1",
               "-map_chapters", "1", "-c", "copy", film)
        found = json.loads(out_of("ffprobe", "-v", "error", "-show_chapters", "-show_format", "-of", "json", film))
        self.assertEqual([c["tags"]["title"] for c in found["chapters"]], ["눈물의 여왕 - 김수현", "=1+1 - 김수현"])
        for chapter, row in zip(found["chapters"], self.rows()):
            self.assertAlmostEqual(float(chapter["start_time"]), float(row["in_seconds"]), delta=0.001)
            self.assertAlmostEqual(float(chapter["end_time"]), float(row["out_seconds"]), delta=0.001)
        tags = {name.lower(): value for name, value in found["format"]["tags"].items()}
        self.assertEqual(tags["show"], "눈물의 여왕")
        cues = self.sheet("vtt")
        packets = json.loads(out_of("ffprobe", "-v", "error", "-f", "webvtt", "-show_packets", "-of", "json", cues))["packets"]
        for packet, row in zip(packets, self.rows(), strict=True):
            self.assertAlmostEqual(float(packet["pts_time"]), float(row["in_seconds"]), delta=0.001)
        payloads = [json.loads(line) for line in cues.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
        self.assertEqual([payload["title"] for payload in payloads], ["눈물의 여왕", "=1+1"])

    def markers(self):
        """Markers of the OTIO document in frames from the file's first."""
        document = json.loads(self.sheet("otio").read_text(encoding="utf-8"))
        clip = document["tracks"]["children"][0]["children"][0]
        first = clip["source_range"]["start_time"]["value"]
        self.assertEqual(document["global_start_time"]["rate"], RATE)
        self.assertEqual(first, 1078920)  # 10:00:00;00
        for marker in clip["markers"]:
            start, length = (marker["marked_range"][key]["value"] for key in ("start_time", "duration"))
            yield start - first, start - first + length

    def test_otio_markers_fall_on_the_planted_frames(self):
        rows, markers = self.rows(), list(self.markers())
        self.assertEqual(len(markers), len(PLANTED))
        for row, marker, planted in zip(rows, markers, PLANTED):
            for side, seconds in zip((0, 1), (row["in_seconds"], row["out_seconds"])):
                self.assertEqual(marker[side], round(float(seconds) * RATE))
                self.assertAlmostEqual(marker[side] / RATE, planted[side], delta=0.25)

    def test_every_editing_format_says_the_same_timecode(self):
        firsts = [start for start, _ in self.markers()]
        edl = self.sheet("edl").read_text(encoding="ascii")
        self.assertIn("FCM: DROP FRAME\n", edl)
        found = re.findall(r"^\d{3}  \S+ +A +C +10:00:(\d\d);(\d\d) ", edl, re.M)
        self.assertEqual([int(s) * 30 + int(f) for s, f in found], firsts)  # nothing is dropped in the first minute
        located = re.findall(r"^\* LOC: 10:00:(\d\d):(\d\d) \S+ +1m0\d|^\* LOC: 10:00:(\d\d):(\d\d) ", edl, re.M)
        self.assertEqual(len(located), len(firsts))
        avid = [line.split("\t") for line in self.sheet("avid").read_text(encoding="utf-8").splitlines()]
        self.assertEqual([line[1] for line in avid], [f"10:00:{s};{f}" for s, f in found])
        xml = self.sheet("fcpxml")
        starts = [int(n) for n in re.findall(r'<marker start="(\d+)/30000s"', xml.read_text(encoding="utf-8"))]
        self.assertEqual([n / 1001 - 1078920 for n in starts], firsts)

    def test_fcpxml_keeps_to_its_grammar(self):
        grammar = self.dir / "fcpxml.dtd"
        grammar.write_text(FCPXML_GRAMMAR)
        out_of("xmllint", "--noout", "--nonet", "--dtdvalid", grammar, self.sheet("fcpxml"))

    def test_another_start_and_rate_may_be_said(self):
        edl = self.sheet("edl", "--frame-rate", "25", "--start-timecode", "01:00:00:00").read_text()
        self.assertIn("FCM: NON-DROP FRAME\n* FRAME RATE: 25\n", edl)
        self.assertRegex(edl, r"A     C        01:00:0[45]:")
        ended = run(self.desk, "sheet", EPISODE, "--format", "edl", "--frame-rate", "25")
        self.assert_ended(ended, 2)
        self.assert_one_line(ended, "no drop-frame timecode at 25 frames")

    def test_without_a_picture_the_frame_rate_is_asked_for(self):
        desk = self.dir / "desk"
        self.assert_ended(run(desk, "add", self.named), 0)
        self.assert_ended(run(desk, "spot", self.episode), 0)
        ended = run(desk, "sheet", "1", "--format", "otio")
        self.assert_ended(ended, 2)
        self.assert_one_line(ended, "pass --frame-rate")
        self.assert_ended(run(desk, "sheet", "1", "--format", "otio", "--frame-rate", "24"), 0)

    def test_audacity_labels_and_cue_records_are_lines_of_cells(self):
        labels = [line.split("\t") for line in self.sheet("audacity").read_text(encoding="utf-8").splitlines()]
        self.assertEqual([float(label[0]) for label in labels], [float(row["in_seconds"]) for row in self.rows()])
        records = [line.split("\t") for line in self.sheet("ddex").read_text(encoding="utf-8").splitlines()]
        self.assertEqual({len(record) for record in records}, {8})
        self.assertEqual([record[7] for record in records], ["눈물의 여왕", "=1+1"])

    def test_the_same_sheet_is_the_same_bytes(self):
        for form in ("csv", "xlsx", "pdf", "otio", "fcpxml", "chapters"):
            self.assertEqual(self.sheet(form).read_bytes(), self.sheet(form).read_bytes(), form)

    def test_a_terminal_gets_no_binary(self):
        keeper, terminal = pty.openpty()
        try:
            done = subprocess.run(command(self.desk, "sheet", EPISODE, "--format", "pdf"), stdin=subprocess.DEVNULL,
                                  stdout=terminal, stderr=subprocess.PIPE, check=False, timeout=100)
        finally:
            os.close(terminal)
            os.close(keeper)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"say where to write it with -o FILE", done.stderr)
        piped = subprocess.run(command(self.desk, "sheet", EPISODE, "--format", "pdf"), stdin=subprocess.DEVNULL,
                               capture_output=True, check=True, timeout=100)
        self.assertTrue(piped.stdout.startswith(b"%PDF-"))


if __name__ == "__main__":
    unittest.main()
