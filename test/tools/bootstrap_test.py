"""The bootstrap installs what is missing and nothing else, and says why when it cannot.

dpkg-query, apt-get, apt-cache, id and sudo are replaced by scripts that answer from files and log their calls.
"""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

BOOTSTRAP = pathlib.Path(__file__).resolve().parents[2] / "tools" / "bootstrap"
TOOLS = ("sh", "sed", "tr", "grep", "cat", "mktemp", "rm", "date", "printf", "env", "ls")


class Machine:
    """A folder of commands that stands for a Debian machine."""

    def __init__(self, folder, installed, user="root", sudo=False, lists=True, debian=True):
        self.folder = pathlib.Path(folder)
        self.log = self.folder / "calls"
        for tool in TOOLS:
            os.symlink(shutil.which(tool), self.folder / tool)
        (self.folder / "installed").write_text("".join(f"installed {name}\n" for name in installed))
        self.script("id", f"echo {0 if user == 'root' else 1000}")
        if debian:
            self.script("dpkg-query", f"cat {self.folder}/installed")
            self.script("apt-cache", "exit 0")
            self.script("apt-get", f"""echo "$(id -u) $*" >>{self.log}
case "$*" in
  *update*) touch_lists=1; : >{self.folder}/lists ;;
  *install*) [ -e {self.folder}/lists ] || exit 100 ;;
esac""")
        if lists:
            (self.folder / "lists").touch()
        if sudo:
            self.script("sudo", f'[ "$1" = -n ] && shift; echo "sudo $1" >>{self.log}; exec "$@"')
            os.symlink("/bin/true", self.folder / "true")

    def script(self, name, body):
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)

    def run(self, *options):
        done = subprocess.run([BOOTSTRAP, *options], capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL, env={"PATH": str(self.folder)})
        calls = self.log.read_text().splitlines() if self.log.exists() else []
        return done.returncode, done.stdout, done.stderr, calls


def wanted(*options):
    shown = subprocess.run([BOOTSTRAP, *options, "--list"], capture_output=True, text=True, check=True).stdout
    return [line.split()[0] for line in shown.splitlines()]


class Bootstrap(unittest.TestCase):
    def machine(self, **options):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return Machine(folder.name, **options)

    def without(self, *missing, **options):
        return self.machine(installed=[name for name in wanted() if name not in missing], **options)

    def test_does_nothing_and_says_nothing_when_all_is_there(self):
        self.assertEqual(self.without().run(), (0, "", "", []))

    def test_installs_only_what_is_missing_without_recommends_and_says_why(self):
        code, shown, _, calls = self.without("cmake", "ffmpeg").run()
        self.assertEqual(code, 0)
        self.assertRegex(shown, r"(?m)^ +cmake +build$")
        self.assertNotIn("libfmt-dev", shown)
        self.assertEqual(len(calls), 2)  # a rehearsal, then the installation
        self.assertTrue(calls[1].endswith("install --yes --no-install-recommends cmake ffmpeg"), calls)

    def test_reads_the_package_lists_only_when_they_are_absent(self):
        _, _, _, calls = self.without("cmake").run()
        self.assertFalse([call for call in calls if "update" in call])
        code, shown, _, calls = self.without("cmake", lists=False).run()
        self.assertEqual(code, 0)
        self.assertEqual(len([call for call in calls if "update" in call]), 1)
        self.assertIn("apt-get update", shown)

    def test_archive_reads_the_package_lists_only_when_the_music_is_unknown(self):
        machine = self.without()
        self.assertEqual(machine.run("--archive"), (0, "", "", []))
        machine.script("apt-cache", f"[ -e {machine.folder}/updated ]")
        code, _, _, calls = machine.run("--archive")
        self.assertEqual((code, len(calls)), (0, 1))
        self.assertIn("update", calls[0])

    def test_check_installs_nothing_and_names_what_is_missing(self):
        code, _, error, calls = self.without("cmake").run("--check")
        self.assertEqual((code, calls), (1, []))
        self.assertIn("missing packages: cmake; tools/bootstrap installs them", error)

    def test_uses_sudo_only_when_not_root(self):
        _, _, _, calls = self.without("cmake", sudo=True).run()
        self.assertFalse([call for call in calls if call.startswith("sudo")])
        code, _, _, calls = self.without("cmake", user="somebody", sudo=True).run()
        self.assertEqual(code, 0)
        self.assertIn("sudo env", calls)

    def test_says_what_to_do_without_root_and_sudo(self):
        code, _, error, calls = self.without("cmake", user="somebody").run()
        self.assertEqual((code, calls), (1, []))
        self.assertIn("As root: apt-get install cmake", error)

    def test_says_what_to_do_elsewhere_than_on_debian(self):
        machine = self.machine(installed=[], debian=False)
        code, _, error, _ = machine.run()
        self.assertEqual(code, 1)
        self.assertIn("this is not Debian", error)
        self.assertIn("libavformat-dev", error)
        self.assertEqual(machine.run("--check")[0], 0)

    def test_a_failing_installation_shows_its_messages(self):
        machine = self.without("cmake")
        machine.script("apt-get", '[ "$1" = -s ] || { echo "E: no space"; exit 100; }')
        code, _, error, _ = machine.run()
        self.assertEqual(code, 1)
        self.assertIn("E: no space", error)

    def test_lint_adds_packages(self):
        self.assertIn("clang-tidy", set(wanted("--lint")) - set(wanted()))

    def test_an_unknown_option_is_a_usage_error(self):
        self.assertEqual(self.without().run("--everything")[0], 2)


if __name__ == "__main__":
    unittest.main()
