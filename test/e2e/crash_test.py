"""kill -9 at any point of add, remove, merge and check --repair: nothing reported is lost, nothing else appears.

One desk lives through all of it. Each time an operation is drawn, run on a copy of the desk to see its system
calls, and then run on the desk and killed: mostly on entering one of those calls that change files (strace; each
kind of call is as likely, and each of that kind), else after a random time. Then the desk must be whole, hold what was reported,
and nothing that was not there before or on its way in; the index is read by a reader of its own. The next
operation goes on from there.

  NEEDLEDROP_CRASH_POINTS  kills (default: 24)
  NEEDLEDROP_CRASH_SEED    default: random, and printed
"""

import collections
import contextlib
import os
import pathlib
import random
import re
import shutil
import signal
import struct
import subprocess
import time
import unittest

from program import Case, command, run

POINTS = int(os.environ.get("NEEDLEDROP_CRASH_POINTS", "24"))
SEED = int(os.environ.get("NEEDLEDROP_CRASH_SEED", random.randrange(10**6)))
CLIPS = 24  # that share no sound
CHANGING = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "unlink", "mkdir", "flock")
TIMED = 0.2  # of the kills come after a random time
STRACE = ["strace", "-f", "-qq"]


def segments_of(desk):
    """The live segments' files, and the removed ids, as the manifest says."""
    lines = (desk / "index" / "manifest").read_text(encoding="ascii").splitlines()
    rows = [line.split() for line in lines]
    files = [desk / "index" / f"segment-{int(row[1]):08}" for row in rows if row[0] == "segment"]
    return files, {int(word) for row in rows if row[0] == "removed" for word in row[1:]}


def indexed(desk):
    """The ids of all live sources, read from the segments' bytes (docs/segment-format.md)."""
    files, removed = segments_of(desk)
    ids = []
    for file in files:
        content = file.read_bytes()
        count, = struct.unpack_from("<I", content, len(content) - 72)
        rows_at, = struct.unpack_from("<Q", content, len(content) - 40)
        ids += [struct.unpack_from("<I", content, rows_at + 40 * i)[0] for i in range(count)]
    return sorted(set(ids) - removed), len(ids) == len(set(ids))


