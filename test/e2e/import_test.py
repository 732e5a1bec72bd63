"""Import and edit: files of works, people, episodes and broadcasts into the catalogue, and back out again."""

import json
import pathlib
import random
import re
import resource
import sqlite3
import time
import unittest

from program import Case, run, start

DOCUMENT = pathlib.Path(__file__).resolve().parents[2] / "docs" / "import.md"
# What an import may leave when it is undone: who said something once, and that there was an edit.
KEPT = ("provenance", "edit", "sqlite_sequence")


def dump(desk):
    """All rows of the catalogue's tables but those of KEPT and what is derived."""
    with sqlite3.connect(desk / "catalogue.db") as catalogue:
        names = [row[0] for row in catalogue.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        return {name: catalogue.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
                for name in names if name not in KEPT and not name.startswith("name_")}


def works_csv(count):
    lines = ["title,iswc,party,role,share,society"]
    for number in range(count):
        digits = f"{number + 1:09}"
        check = -(1 + sum((i + 1) * int(d) for i, d in enumerate(digits))) % 10
        code = f"T{digits}{check}"
        lines.append(f"Song {number},{code},Writer {number % 700},composer,50,KOMCA")
        lines.append(f"Song {number},{code},House {number % 90},publisher,50,KOMCA")
    return "\n".join(lines) + "\n"


class Import(Case):
    def setUp(self):
        super().setUp()
        self.own = self.copy_of_desk()

    def file(self, name, content):
        path = self.dir / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def imports(self, name, content, *options, code=0):
        ended = run(self.own, "import", self.file(name, content), "--by", "Ada", *options)
        self.assert_ended(ended, code)
        return ended

    def test_the_examples_of_the_documentation(self):
        examples = re.findall(r"```(?:csv|json) (\S+)\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)
        self.assertEqual([name for name, _ in examples],
                         ["works.csv", "people.csv", "episodes.csv", "broadcasts.csv", "catalogue.json"])
        for name, content in examples:
            with self.subTest(name):
                ended = self.imports(name, content)
                self.assertIn("undo with: needledrop edit --undo", ended.out)
                self.assertIn("nothing new", self.imports(name, content).out)

    def test_text_of_whatever_encoding_and_line_ends(self):
        table = "title,party,role,share\r\n눈물의 여왕,김수현,composer,50\n눈물의 여왕,이하나,author,50\r"
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp949"):
            with self.subTest(encoding):
                self.own = self.dir / encoding
                ended = self.imports("works.csv", table.encode(encoding), "--json")
                self.assertEqual(ended.json["errors"], [])
                facts = run(self.own, "edit", "work", "눈물의 여왕", "facts", "--json")
                self.assert_ended(facts, 0)
                self.assertEqual([s["party"] for s in facts.json["statements"]], ["김수현", "이하나"])

    def test_everything_that_is_wrong_is_told_and_nothing_is_done(self):
        before = dump(self.own)
        ended = self.imports("works.csv", "title,party,role,share\n"
                                          "A,X,composer,50\nA,Y,author,50.01\n"
                                          "B,X,bard,10\nC,X,composer,lots\nD,X,composer,100.01\n", code=1)
        lines = ended.err.splitlines()
        for place in ("line 3, column 4", "line 4, column 3", "line 5, column 4", "line 6, column 4"):
            self.assertEqual(sum(place in line for line in lines), 1, ended.err)
        self.assertIn("4 errors", ended.out)
        self.assertEqual(dump(self.own), before)
        self.assertEqual(len(run(self.own, "edit", "--history", "--json").json["edits"]), 1)

    def test_a_gigabyte_of_one_line(self):
        path = self.dir / "endless.csv"
        with open(path, "wb") as file:
            file.write(b"title,party\n")
            file.write(b"x" * 100_000)
            file.truncate(1 << 30)
        began = time.monotonic()
        ended = run(self.own, "import", path)
        self.assertLess(time.monotonic() - began, 20)
        self.assertNotEqual(ended.code, 0)
        self.assert_one_line(ended, "endless.csv", "line 2, column 1", "64 KiB")

    def test_one_isrc_on_two_sounds(self):
        self.imports("a.csv", "title,recording,isrc\nOne,Song 1,KRA381001057\n")
        ended = self.imports("b.csv", "title,recording,isrc\nTwo,Song 2,KR-A38-10-01057\n", code=1)
        self.assert_one_line(ended, "line 2, column 3", "1 Song 1", "2 Song 2")

    def test_what_a_person_decided_holds_against_files(self):
        self.imports("a.csv", "title,party,role,share\nOne,Kim,composer,100\n")
        ended = run(self.own, "edit", "work", "One", "credit", "composer", "Kim", "--share", "60", "--by", "Bea")
        self.assert_ended(ended, 0)
        other = "title,party,role,share\nOne,Kim,composer,70\nOne,House,publisher,30\n"
        ended = self.imports("b.csv", other, code=1)
        self.assert_one_line(ended, "line 2, column 4", "70.00", "60.00, which is preferred", "by Bea")
        self.imports("b.csv", other, "--side-by-side")
        listed = run(self.own, "edit", "work", "One", "facts", "--json").json["statements"]
        self.assertEqual([(s["share"], s["standing"]) for s in listed if s["role"] == "composer"],
                         [("100.00", "stated"), ("60.00", "preferred"), ("70.00", "stated")])

    def test_a_dry_run_changes_nothing_and_undo_takes_all_back(self):
        empty = dump(self.own)
        table = works_csv(300)
        ended = self.imports("works.csv", table, "--dry-run")
        self.assertIn("+ work 1 Song 0\n", ended.out)
        self.assertIn("600 credits", ended.out)
        self.assertEqual(dump(self.own), empty)
        edit = self.imports("works.csv", table, "--json").json["edit"]
        full = dump(self.own)
        self.assertEqual(len(full["work"]), 300)
        self.assert_ended(run(self.own, "edit", "--undo", edit), 0)
        self.assertEqual(dump(self.own), empty)
        self.assert_ended(run(self.own, "edit", "--redo", edit), 0)
        self.assertEqual(dump(self.own), full)
        self.assert_ended(run(self.own, "edit", "--redo", edit), 2)
        shown = run(self.own, "edit", "show", edit, "--json").json
        self.assertEqual((shown["author"], shown["summary"]), ("Ada", "import of works.csv"))

    def test_ten_thousand_works_with_shares(self):
        path = self.file("works.csv", works_csv(10_000))
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        ended = run(self.own, "import", path)
        after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
        self.assert_ended(ended, 0)
        self.assertIn("20000 credits", ended.out)
        processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"10,000 works, 20,000 credits: {wall:.1f} s, {processor:.1f} s of a processor", flush=True)
        self.assertLess(processor, 10)

    def test_killed_in_the_middle_it_is_all_or_nothing(self):
        path = self.file("works.csv", works_csv(3000))
        dice = random.Random(6)
        counts = set()
        for _ in range(8):
            process = start(self.own, "import", path)
            time.sleep(dice.uniform(0.05, 2.5))
            process.kill()
            process.communicate()
            count = len(dump(self.own)["work"])
            self.assertIn(count, (0, 3000))
            counts.add(count)
            if count:
                self.assert_ended(run(self.own, "edit", "--undo", "2"), 0)
                break
        print(f"killed: found {sorted(counts)} works", flush=True)
        self.assertEqual(len(dump(self.own)["work"]), 0)
        self.assert_ended(run(self.own, "import", path), 0)
        self.assertEqual(len(dump(self.own)["work"]), 3000)
        self.assert_whole(self.own)

    def test_episodes_and_what_is_edited_by_hand(self):
        self.imports("e.csv", "number,title\n1,Arrivals\n2,Departures\n", "--production", "Winter Harbour",
                     "--as", "episodes")
        ended = run(self.own, "edit", "episode", "Winter Harbour/E02", "set", "first broadcast", "2024-02-30")
        self.assert_ended(ended, 2)
        for words in (("episode", "Winter Harbour/E02", "set", "first broadcast", "2024.3.10"),
                      ("production", "Winter", "set", "country", "kr"),
                      ("party", "Kim", "add", "--comment", "the composer"),
                      ("work", "Promise", "add"),
                      ("Promise", "credit", "C", "Kim", "--share", "100"),
                      ("recording", "Song 1", "work", "Promise"),
                      ("work", "1", "code", "iswc", "T-034.524.680-1")):
            self.assert_ended(run(self.own, "edit", *words), 0)
        self.assertEqual(len(run(self.own, "edit", "--history", "--json").json["edits"]), 9)
        self.assertIn("it was so already", run(self.own, "edit", "recording", "Song 1", "work", "Promise").out)
        listed = run(self.own, "edit", "work", "Promise", "facts")
        self.assertIn("Kim (the composer), 100.00 %", listed.out)
        self.assertIn("T-034.524.680-1", listed.out)
        said = run(self.own, "edit", "work", "Promise", "facts", "--json").json["statements"]
        self.assertEqual([s["of"] for s in said], ["credit", "code", "performance"])
        for code in (0, 1):
            self.assert_ended(run(self.own, "edit", "work", "Promise", "remove", said[0]["id"]), code)
        self.assertIn("work 1 Promise", run(self.own, "edit", "recording", "Song 1", "facts").out)
        self.assert_ended(run(self.own, "edit", "Nothing of the kind", "facts"), 1)
        self.assert_whole(self.own)

    def test_an_exported_sheet_changes_nothing_and_a_corrected_one_does(self):
        self.assert_ended(run(self.own, "spot", self.episode, "--scenes", "off"), 0)
        exported = run(self.own, "sheet", "1", "--format", "csv").out
        ended = self.imports("sheet.csv", exported, "--as", "cuesheet", "--episode", "1")
        self.assertIn("nothing new", ended.out)
        self.assertEqual(ended.err, "")
        self.assert_ended(run(self.own, "sheet", "1", "--format", "edl", "--frame-rate", "25", "-o",
                              self.dir / "list.edl"), 0)
        ended = run(self.own, "import", self.dir / "list.edl", "--episode", "1")
        self.assert_ended(ended, 0)
        self.assertIn("nothing new", ended.out)
        before = dump(self.own)
        table = "Titel,Komponist,Von,Bis\nHafen,Lee Du,0:01,0:04\n"
        options = ("--episode", "1", "--map", "title=Titel,in=Von,out=Bis")
        ended = self.imports("other.csv", table, *options, "--dry-run")
        self.assertIn("Hafen, 0:01-0:04, accepted", ended.out)
        self.assertEqual(dump(self.own), before)
        edit = self.imports("other.csv", table, *options, "--json").json["edit"]
        cues = run(self.own, "cues", "1", "--json")
        self.assertIn("Hafen", cues.out)
        self.assertIn("Lee Du", run(self.own, "sheet", "1", "--format", "csv").out)
        self.assertIn("nothing new", self.imports("other.csv", table, *options).out)
        self.assert_ended(run(self.own, "edit", "--undo", edit), 0)
        self.assertEqual(dump(self.own), before)
        ended = self.imports("bad.csv", "title,in,out\nA,0:01,99:00:00\n", "--episode", "1", code=1)
        self.assert_one_line(ended, "line 2", "not a span of the file")

    def test_what_tags_say_is_in_the_catalogue_once(self):
        edits = run(self.own, "edit", "--history", "--json").json["edits"]
        self.assertEqual([e["summary"] for e in edits], ["tags of 4 recordings"])
        said = run(self.own, "edit", "recording", "Song 1", "facts", "--json").json["statements"]
        self.assertEqual([(s["role"], s["party"]) for s in said], [("performer", "The Voices")])
        self.assertIn("Song 1.flac", said[0]["provenance"])
        self.assert_ended(run(self.own, "add", self.music), 0)
        self.assertEqual(len(run(self.own, "edit", "--history", "--json").json["edits"]), 1)

    def test_json_names_the_pointer(self):
        document = {"format": 1, "works": [{"title": "One", "credits": [{"party": "Kim", "role": "C", "shares": 1}]}]}
        ended = self.imports("a.json", json.dumps(document), "--json", code=1)
        self.assertEqual([e["at"] for e in ended.json["errors"]], ["/works/0/credits/0/shares"])


if __name__ == "__main__":
    unittest.main()
