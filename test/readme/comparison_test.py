"""The README test's own comparison: a little is forgiven, a lie is not."""

import unittest

import readme_test as readme

ROW = "1:04.2  1:35.0  0:30.8  Night Bus   -6.2 dB   97 %"


class Comparison(unittest.TestCase):
    def test_a_little_is_forgiven(self):
        self.assertTrue(readme.agree(ROW, "1:04.3  1:34.8  0:30.6  Night Bus  -6.4 dB  99 %"))
        self.assertTrue(readme.agree("0:00 ···111··· 3:00", "0:00 ··1111··· 3:00"))

    def test_another_time_name_level_or_count_is_not(self):
        for lie in (ROW.replace("1:04.2", "1:05.2"), ROW.replace("Bus", "Boat"), ROW.replace("6.2", "7.2"),
                    ROW.replace("97", "60"), f"{ROW} more"):
            self.assertFalse(readme.agree(ROW, lie), lie)
        self.assertFalse(readme.agree("2 spots", "3 spots"))
        self.assertFalse(readme.agree("0:00 ···111··· 3:00", "0:00 ··222···· 3:00"))

    def test_lines_may_be_left_out_where_it_says_so(self):
        self.assertTrue(readme.same_output(["a", "...", "d"], ["a", "b", "c", "d"]))
        self.assertFalse(readme.same_output(["a", "d"], ["a", "b", "d"]))
        self.assertFalse(readme.same_output(["a"], ["a", "b"]))

    def test_a_console_block_is_commands_with_their_output(self):
        block = "$ one \\\n> two\nout\n$ three\n"
        self.assertEqual(readme.steps(block), [("one \\\ntwo", ["out"]), ("three", [])])

    def test_names_that_are_not_there_are_faults(self):
        text = "```sh\nmake nonsense\ntools/nothing\n```\n[x](docs/none.md) [y](https://example.org)\n"
        self.assertEqual(list(readme.check_names(text)), ["make nonsense: no such target", "tools/nothing: no such file",
                                                          "docs/none.md: linked, but not there"])


if __name__ == "__main__":
    unittest.main()
