#!/usr/bin/python3
"""Measures needledrop's accuracy and cost, with Chromaprint beside it, and writes docs/accuracy.md.

    eval/run.py                                  what `make eval` does: both halves
    eval/run.py --half development               one half; episodes and truths stay under build/eval/development
    eval/run.py --half development --build-only  only make the material
    eval/run.py --only-score                     score what the last run found again
    eval/run.py --only pictures                  only shots, scenes and located clips; or only the `sound`
    eval/run.py --quick                          a small set, to see that everything works
    eval/run.py --padded 5000                    also on a desk with so many synthetic recordings more
"""

import argparse
import concurrent.futures
import json
import pathlib
import subprocess
import sys
import time

import clips
import corpus
import footage_results
import footage_set
import footage_trial
import material
import report
import results
import spotters
import trial

PARTS = ("sound", "pictures")
COST_HALF = "development"  # whose pictures the long file for cost is made of
ROOT = pathlib.Path(__file__).resolve().parent.parent


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/needledrop")
    parser.add_argument("--matcher", type=pathlib.Path, help="default: eval/chromaprint_matcher beside the program")
    parser.add_argument("--padded", type=int, default=0, metavar="COUNT")
    parser.add_argument("--half", choices=(*corpus.HALVES, "both"), default="both")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build/eval")
    parser.add_argument("--output", type=pathlib.Path, help="default: docs/accuracy.md for both halves at full size, "
                        "else accuracy.md in the work folder")
    parser.add_argument("--seed", type=int, default=corpus.SEED)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--build-only", action="store_true")
    parser.add_argument("--only-score", action="store_true")
    parser.add_argument("--only", choices=PARTS)
    options = parser.parse_args()
    options.tools = options.program.resolve().parent / "eval"
    options.matcher = options.matcher or options.tools / "chromaprint_matcher"
    return options


def build(options, half):
    """Builds the material in a process of its own, whose memory it gives back."""
    begin = time.monotonic()
    with concurrent.futures.ProcessPoolExecutor(1) as child:
        built = child.submit(corpus.build, half, options.work, options.seed, options.quick).result()
    print(f"{half}: {len(built['recordings'])} recordings and {len(built['episodes'])} episodes in "
          f"{corpus.home(options.work, half, options.quick)} ({time.monotonic() - begin:.0f} s)", flush=True)
    return built


def build_pictures(options, half):
    """The same for episodes with a picture and the clips out of them; (the set, what it was made of)."""
    begin = time.monotonic()
    stock = footage_set.Stock(half, options.seed)
    built = footage_set.build(stock, options.work, options.seed, options.quick)
    place = footage_set.home(options.work, half, options.quick)
    clips.build(stock, place, options.seed, options.quick)
    if half == COST_HALF and not options.quick:
        footage_set.build_long(stock, place, options.seed)
    print(f"{half}: {len(built['episodes'])} episodes with a picture in {place} ({time.monotonic() - begin:.0f} s)",
          flush=True)
    return built, stock


def run_pictures(options, half, built, stock):
    place = footage_set.home(options.work, half, options.quick)
    needledrop = spotters.Needledrop(options.program, place)
    footage_trial.find(place, built, stock, needledrop)
    footage_trial.locate(place, clips.listed(place), needledrop)
    if half == COST_HALF and not options.quick:
        footage_trial.measure_cost(place, needledrop)


def run_sound(options, half, built):
    home = corpus.home(options.work, half, options.quick)
    trial.forget(home)
    needledrop = spotters.Needledrop(options.program, home)
    for spotter in (needledrop, spotters.Chromaprint(options.matcher, home)):
        trial.find(home, built, spotter)
    trial.measure_decoding(home, built)
    trial.check_same_bytes(home, built, needledrop)
    if options.padded:
        trial.find_padded(home, built, needledrop, options.tools / "pad_desk", options.padded)
    if half == "development" and (options.tools / "ablation").exists() and not options.quick:
        trial.find_ablated(home, built, needledrop, options.tools / "ablation")
    if half != "development" and not options.quick:
        trial.measure_long(home, built, needledrop)


def version(program):
    shown = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return shown.stdout.strip().removeprefix("needledrop ") or "of unknown version"


def command(options):
    """What to type to get the same figures again."""
    if options.half == "both" and not options.quick and not options.only and options.seed == corpus.SEED:
        return "make eval"
    return " ".join(["eval/run.py", f"--half {options.half}", f"--seed {options.seed}"]
                    + [f"--only {options.only}"] * bool(options.only)
                    + ["--quick"] * options.quick + [f"--padded {options.padded}"] * bool(options.padded))


def main():
    options = arguments()
    halves = list(corpus.HALVES) if options.half == "both" else [options.half]
    parts = [options.only] if options.only else list(PARTS)
    print(f"seed {options.seed}", flush=True)
    scored = {"seed": options.seed, "quick": options.quick, "command": command(options),
              "halves": {half: {} for half in halves}}
    for part in parts:
        one = {"sound": _sound, "pictures": _pictures}[part]
        for half in halves:
            scored["halves"][half].update(one(options, half))
    if options.build_only:
        return 0
    scored["version"] = version(options.program)
    (options.work / "results.json").write_text(json.dumps(scored, indent=1))
    is_whole = options.half == "both" and not options.quick and not options.only
    output = options.output or (ROOT / "docs" if is_whole else options.work) / "accuracy.md"
    report.write(output, scored)
    print(f"written: {output}")
    return 0


def _sound(options, half):
    """What the half's sound amounts to."""
    built = build(options, half)
    if options.build_only:
        return {}
    if not options.only_score:
        run_sound(options, half, built)
    return results.of_half(options.work, half, built, (spotters.Needledrop.name, spotters.Chromaprint.name))


def _pictures(options, half):
    """What its pictures amount to."""
    built, stock = build_pictures(options, half)
    if options.build_only:
        return {}
    if not options.only_score:
        run_pictures(options, half, built, stock)
    place = footage_set.home(options.work, half, options.quick)
    return {"pictures": footage_results.of_half(place, built)}


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (material.Unavailable, spotters.SpotterFailed) as failure:
        sys.exit(f"eval: {failure}")
