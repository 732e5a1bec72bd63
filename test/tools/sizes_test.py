"""The size report counts functions of both languages and fails when a cap is passed."""

import pathlib
import subprocess
import tempfile
import unittest

SIZES = pathlib.Path(__file__).resolve().parents[2] / "tools" / "sizes"


def sizes(files):
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            file = pathlib.Path(root) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        run = subprocess.run([SIZES, root], capture_output=True, text=True, check=False)
        return run.returncode, run.stdout, run.stderr


def cpp_function(lines):
    return "int long_one() {\n" + "  f();\n" * (lines - 2) + "}\n"


def python_function(lines):
    return "def long_one():\n" + "    pass\n" * (lines - 1)


class Sizes(unittest.TestCase):
    def test_a_small_tree_is_reported_and_passes(self):
        code, shown, error = sizes({"src/base/a.cpp": cpp_function(10), "src/base/a_test.cpp": cpp_function(5)})
        self.assertEqual((code, error), (0, ""))
        self.assertRegex(shown, r"production functions +1 +10 ")
        self.assertIn("test lines to production lines: 0.50", shown)

    def test_a_function_of_exactly_the_cap_passes(self):
        self.assertEqual(sizes({"src/base/a.cpp": cpp_function(60), "eval/a.py": python_function(60)})[0], 0)

    def test_a_function_over_the_cap_is_named_by_file_and_line(self):
        code, _, error = sizes({"src/base/a.cpp": "int x;\n" + cpp_function(61)})
        self.assertEqual((code, error), (1, "src/base/a.cpp:2: long_one has 61 lines, a function at most 60\n"))

    def test_scripts_are_measured_too(self):
        code, _, error = sizes({"tools/thing": "#!/usr/bin/python3\n" + python_function(61)})
        self.assertEqual((code, error), (1, "tools/thing:2: long_one has 61 lines, a function at most 60\n"))

    def test_a_file_over_the_cap_is_named(self):
        code, _, error = sizes({"src/base/a.h": "int x;\n" * 601})
        self.assertEqual((code, error), (1, "src/base/a.h:1: 601 lines, a file has at most 600\n"))


if __name__ == "__main__":
    unittest.main()
