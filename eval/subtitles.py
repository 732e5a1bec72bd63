"""Are subtitles that don't lie on the sound noticed, and is what is offered right?

An episode's dialogue is subtitled as people do it: lines are cut about every five seconds, start a little early and
stay a little long, and some are missing. These subtitles are then given to `spot` as they are, shifted, timed for
another frame rate, and with the sound of another episode, on a desk without recordings.
"""

import json
import pathlib
import tempfile
from dataclasses import dataclass

import numpy as np

import corpus
import cost
import spotters

SHIFTS = (0.5, -0.8, 2.4, -7.3, 15.0, -30.0)  # seconds by which the subtitles are late
RATES = (25 / 24, 960 / 1001)
TOLERANCE = 0.2  # seconds
LONGEST_LINE = 5.0
SHORTEST_SHOWN = 1.0
MISSING = 0.07  # of the lines
EARLIEST, LATEST_START = -0.15, 0.12
LONGEST_STAY = 0.8
SHORTEST_EPISODE = 240.0  # seconds to the end of the last line


def measure(home, built, program):
    """For each episode {"lines", "unshifted", "shifted": {late by}, "rates": [], "foreign"}, of which all but the first
    are what is said, as _Asked.offer gives it."""
    spoken = {name: lines for name, lines in corpus.spoken_lines(built).items()
              if lines and lines[-1][1] > SHORTEST_EPISODE}
    names = list(spoken)
    with tempfile.TemporaryDirectory() as scratch:
        asked = _Asked(program, home, pathlib.Path(scratch))
        document = {}
        for number, name in enumerate(names):
            lines = subtitled(np.random.default_rng([built["seed"], number]), spoken[name])
            other = names[(number + 1) % len(names)]
            foreign = subtitled(np.random.default_rng([built["seed"], number]), spoken[other])
            document[name] = {
                "lines": len(lines),
                "unshifted": asked.offer(name, lines),
                "shifted": {str(late): asked.offer(name, [(a + late, b + late) for a, b in lines]) for late in SHIFTS},
                "rates": [asked.offer(name, [(a * rate, b * rate) for a, b in lines]) for rate in RATES],
                "foreign": asked.offer(name, foreign),
            }
            print(f"  subtitles: {name}: {json.dumps(document[name])}", flush=True)
    return document


@dataclass
class Sums:
    """Over the episodes of one half."""

    quiet: int = 0  # where nothing was said of subtitles that lie right
    shifted: int = 0
    right: int = 0  # of the shifted, offered what lays them right
    wrong: int = 0  # offered something else
    largest_error: float = 0.0  # of the right ones
    rates: int = 0
    rates_told: int = 0
    foreign_quiet: int = 0


def sums(document):
    total = Sums()
    for episode in document.values():
        total.quiet += not episode["unshifted"]["warned"]
        total.foreign_quiet += not episode["foreign"]["warned"]
        total.rates += len(episode["rates"])
        total.rates_told += sum(each["warned"] and each["shift"] is None for each in episode["rates"])
        for late, offer in episode["shifted"].items():
            total.shifted += 1
            if offer["shift"] is None:
                continue
            error = abs(offer["shift"] + float(late))
            is_right = error <= TOLERANCE
            total.right += is_right
            total.wrong += not is_right
            if is_right:
                total.largest_error = max(total.largest_error, error)
    return total


def subtitled(rng, spoken):
    """The lines as (start, end) that people would show for what is spoken, [(start, end)]."""
    lines = []
    for start, end in spoken:
        if rng.random() < MISSING:
            continue
        count = max(1, int(np.ceil((end - start) / LONGEST_LINE)))
        for part in range(count):
            first = start + (end - start) * part / count + rng.uniform(EARLIEST, LATEST_START)
            last = start + (end - start) * (part + 1) / count + rng.uniform(0, LONGEST_STAY)
            lines.append((first, max(last, first + SHORTEST_SHOWN)))
    lines.sort()
    shown = [(a, min(b, after)) for (a, b), (after, _) in zip(lines, lines[1:] + [(np.inf, 0)])]
    return [(float(a), float(b)) for a, b in shown if b - a > 0.1]


def text(lines):
    """SubRip; what lies before 0 is left out, as it can't be written."""
    shown = [(a, b) for a, b in lines if a >= 0]
    return "".join(f"{number}\n{_clock(a)} --> {_clock(b)}\nLine {number}\n\n" for number, (a, b) in enumerate(shown, 1))


def _clock(seconds):
    milliseconds = round(seconds * 1000)
    return (f"{milliseconds // 3600000:02}:{milliseconds // 60000 % 60:02}:{milliseconds // 1000 % 60:02},"
            f"{milliseconds % 1000:03}")


class _Asked:
    """The program on a desk that holds nothing but the episodes it was asked about."""

    def __init__(self, program, home, scratch):
        self._program, self._home, self._scratch = program, home, scratch
        self._desk = scratch / "desk"
        nothing = scratch / "nothing"
        nothing.mkdir()
        self._run("add", nothing)

    def offer(self, name, lines):
        """{"shift", "warned"}: the shift offered and whether anything is said of how the subtitles lie."""
        file = self._scratch / "lines.srt"
        file.write_text(text(lines))
        document = json.loads(self._run("spot", self._home / name, "--subtitles", file, "--json").output)
        warned = any(warning.startswith("the subtitles") for warning in document["warnings"])
        return {"shift": document["subtitle_shift"], "warned": warned}

    def _run(self, *arguments):
        run = cost.measure([self._program, "--desk", self._desk, *arguments])
        if run.exit_code != 0:
            raise spotters.SpotterFailed(f"needledrop {arguments[0]} ended with {run.exit_code}: {run.messages}")
        return run
