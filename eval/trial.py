"""Runs the spotters over a built half and keeps what they found and what it cost, so that it can be scored again.

Under <half>/found/ lies for each spotter <name>.json:
    {"learn": cost, "episodes": {file: {"spots": [...], "unidentified": [...], cpu, wall, memory_mb}}}
decoding.json with the CPU seconds that FFmpeg alone needs to decode each episode, and returning.json with what returns
when no album is catalogued.
"""

import json
import shutil
import statistics
import subprocess

import cost
import spotters
import subtitles

DECODINGS = 3  # runs of which the median counts
LONG_HOURS = (1, 3)


def find(home, built, spotter):
    """Lets the spotter learn the half's recordings and spot its episodes."""
    learned = spotter.learn(home / "recordings")
    _find_in_episodes(home, built, spotter, spotter.name, learned)


def find_padded(home, built, needledrop, pad_desk, count):
    """Spots the episodes on a desk with `count` synthetic recordings more, which is removed again."""
    padded, made = needledrop.padded(pad_desk, count, home / "padded")
    _find_in_episodes(home, built, padded, f"padded-{count}", made)
    shutil.rmtree(home / "padded")


def find_ablated(home, built, needledrop, ablation):
    """Spots the episodes once for each stage that can be switched off."""
    stages = spotters.Ablated.stages(ablation)
    for number, stage in enumerate(stages):
        ablated = spotters.Ablated(ablation, stage, needledrop.desk)
        _find_in_episodes(home, built, ablated, f"ablation-{number}", None)
    store(home, "ablation", stages)


def find_returning(home, built, needledrop):
    """Spots the episodes on a desk that knows none of their music, which is removed again, and looks for what returns."""
    scratch = home / "returning"
    shutil.rmtree(scratch, ignore_errors=True)
    (scratch / "recordings").mkdir(parents=True)
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i", "anoisesrc=d=10:seed=1",
                    scratch / "recordings" / "noise.wav"], check=True)
    ignorant = needledrop.apart(scratch)
    ignorant.learn(scratch / "recordings")
    for name in built["episodes"]:
        ignorant.spot(home / name)
    recurrences, run = ignorant.recur()
    print(f"  returning: {len(recurrences)} recurrences, {run.cpu:.1f} CPU s", flush=True)
    store(home, "returning", {"recurrences": recurrences, **_cost(run)})
    shutil.rmtree(scratch)


def _find_in_episodes(home, built, spotter, name_of_trial, learned):
    episodes = {}
    for name in built["episodes"]:
        found, run = spotter.spot(home / name)
        episodes[name] = {**found, **_cost(run)}
        print(f"  {name_of_trial}: {name}: {len(found['spots'])} spots, {run.cpu:.1f} CPU s", flush=True)
    store(home, name_of_trial, {"learn": learned and _cost(learned), "episodes": episodes})


def measure_decoding(home, built):
    """What the decoding of each episode costs alone: the yardstick for all costs."""
    store(home, "decoding", {name: decoding_cpu(home / name) for name in built["episodes"]})


def decoding_cpu(media):
    command = ["ffmpeg", "-v", "error", "-nostdin", "-threads", "1", "-i", media, "-vn", "-f", "null", "-"]
    return statistics.median(cost.measure(command).cpu for _ in range(DECODINGS))


def measure_long(home, built, needledrop):
    """Cost and memory of `spot` on long episodes, which are the half's stereo episodes one after the other."""
    parts = [name for name in built["episodes"] if _channels(home / name) == 2 and name.endswith(".m4a")]
    measured = []
    for hours in LONG_HOURS:
        media = home / f"long_{hours}h.m4a"
        _join(home, parts, hours * 3600, media)
        run = needledrop.spot_apart(media, home / "desk-long.needledrop")
        measured.append({"hours": hours, "decode_cpu": decoding_cpu(media), **_cost(run)})
        print(f"  needledrop: {hours} h: {run.cpu:.1f} CPU s, {run.memory_mb:.0f} MB", flush=True)
    store(home, "long", measured)


def check_same_bytes(home, built, needledrop):
    """Whether an episode of each channel gives the same bytes with one core as with all."""
    samples = {_channels(home / name): name for name in built["episodes"]}
    scratch = home / "desk-again.needledrop"
    store(home, "same_bytes", {name: needledrop.gives_same_bytes(home / name, scratch)
                                for name in samples.values()})


def shift_subtitles(home, built, program):
    """Whether subtitles that lie beside the sound are noticed."""
    store(home, "subtitles", subtitles.measure(home, built, program))


def stored(home, name):
    path = home / "found" / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else None


def store(home, name, document):
    (home / "found").mkdir(exist_ok=True)
    (home / "found" / f"{name}.json").write_text(json.dumps(document, indent=1))


def _cost(run):
    return {"cpu": round(run.cpu, 3), "wall": round(run.wall, 3), "memory_mb": round(run.memory_mb, 1)}


def _channels(media):
    shown = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "a", "-show_entries", "stream=channels",
                            "-of", "csv=p=0", media], capture_output=True, check=True)
    return int(shown.stdout.split()[0])  # a transport stream is told once a programme


def _join(home, parts, seconds, target):
    """Copies the parts' packets one after the other, from the first again as often as needed."""
    total = sum(float(json.loads((home / name).with_suffix(".truth.json").read_text())["duration"]) for name in parts)
    names = parts * (int(seconds / total) + 1)
    listed = home / "long.txt"
    listed.write_text("".join(f"file '{name}'\n" for name in names))
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-nostdin", "-f", "concat", "-i", listed, "-t", str(seconds),
                    "-c", "copy", target], check=True)
    listed.unlink()


def forget(home):
    """Removes what an earlier trial found."""
    shutil.rmtree(home / "found", ignore_errors=True)
