"""names: what things are called, and finding them by it in any script."""

import unittest

from program import Case, run

ACTOR = "김수현"


class Names(Case):
    def setUp(self):
        super().setUp()
        self.desk_copy = self.copy_of_desk()
        self.assert_ended(self.names("recording 1", "add", ACTOR, "--language", "ko", "--by", "Ada"), 0)

    def names(self, *words):
        return run(self.desk_copy, "names", *words)

    def found(self, *words):
        ended = self.names(*words, "--json")
        self.assert_ended(ended, 0)
        return [(each["kind"], each["id"], each["name"], each["fit"]) for each in ended.json["found"]]

    def test_a_name_is_listed_with_all_that_is_known_of_it(self):
        ended = self.names("recording", "1", "--json")
        self.assert_ended(ended, 0)
        self.assertEqual(ended.json["format"], 1)
        self.assertEqual(list(ended.json["entity"]), ["kind", "id", "label"])
        (name,) = ended.json["names"]
        self.assertEqual((name["text"], name["language"], name["script"], name["kind"]), (ACTOR, "ko", "Hang", "official"))
        self.assertEqual(name["provenance"], {"kind": "person", "name": "Ada", "location": ""})
        shown = self.names("recording 1")
        self.assertIn(ACTOR, shown.out)
        self.assertIn("Hang", shown.out)

    def test_every_spelling_finds_it(self):
        for text in (ACTOR, "Kim Soo-hyun", "kim soo hyun", "KIM SUHYEON", "Gim Su-hyeon", "Kim Su-hyŏn"):
            ((kind, number, name, fit),) = self.found("--search", text)
            self.assertEqual((kind, number, name), ("recording", 1, ACTOR), text)
            self.assertEqual(fit, "exact" if text == ACTOR else "romanised")
        self.assertEqual(self.found("--search", "kim soo")[0][3], "romanised-prefix")
        self.assertEqual(self.found("--search", "김수헌")[0][3], "typo")
        self.assertEqual(self.found("--search", "수현")[0][3], "part")
        self.assertEqual(self.found("--search", "박보검"), [])
        self.assertEqual(self.found("--search", ACTOR, "--kind", "production"), [])

    def test_other_commands_understand_it(self):
        ended = run(self.desk_copy, "remove", ACTOR)
        self.assert_ended(ended, 0)
        self.assertEqual(self.found("--search", ACTOR), [])

    def test_a_name_can_be_taken_away(self):
        (name,) = self.names("recording 1", "--json").json["names"]
        self.assert_ended(self.names("recording 1", "remove", name["id"]), 0)
        self.assertEqual(self.found("--search", ACTOR), [])
        self.assert_ended(self.names("recording 1", "remove", name["id"]), 1)

    def test_what_is_wrong_is_said(self):
        for words, code, part in (
            ((), 2, "needs WHAT"),
            (("recording 1", "rename", "x"), 2, "add TEXT"),
            (("recording 1", "add", "x", "--kind", "party"), 2, "no kind of name"),
            (("--search", "x", "--kind", "official"), 2, "no kind of thing"),
            (("recording 1", "add", "!"), 2, "no letters"),
            (("recording 1", "add", "x", "--language", "Korean"), 2, "no language tag"),
            (("recording 99",), 1, "no recording fits '99'"),
            (("zzzzzz",), 1, "nothing is called"),
        ):
            ended = self.names(*words)
            self.assert_ended(ended, code)
            self.assertIn(part, ended.err)


if __name__ == "__main__":
    unittest.main()
