"""Runs needledrop and scdet over the pictures of a built half, and keeps what they found and what it cost.

Under <half>-pictures/found/ lie
    exact.json, fast.json   {file: {"cuts", "scenes", "scenes_cpu"}} as `needledrop spot --scenes MODE` says
    scdet.json              {file: [the filter's score of each picture]}
    decoding.json           {file: CPU seconds that FFmpeg alone needs for the picture}
    cost.json               medians of the long 1080p file: {"decode", "exact", "fast", "hours"}
    located.json            {clip: {"places", "cpu"}}
"""

import statistics

import cost
import footage_set
import material
import scdet
import trial

MODES = ("exact", "fast")
REPEATS = 3  # of the cost of which the median counts


def find(place, built, stock, needledrop):
    """All of it but the cost of the long file."""
    trial.forget(place)
    (place / "recordings").mkdir(exist_ok=True)
    for recording in stock.recordings:
        material.link(recording, place / "recordings")
    needledrop.learn(place / "recordings")
    # The desk keeps the scenes that were found last, and locate looks among them: those of the default mode.
    for mode in MODES:
        found = {name: needledrop.scenes(place / name, mode) for name in built["episodes"]}
        # An opening is known as one once a second episode has it.
        for name, each in found.items():
            each["scenes"] = needledrop.scenes_as_known(place / name)
        trial.store(place, mode, found)
        print(f"  needledrop: scenes of {len(built['episodes'])} episodes, {mode}", flush=True)
    trial.store(place, "scdet", {name: scdet.scores(place / name) for name in built["episodes"]})
    trial.store(place, "decoding", {name: decoding_cpu(place / name) for name in built["episodes"]})


def locate(place, clips, needledrop):
    found = {}
    for clip in clips:
        places, run = needledrop.locate(place / "clips" / clip["clip"])
        found[clip["clip"]] = {"places": places, "cpu": round(run.cpu, 3)}
    trial.store(place, "located", found)


def measure_cost(place, needledrop):
    """The cost of the picture of the long 1080p file, beside that of decoding it fully; each in turn, so that what
    else the machine does hits all alike."""
    media = footage_set.long_file(place)
    runs = {"decode": [], **{mode: [] for mode in MODES}}
    for _ in range(REPEATS):
        runs["decode"].append(decoding_cpu(media))
        for mode in MODES:
            runs[mode].append(needledrop.scenes(media, mode)["scenes_cpu"])
    hours = footage_set.LONG_SECONDS / 3600
    trial.store(place, "cost", {"hours": hours, **{name: statistics.median(each) for name, each in runs.items()}})


def decoding_cpu(media):
    """CPU seconds of decoding the picture with one thread and doing nothing with it."""
    command = ["ffmpeg", "-v", "error", "-nostdin", "-threads", "1", "-i", media, "-an", "-f", "null", "-"]
    return cost.measure(command).cpu
