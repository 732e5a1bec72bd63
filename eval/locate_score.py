"""Scores where clips were said to come from. Pure: it reads no files and knows no program.

A source of a clip counts as found when a place names its episode and, at the same time of the clip, a time of the
episode at most OFFSET_SECONDS off, and when the places that do so cover at least half of the source. All other places
are false, in foreign footage each of them.
"""

import pathlib
from dataclasses import dataclass

OFFSET_SECONDS = 1.0
COVERED = 0.5  # of a source
ROUNDING = 1e-3  # seconds


@dataclass
class Located:
    """Of one clip, or of several."""

    sources: int = 0
    found: int = 0
    false: int = 0  # places

    def __add__(self, other):
        return Located(self.sources + other.sources, self.found + other.found, self.false + other.false)

    @property
    def recall(self):
        return self.found / self.sources if self.sources else None


def located(clip, places):
    """The Located of one clip; `places` as `needledrop locate --json` lists them."""
    right = [[place for place in places if _agrees(source, place)] for source in clip["sources"]]
    found = sum(_covered(source, mine) >= COVERED * (source["end"] - source["start"])
                for source, mine in zip(clip["sources"], right))
    false = [place for place in places if not any(place in mine for mine in right)]
    return Located(len(clip["sources"]), found, len(false))


def _agrees(source, place):
    if pathlib.Path(place["episode"]["path"]).name != source["episode"]:
        return False
    offset = (place["episode_start"] - place["start"]) - (source["episode_start"] - source["start"])
    return abs(offset) <= OFFSET_SECONDS + ROUNDING and _common(source, place) > 0


def _common(source, place):
    return max(0.0, min(source["end"], place["end"]) - max(source["start"], place["start"]))


def _covered(source, places):
    """Seconds of the source within one of the places."""
    covered, reached = 0.0, source["start"]
    for place in sorted(places, key=lambda each: each["start"]):
        start, end = max(reached, place["start"]), min(source["end"], place["end"])
        covered += max(0.0, end - start)
        reached = max(reached, end)
    return covered
