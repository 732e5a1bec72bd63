"""What clang-tidy is asked to look at after a change, and that a clean file is not looked at twice."""

import contextlib
import importlib.machinery
import importlib.util
import io
import json
import pathlib
import tempfile
import unittest
from unittest import mock

PATH = str(pathlib.Path(__file__).resolve().parents[2] / "tools" / "lint")
LOADER = importlib.machinery.SourceFileLoader("lint", PATH)
lint = importlib.util.module_from_spec(importlib.util.spec_from_loader("lint", LOADER))
LOADER.exec_module(lint)


class Tree:
    """A build tree with three compiled files; git, ninja and clang-tidy answer from `answers`."""

    def __init__(self, folder):
        self.root = pathlib.Path(folder)
        self.build = self.root / "build"
        self.build.mkdir()
        (self.root / ".clang-tidy").write_text("Checks: '*'\n")
        names = ("src/a.cpp", "src/b.cpp", "src/b_test.cpp")
        (self.build / "compile_commands.json").write_text(json.dumps(
            [{"file": str(self.root / name), "command": f"ccache g++ -DX -o x.o -c {name}"} for name in names]))
        deps = "".join(f"{name}.o: #deps 2, deps mtime 1 (VALID)\n    ../{name}\n    ../src/{header}\n\n"
                       for name, header in zip(names, ("a.h", "b.h", "b.h")))
        self.answers = {"ninja": (0, deps), "diff": (0, ""), "ls-files": (0, ""), "clang-tidy": (0, "")}
        self.asked = []

    def run(self, command):
        self.asked.append(command)
        return self.answers[command[1] if command[0] == "git" else command[0]]

    def sources_since(self):
        return [path.relative_to(self.root).as_posix() for path in lint.Tidy("build").sources_since("HEAD~1")]


class Lint(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.tree = Tree(folder.name)
        tools = mock.Mock(return_value=mock.Mock(stdout=b"version and text"))
        for target, value in (("ROOT", self.tree.root), ("run", self.tree.run)):
            self.enterContext(mock.patch.object(lint, target, value))
        self.enterContext(mock.patch.object(lint.subprocess, "run", tools))
        self.enterContext(mock.patch.dict(lint.os.environ, {"XDG_CACHE_HOME": str(self.tree.root / "cache")}))

    def test_a_changed_source_is_looked_at(self):
        self.tree.answers["diff"] = (0, "src/a.cpp\nREADME.md\n")
        self.assertEqual(self.tree.sources_since(), ["src/a.cpp"])

    def test_a_file_that_git_does_not_know_yet_is_looked_at(self):
        self.tree.answers["ls-files"] = (0, "src/b_test.cpp\n")
        self.assertEqual(self.tree.sources_since(), ["src/b_test.cpp"])

    def test_a_changed_header_is_looked_at_through_its_own_source(self):
        self.tree.answers["diff"] = (0, "src/b.h\n")
        self.assertEqual(self.tree.sources_since(), ["src/b.cpp"])

    def test_a_changed_header_needs_no_second_file_when_one_that_includes_it_changed(self):
        self.tree.answers["diff"] = (0, "src/b.h\nsrc/b_test.cpp\n")
        self.assertEqual(self.tree.sources_since(), ["src/b_test.cpp"])

    def test_everything_is_looked_at_when_git_cannot_tell_or_the_rules_changed(self):
        every = ["src/a.cpp", "src/b.cpp", "src/b_test.cpp"]
        self.tree.answers["diff"] = (128, "fatal: bad revision\n")
        self.assertEqual(self.tree.sources_since(), every)
        self.tree.answers["diff"] = (0, ".clang-tidy\n")
        self.assertEqual(self.tree.sources_since(), every)

    def checked(self):
        """The exit code for one source, and what was shown."""
        with contextlib.redirect_stdout(io.StringIO()) as shown:
            code = lint.Tidy("build").check([self.tree.root / "src/a.cpp"])
        return code, shown.getvalue()

    def test_a_clean_file_is_not_looked_at_twice_and_a_faulty_one_is(self):
        self.tree.answers["clang-tidy"] = (1, "a.cpp:1: fault\n")
        self.assertEqual(self.checked(), (1, "a.cpp:1: fault\n"))
        self.tree.answers["clang-tidy"] = (0, "")
        self.assertEqual(self.checked(), (0, ""))
        self.tree.asked.clear()
        self.assertEqual(self.checked(), (0, ""))
        self.assertEqual(self.tree.asked, [])


if __name__ == "__main__":
    unittest.main()