def changing_calls(words):
    """(call, its place among the calls of that name in its thread) of all in a run of the program."""
    with subprocess.Popen([*STRACE, "--seccomp-bpf", "-e", "trace=" + ",".join(CHANGING), "-o", "/dev/stderr", *words],
                          stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as traced:
        text = traced.stderr.read().decode(errors="replace")
    counts, calls = collections.Counter(), []
    for thread, name in re.findall(r"^(\d+) +(\w+)\(", text, re.MULTILINE):
        counts[thread, name] += 1
        calls.append((name, counts[thread, name]))
    return calls


def can_trace():
    with contextlib.suppress(OSError):
        return subprocess.run([*STRACE, "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0
    return False


class Crash(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clips = cls.make_clips(CLIPS, step=3.2)

    def setUp(self):
        super().setUp()
        self.dice = random.Random(SEED)
        self.work = self.dir / "desk"
        self.assert_ended(run(self.work, "add", *self.clips[: CLIPS // 2]), 0)
        self.titles = self.listed()
        self.tally = collections.Counter()

    def listed(self):
        listed = run(self.work, "list", "--json")
        self.assert_ended(listed, 0)
        return {r["id"]: r["title"] for r in listed.json["recordings"]}

    # Operations: words to run, and what the desk may hold afterwards.

    def draw_add(self):
        """Some that are new, and now and then one that is there."""
        there = set(self.titles.values())
        new = [clip for clip in self.clips if clip.stem not in there]
        chosen = sorted(self.dice.sample(new, min(len(new), self.dice.choice((1, 1, 1, 2, 5)))))
        if self.dice.random() < 0.2:
            chosen += self.dice.sample(self.clips, 1)
        return ["add", *chosen]

    def draw_remove(self):
        return ["remove", "--kind", "recording", self.dice.choice(sorted(self.titles))]

    def draw_merge(self):
        return ["merge", *self.dice.choice(([], ["--all"], ["--all"]))]

    def draw_repair(self):
        """Damages one segment or the manifest first; every recording has its file still."""
        files, _ = segments_of(self.work)
        victim = self.dice.choice([*files, self.work / "index" / "manifest"])
        kind = self.dice.choice(("flip", "cut", "lose"))
        self.tally["damaged: " + kind] += 1
        if kind == "lose":
            victim.unlink()
        elif kind == "cut":
            os.truncate(victim, self.dice.randrange(victim.stat().st_size))
        else:
            content = bytearray(victim.read_bytes())
            content[self.dice.randrange(len(content))] ^= 1 << self.dice.randrange(8)
            victim.write_bytes(content)
        return ["check", "--repair"]

    def draw(self):
        few = len(self.titles) < CLIPS // 3
        many = len(self.titles) > CLIPS - 4
        return self.dice.choices((self.draw_add, self.draw_remove, self.draw_merge, self.draw_repair),
                                 (0 if many else 5, 0 if few else 5, 2, 2))[0]()

    def kill_at_call(self, words):
        """Kills it on entering a call that was drawn. Returns its exit code and what it had printed."""
        copy = self.dir / "copy"
        shutil.copytree(self.work, copy)
        calls = changing_calls(command(copy, *words, "--threads", 1))
        shutil.rmtree(copy)
        name = self.dice.choice(sorted({name for name, _ in calls}))
        place = self.dice.choice([place for of, place in calls if of == name])
        killed = subprocess.run(
            [*STRACE, "-e", f"trace={name}", "-e", f"inject={name}:signal=KILL:when={place}", "-o", "/dev/null",
             *command(self.work, *words, "--threads", 1)],
            stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
        self.tally[f"at {name}"] += killed.returncode == -signal.SIGKILL
        return killed.returncode, killed.stdout.decode()

    def kill_after_time(self, words):
        """The same after a random part of the time that it takes."""
        begun = time.monotonic()
        copy = self.dir / "copy"
        shutil.copytree(self.work, copy)
        subprocess.run(command(copy, *words), stdin=subprocess.DEVNULL, capture_output=True, check=False)
        takes = time.monotonic() - begun
        shutil.rmtree(copy)
        with subprocess.Popen(command(self.work, *words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as started:
            time.sleep(self.dice.uniform(0.0, takes))
            started.kill()
            out, _ = started.communicate()
        self.tally["after a time"] += started.returncode == -signal.SIGKILL
        return started.returncode, out.decode()

    def check_desk(self, words, out):
        """Mends it if it was to be mended, then compares everything with what is known."""
        if words[0] == "check":
            self.assert_ended(run(self.work, "check", "--repair"), 0)
        self.assert_ended(run(self.work, "check"), 0)
        now = self.listed()
        before = set(self.titles.items())
        gone, come = before - set(now.items()), set(now.items()) - before
        if words[0] == "add":
            reported = {(int(i), t) for i, t in re.findall(r"^added +(\d+)  (.*?)  \(", out, re.MULTILINE)}
            self.assertLessEqual(reported, set(now.items()), "a reported recording is lost")
            self.assertLessEqual({t for _, t in come}, {pathlib.Path(p).stem for p in words[1:]})
            self.assertEqual(len(set(now.values())), len(now))
            self.assertEqual(gone, set())
        elif words[0] == "remove":
            self.assertLessEqual({i for i, _ in gone}, {words[-1]})
            self.assertEqual(come, set())
            if out.startswith("removed"):
                self.assertNotIn(words[-1], now)
        else:
            self.assertEqual(now, self.titles)
        ids, are_single = indexed(self.work)
        self.assertTrue(are_single, "a source is in two segments")
        self.assertEqual(ids, sorted(now), "the index and the catalogue differ")
        self.titles = now

    def check_found(self):
        """One of the recordings, by its sound."""
        source, title = self.dice.choice(sorted(self.titles.items()))
        found = run(self.work, "identify", self.clips[0].parent / f"{title}.wav", "--json")
        self.assert_ended(found, 0)
        self.assertIn(source, [m["recording"]["id"] for m in found.json["matches"]], title)
        self.assertEqual(found.json["missing_recordings"], [])

    def test_kill_anywhere(self):
        exact = can_trace()
        print(f"{POINTS} kills of seed {SEED}" + ("" if exact else ", at random times only: strace can't trace here"),
              flush=True)
        kills = 0
        while kills < POINTS:
            words = self.draw()
            kill = self.kill_at_call if exact and self.dice.random() >= TIMED else self.kill_after_time
            with self.subTest(kill=kills, words=[str(word) for word in words]):
                code, out = kill(words)
                kills += code == -signal.SIGKILL
                self.tally[words[0]] += code == -signal.SIGKILL
                self.check_desk(words, out)
                self.check_found()
        print(", ".join(f"{n} {name}" for name, n in sorted(self.tally.items())), flush=True)
        # Nothing that the kills have left lies about.
        self.assert_ended(run(self.work, "merge", "--all"), 0)
        self.assertEqual({f.name for f in (self.work / "index").iterdir()} - {"quarantine"},
                         {"lock", "manifest", segments_of(self.work)[0][0].name})
        self.assert_whole(self.work, recordings=len(self.titles))


if __name__ == "__main__":
    unittest.main()
