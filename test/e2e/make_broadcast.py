"""make_broadcast.py FOLDER RECORDING...: an episode as the evaluation makes them, of three recordings.

A program of its own, as the evaluation's modules have names of their own. Prints what was planted as JSON.
"""

import json
import pathlib
import sys
import types

SEED = 20260322
# (which recording, level over the dialogue in dB, seconds, seconds of fading out)
STORY = ((0, 5, 12, 1.0), (1, 0, 14, 2.0), (2, -5, 16, 0.0), (0, 3, 8, 0.0))
PAUSE = 6.0  # seconds from one cue to the next
TALK, BUSY_TALK = (0.5, 3.0), (0.05, 0.3)  # shortest and longest pause, s


def recording(path):
    return types.SimpleNamespace(path=pathlib.Path(path), name=pathlib.Path(path).name, version="", texture="", kin=())


def story_of(plan, rows, recordings):
    cues, scenes, now = [], [], PAUSE
    for which, level, length, fade_out in STORY:
        wanted = rows.Wanted("story", "dialogue", level, length)
        cues.append(plan.Cue(wanted, recordings[which], True, now, [plan.Piece(0.0, 3.0, length)], 0.0, fade_out))
        scenes.append(plan.Scene(now - PAUSE + plan.MARGIN, now - plan.MARGIN, "room", -45.0, TALK))
        scenes.append(plan.Scene(now - plan.MARGIN, now + length + plan.MARGIN, "crowd", -44.0, BUSY_TALK))
        now += length + PAUSE
    return plan.Episode(1, "stereo", rows.Delivery(bit_rate=128), "", True, cues, scenes, now)


def main():
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "eval"))
    import episode
    import numpy as np
    import plan
    import rows

    recordings = [recording(path) for path in sys.argv[2:]]
    truth = episode.build(story_of(plan, rows, recordings), np.random.default_rng(SEED), "demonstration", sys.argv[1])
    print(json.dumps(truth))


if __name__ == "__main__":
    main()
