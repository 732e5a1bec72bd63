"""sheet's steps, compare and clearance: from what the catalogue says to what is filed."""

import json
import subprocess
import unittest

import material
from program import SEEDS, Case, run, song

WORKS = """title,party,role,share,ipi,society,recording
눈물의 노래,김수현,composer,50,00014107338,KOMCA,Song 1
눈물의 노래,Tide Music,publisher,50,,KOMCA,Song 1
Second,Moon Sea,composer and author,100,00014107338,KOMCA,Song 2
"""


def rows_as_filed(csv, preparer):
    """The draft's lines as they are when the sheet is filed by somebody."""
    lines = csv.replace(",draft,1,", ",filed,1,").split("\r\n")
    day = lines[1].split(",")[-2]
    return "\r\n".join([lines[0]] + [line and ",".join(line.split(",")[:-3] + [preparer, day, ""]) for line in lines[1:]])


class Sheets(Case):
    def setUp(self):
        super().setUp()
        self.copy = self.copy_of_desk()
        self.assert_ended(self.do("spot", self.episode, "--scenes", "off"), 0)
        (self.dir / "works.csv").write_text(WORKS)

    def do(self, *words):
        return run(self.copy, *words)

    def state(self, *words):
        ended = self.do("sheet", "1", *words, "--json")
        self.assert_ended(ended, 0)
        return ended.json["sheet"]

    def faults(self, gravity):
        return [fault["message"] for fault in self.state("check")["faults"] if fault["gravity"] == gravity]

    def enter_works(self):
        self.assert_ended(self.do("import", self.dir / "works.csv"), 0)

    def test_a_sheet_has_its_writers_and_says_what_is_missing(self):
        self.assertIn("the work that 'Song 1' performs is not known", self.faults("error"))
        self.enter_works()
        self.assertEqual(self.faults("error"), [])
        self.assertIn("'Song 1' differs from the title under which the work is registered, '눈물의 노래'",
                      self.faults("warning"))
        sheet = json.loads(self.do("sheet", "1", "--format", "json").out)["sheet"]
        parties = sheet["cues"][0]["works"][0]["parties"]
        self.assertEqual([(party["name"], party["share"]) for party in parties],
                         [("김수현", "50.00"), ("Tide Music", "50.00")])
        lengths = sum(cue["length"] for cue in sheet["cues"])
        self.assertEqual(lengths, sheet["music_duration"])

    def test_what_was_filed_stays_and_a_revision_lists_its_changes(self):
        self.assert_one_line(self.do("sheet", "1", "file"), "can't become filed")
        self.assert_ended(self.do("sheet", "1", "approve", "--by", "Ada"), 0)
        self.assert_one_line(self.do("sheet", "1", "file"), "errors", "incomplete")
        self.enter_works()
        self.assert_one_line(self.do("sheet", "1", "file"), "changed since it was approved")
        self.assert_ended(self.do("sheet", "1", "approve"), 0)
        self.assertEqual(self.state("file", "--by", "Ada")["status"], "filed")
        filed = self.do("sheet", "1", "--format", "csv").out
        self.assert_ended(self.do("cues", "1", "set", "1", "--title", "눈물의 노래"), 0)
        self.assertTrue(self.state("check")["changed"])
        self.assertEqual(self.do("sheet", "1", "--format", "csv").out, filed)
        revised = self.state("revise", "--reason", "the title", "--incomplete", "a writer is missing")
        self.assertEqual((revised["status"], revised["revision"]), ("draft", 2))
        self.assertEqual(revised["incomplete"], "a writer is missing")
        self.assertEqual(revised["changes"], ["Incomplete: nothing is now a writer is missing",
                                              "1m01 '눈물의 노래': title: Song 1 is now 눈물의 노래"])
        steps = self.do("sheet", "1", "history", "--json").json["steps"]
        self.assertEqual([step["after"] for step in steps], ["approved", "approved", "filed", "revised"])
        self.assertEqual(self.do("sheet", "1", "--revision", "1", "--format", "csv").out,
                         filed.replace(",filed,1,", ",revised,1,"))

    def test_a_sheet_is_filed_for_the_society_for_which_it_was_approved(self):
        self.enter_works()
        for number in ("1", "2"):
            self.assert_ended(self.do("cues", "1", "set", number, "--function", "background", "--vocal", "vocal"), 0)
        rows = self.do("sheet", "1", "--format", "csv-wide", "--society", "us").out
        self.assertIn("김수현 (C) 100.00,Tide Music (E) 100.00", rows)
        self.assertIn(",us,split,", rows)
        self.assert_ended(self.do("sheet", "1", "approve", "--society", "us", "--preparer", "Ada"), 0)
        self.assert_one_line(self.do("sheet", "1", "file", "--society", "uk"), "approved for us")
        self.assert_ended(self.do("sheet", "1", "file", "--preparer", "Ada"), 0)
        filed = self.do("sheet", "1", "--format", "csv-wide").out
        self.assertIn(",BV,", filed)
        self.assertEqual(filed, rows_as_filed(rows, "Ada"))
        self.assertEqual(self.do("sheet", "1", "--format", "csv-wide", "--society", "us").out, filed)
        refused = self.do("sheet", "1", "--society", "uk")
        self.assertEqual(refused.code, 2)
        self.assert_one_line(refused, "filed for us")
        self.assert_ended(self.do("sheet", "1", "revise", "--society", "uk"), 0)
        self.assertIn(",uk,whole,", self.do("sheet", "1", "--format", "csv-wide").out)
        self.assertIn("Society: United States", self.state("check")["changes"][0])

    def test_a_sheet_rolls_up_and_a_season_sums_up_its_episodes(self):
        sound = material.noise(98, 30, 0.05)
        sound.add(song(SEEDS[0]), at=8, start=4, length=10)
        wav = self.dir / "second.wav"
        sound.write(wav)
        second = self.dir / "Drama S01E03.m4a"
        material.encode(wav, second, codec=("-c:a", "aac", "-b:a", "128k"))
        self.assert_ended(self.do("spot", second, "--scenes", "off"), 0)
        self.enter_works()
        sheet = self.do("sheet", "1", "--json").json["sheet"]
        rolled = self.do("sheet", "1", "--rolled-up", "--format", "json").json["rolled_sheet"]
        self.assertEqual(rolled["music_duration"], sheet["music_duration"])
        self.assertEqual(sum(use["length"] for use in rolled["uses"]), sheet["music_duration"])
        self.assertEqual(rolled["use_count"], len(sheet["cues"]))
        for form in ("csv", "csv-wide", "xlsx", "pdf"):
            path = self.dir / f"rolled.{form}"
            self.assert_ended(self.do("sheet", "1", "--rolled-up", "--format", form, "-o", path), 0)
            self.assertGreater(path.stat().st_size, 100)
        self.assert_one_line(self.do("sheet", "1", "--rolled-up", "--format", "edl"), "--rolled-up")
        season = self.do("sheet", "Drama/S01", "--json").json["rolled_sheet"]
        other = self.do("sheet", "Drama/S01E03", "--json").json["sheet"]
        self.assertEqual(season["music_duration"], sheet["music_duration"] + other["music_duration"])
        self.assertEqual([(use["title"], use["uses"], use["episodes"]) for use in season["uses"]],
                         [("Song 1", 2, ["S01E02", "S01E03"]), ("Song 2", 1, ["S01E02"])])
        self.assertIn("2 songs, 3 uses, 2 episodes", self.do("sheet", "Drama/S01").out)
        ended = self.do("sheet", "Drama/S07")
        self.assertEqual(ended.code, 1)
        self.assert_one_line(ended, "no episode of season 7")

    def test_a_filed_sheet_is_compared_with_what_is_heard(self):
        own = self.dir / "own.csv"
        self.assert_ended(self.do("sheet", "1", "-o", own, "--format", "csv-wide"), 0)
        uses = self.do("compare", own, "1", "--json").json["uses"]
        self.assertEqual([use["result"] for use in uses], ["agrees", "agrees"])
        filed = self.dir / "filed.csv"
        filed.write_text("Titel,Beginn,Ende\nSong 1,0:05,0:10\nAnother,0:42,0:44\n", encoding="utf-8")
        ended = self.do("compare", filed, "1", "--map", "title=Titel,in=Beginn,out=Ende")
        self.assert_ended(ended, 0)
        self.assertIn("times differ: 1, missing: 1, not heard: 1", ended.out)
        pdf = self.dir / "report.pdf"
        self.assert_ended(self.do("compare", filed, "1", "--map", "title=Titel,in=Beginn,out=Ende", "-o", pdf), 0)
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
        for words in ("A FILED CUE SHEET AND WHAT IS HEARD", "filed.csv", "not heard", "Another", "missing", "Song 2"):
            self.assertIn(words, text)
        self.assert_one_line(self.do("compare", filed, "1", "-o", self.dir / "report.doc"), "--format")
        report = self.dir / "report.xlsx"
        self.assert_ended(self.do("compare", filed, "1", "--map", "title=Titel,in=Beginn,out=Ende", "-o", report), 0)
        self.assertTrue(report.read_bytes().startswith(b"PK"))

    def test_clearance_lists_what_must_be_bought(self):
        self.enter_works()
        self.assert_ended(self.do("cues", "1", "accept", "all"), 0)
        needed = self.do("clearance", "Drama", "--json").json["needed"]
        self.assertEqual(sorted((right["kind"], right["clearance"]) for right in needed),
                         [("master", "no licence")] * 2 + [("sync", "no licence")] * 2)
        added = self.do("clearance", "Drama", "add", "master", "Song 1", "--seconds", "3", "--reference", "C-117")
        self.assert_ended(added, 0)
        self.assertIn("C-117", added.out)
        self.assert_ended(self.do("clearance", "Drama", "add", "sync", "눈물의 노래"), 0)
        kinds = {(right["kind"], right["of"]["id"]): right["clearance"]
                 for right in self.do("clearance", "Drama", "--json").json["needed"]}
        self.assertEqual(kinds[("master", 1)], "over the limit")
        self.assertIn("it is not cleared: over the limit", self.faults("warning"))
        refused = self.do("clearance", "Drama", "add", "sync", "Second", "--from", "2024-02-30")
        self.assert_one_line(refused, "2024-02-30")


if __name__ == "__main__":
    unittest.main()
