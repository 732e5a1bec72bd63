"""The program under test, and a desk to copy."""

import functools
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import unittest
import wave

import material

BINARY = os.path.abspath(os.environ.get("NEEDLEDROP", "build/needledrop"))
SEEDS = (11, 12, 13, 14)
SECONDS = 20
NOBODY = 65534


class Ended:
    """How a run of the program ended."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def json(self):
        return json.loads(self.out)


def command(desk, *arguments, as_nobody=False):
    drop = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    words = [*(drop if as_nobody and os.getuid() == 0 else []), BINARY, "--desk", desk, *arguments]
    return [os.fsencode(str(word) if isinstance(word, int) else word) for word in words]


def run(desk, *arguments, as_nobody=False, cwd=None, preexec=None):
    ended = subprocess.run(
        command(desk, *arguments, as_nobody=as_nobody),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=cwd,
        preexec_fn=preexec,
        timeout=500,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def start(desk, *arguments):
    return subprocess.Popen(
        command(desk, *arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


@functools.lru_cache(maxsize=None)
def song(seed):
    print(f"music of seed {seed}", flush=True)
    return material.music(seed, SECONDS)


class Case(unittest.TestCase):
    """Gives every test a folder, and a class of tests one soundtrack, one episode and one desk that
    has both; tests that change the desk copy it."""

    @classmethod
    def setUpClass(cls):
        cls.home = pathlib.Path(tempfile.mkdtemp(prefix="needledrop-e2e-"))
        os.chmod(cls.home, 0o755)
        cls.addClassCleanup(shutil.rmtree, cls.home, ignore_errors=True)
        cls.music = cls.home / "music"
        cls.music.mkdir()
        for number, (seed, ending) in enumerate(zip(SEEDS, ("flac", "mp3", "m4a", "ogg")), 1):
            wav = cls.home / f"{seed}.wav"
            song(seed).write(wav)
            tags = {"title": f"Song {number}", "artist": "The Voices", "album": "First"}
            material.encode(wav, cls.music / f"{number:02} - Song {number}.{ending}", tags)
        cls.episode = cls.home / "Drama S01E02.m4a"
        cls.write_episode(cls.episode)
        cls.desk = cls.home / "desk"
        ended = run(cls.desk, "add", cls.music)
        if ended.code != 0:
            raise AssertionError(f"no desk to test with: {ended.err}")

    @classmethod
    def write_episode(cls, path):
        """Songs 1 and 2 over noise: 10 s from 5 s on, 12 s from 25 s on."""
        sound = material.noise(99, 45, 0.05)
        sound.add(song(SEEDS[0]), at=5, start=4, length=10)
        sound.add(song(SEEDS[1]), at=25, start=2, length=12, gain=0.7)
        wav = cls.home / "episode.wav"
        sound.write(wav)
        material.encode(wav, path, codec=("-c:a", "aac", "-b:a", "128k"))

    @classmethod
    def make_clips(cls, count, seeds=SEEDS, step=0.8):
        """So many pieces of the songs, 3 s each, in a folder; of a song one every `step` seconds."""
        clips = cls.home / "clips"
        clips.mkdir()
        for number in range(count):
            seed, nth = seeds[number % len(seeds)], number // len(seeds)
            with wave.open(str(cls.home / f"{seed}.wav")) as whole:
                whole.setpos(int(nth * step * whole.getframerate()))
                frames = whole.readframes(3 * whole.getframerate())
                with wave.open(str(clips / f"{number:03}.wav"), "wb") as clip:
                    clip.setparams(whole.getparams())
                    clip.writeframes(frames)
        return sorted(clips.iterdir())

    def setUp(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(dir=self.home))
        os.chmod(self.dir, 0o755)

    def copy_of_desk(self):
        copy = self.dir / "desk"
        shutil.copytree(self.desk, copy)
        return copy

    def assert_ended(self, ended, code):
        self.assertEqual(ended.code, code, f"stdout: {ended.out}\nstderr: {ended.err}")

    def assert_one_line(self, ended, *parts):
        """One line on stderr in the one form that messages have, with all parts in it."""
        lines = ended.err.splitlines()
        self.assertEqual(len(lines), 1, ended.err)
        self.assertTrue(lines[0].startswith("needledrop: "), lines[0])
        for part in parts:
            self.assertIn(str(part), lines[0])

    def assert_whole(self, desk, recordings=len(SEEDS)):
        """The desk opens, is undamaged, and holds as many recordings as it should."""
        self.assert_ended(run(desk, "check"), 0)
        listed = run(desk, "list", "--json")
        self.assert_ended(listed, 0)
        self.assertEqual(len(listed.json["recordings"]), recordings)
