"""kill -9, a full disk, a held lock and Ctrl-C: what was reported is there, the desk is whole."""

import contextlib
import fcntl
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import time
import unittest

from program import Case, run, start

CLIPS = 72  # more than one batch


class Durability(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clips = cls.make_clips(CLIPS)[0].parent

    def assert_kept(self, desk, reported):
        """Everything that was reported, whole; and the rest can be added now."""
        self.assert_ended(run(desk, "check"), 0)
        kept = {r["id"]: r["title"] for r in run(desk, "list", "--json").json["recordings"]}
        for source, title in reported.items():
            self.assertEqual(kept.get(source), title)
        again = run(desk, "add", self.clips, "--json")
        self.assert_ended(again, 0)
        self.assertEqual(len(again.json["unchanged"]), len(kept))
        self.assert_whole(desk, recordings=CLIPS)

    @staticmethod
    def reported(out):
        return {int(i): t for i, t in re.findall(r"^added +(\d+)  (.*?)  \(", out, re.MULTILINE)}

    def test_kill_during_add(self):
        begun = time.monotonic()
        self.assert_ended(run(self.dir / "whole", "add", self.clips), 0)
        takes = time.monotonic() - begun
        seed = random.randrange(10**6)
        print(f"kills of seed {seed}", flush=True)
        dice = random.Random(seed)
        for attempt in range(6):
            with self.subTest(attempt):
                desk = self.dir / f"desk{attempt}"
                adding = start(desk, "add", self.clips, "--threads", 2)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    adding.wait(dice.uniform(0.02, takes))
                adding.kill()
                out, _ = adding.communicate()
                if (desk / "catalogue.db").exists():
                    self.assert_kept(desk, self.reported(out.decode()))

    def test_ctrl_c_during_add(self):
        desk = self.dir / "desk"
        adding = start(desk, "add", self.clips, "--threads", 1)
        first = adding.stdout.readline().decode()
        adding.send_signal(signal.SIGINT)
        out, err = adding.communicate(timeout=20)
        if adding.returncode != 0:
            self.assertEqual(adding.returncode, 1, err)
            self.assertIn("stopped", err.decode())
        self.assert_kept(desk, self.reported(first + out.decode()))

    def test_two_adds_at_once(self):
        desk = self.dir / "desk"
        self.assert_ended(run(desk, "add", self.clips / "000.wav"), 0)
        both = [start(desk, "add", self.clips) for _ in range(2)]
        outs = [one.communicate(timeout=60) for one in both]
        self.assertEqual([one.returncode for one in both], [0, 0], outs)
        self.assert_whole(desk, recordings=CLIPS)

    def test_a_held_lock(self):
        desk = self.copy_of_desk()
        with open(desk / "index" / "lock", "r+", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            lock.truncate(0)
            lock.write("4711\n")
            lock.flush()
            begun = time.monotonic()
            adding = start(desk, "add", self.clips / "000.wav")
            removing = start(desk, "remove", "Song 1")
            merging = start(desk, "merge")
            spotting = start(desk, "spot", self.episode, "--json")
            # What needs no lock does not wait.
            self.assert_ended(run(desk, "list"), 0)
            self.assertLess(time.monotonic() - begun, 8)
            for one in (adding, removing, merging):
                _, err = one.communicate(timeout=60)
                self.assertEqual(one.returncode, 4, err)
                self.assertIn("4711", err.decode())
            self.assertGreater(time.monotonic() - begun, 9)
            out, err = spotting.communicate(timeout=60)
            self.assertEqual(spotting.returncode, 0, err)
            self.assertIn("4711", err.decode())
            self.assertIn(b"Song 2", out)
        self.assert_whole(desk)

    @contextlib.contextmanager
    def full_disk(self):
        """A folder with a copy of the desk where little more fits, and what makes room again. Without
        the right to mount, files can't grow instead: (folder, keywords for run, make_room)."""
        folder = self.dir / "small"
        folder.mkdir()
        mounted = os.getuid() == 0 and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "none", folder], check=False).returncode == 0
        shutil.copytree(self.desk, folder / "desk")
        if not mounted:
            def limit():
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
            yield folder / "desk", {"preexec": limit}, lambda: None
            return
        try:
            filler = folder / "filler"
            with contextlib.suppress(OSError), open(filler, "wb", buffering=0) as out:
                while True:
                    out.write(bytes(4096))
            os.truncate(filler, filler.stat().st_size - 60 * 1024)
            yield folder / "desk", {}, filler.unlink
        finally:
            subprocess.run(["umount", folder], check=True)

    def test_a_full_disk(self):
        with self.full_disk() as (desk, limits, make_room):
            added = run(desk, "add", self.clips, **limits)
            self.assert_ended(added, 1)
            self.assert_one_line(added, desk)
            spotted = run(desk, "spot", self.episode, **limits)
            self.assertIn(spotted.code, (0, 1))
            make_room()
            kept = run(desk, "list", "--json").json["recordings"]
            self.assertEqual([r["title"] for r in kept[:4]], [f"Song {n}" for n in (1, 2, 3, 4)])
            for source, title in self.reported(added.out).items():
                self.assertIn((source, title), [(r["id"], r["title"]) for r in kept])
            self.assert_whole(desk, recordings=len(kept))
            self.assertEqual(len(run(desk, "spot", self.episode, "--json").json["spots"]), 2)

    def test_standard_output_on_a_full_disk(self):
        with open("/dev/full", "wb") as full:
            ended = subprocess.run([os.environ.get("NEEDLEDROP", "build/needledrop"), "--desk", self.desk,
                                    "list"], stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(ended.returncode, 1)
        self.assertIn(b"standard output", ended.stderr)


if __name__ == "__main__":
    unittest.main()
