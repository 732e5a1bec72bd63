"""A step is quiet when it works, shows its whole log when it fails, and passes the exit code on."""

import pathlib
import subprocess
import tempfile
import unittest

STEP = pathlib.Path(__file__).resolve().parents[2] / "tools" / "step"


def step(*arguments):
    with tempfile.TemporaryDirectory() as logs:
        run = subprocess.run([STEP, *arguments], capture_output=True, text=True, check=False,
                             env={"NEEDLEDROP_LOGS": logs, "PATH": "/usr/bin:/bin"})
        logged = {path.name: path.read_text() for path in pathlib.Path(logs).iterdir()}
        return run.returncode, run.stdout, logged


class Step(unittest.TestCase):
    def test_success_prints_one_line_with_the_time(self):
        code, shown, logged = step("say hello", "echo", "hello")
        self.assertEqual(code, 0)
        self.assertRegex(shown, r"\A== say hello \.\.\. \d+\.\d\d s\n\Z")
        self.assertEqual(logged, {"say-hello.log": "hello\n"})

    def test_failure_prints_the_whole_log_and_keeps_the_code(self):
        code, shown, _ = step("break", "sh", "-c", "echo one; echo two >&2; exit 7")
        self.assertEqual(code, 7)
        self.assertIn("FAILED (exit 7)", shown)
        self.assertIn("one\ntwo\n", shown)

    def test_show_prints_only_the_lines_asked_for(self):
        code, shown, _ = step("--show", "^2 ", "count", "printf", "1 a\n2 b\n3 c\n")
        self.assertEqual(code, 0)
        self.assertEqual(shown.splitlines()[1:], ["2 b"])

    def test_live_passes_output_through(self):
        code, shown, logged = step("--live", "say hello", "echo", "hello")
        self.assertEqual(code, 0)
        self.assertEqual(shown.splitlines()[:2], ["== say hello", "hello"])
        self.assertEqual(logged, {})

    def test_a_command_that_is_not_there_fails(self):
        self.assertEqual(step("nothing", "/nonexistent/program")[0], 127)


if __name__ == "__main__":
    unittest.main()
