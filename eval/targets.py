"""The targets of the project beside what was measured: one line each, reached or by how much it is missed."""

import footage_results
import rows
import score
import shot_score
from tables import SHORTEST, at, found, is_ladder, modified, needledrop, number, table, unchanged

PAL = ("speed 25/24", "speed 24/25", "speed 1001/960", "speed 960/1001")
LARGEST_LOSS = 0.05  # of recall by a modification


def section(results, halves):
    header = ("", "target", *halves, *(f"{half}: verdict" for half in halves))
    lines = []
    measured = [{text: (value, limit) for text, _, value, limit in measures(results, half)} for half in halves]
    # What only one half is measured for, such as long files, has a line all the same.
    asked = {text: target for half in halves for text, target, _, _ in measures(results, half)}
    for text, target in asked.items():
        values = [each.get(text, (None, None))[0] for each in measured]
        verdicts = [_verdict(*each.get(text, (None, None))) for each in measured]
        lines.append((text, target, *(number(value, 3) for value in values), *verdicts))
    return f"""## Targets

Cues of {SHORTEST:.0f} s or more, and their recall by count, unless the line says otherwise.

{table(header, lines)}"""


def _verdict(value, limit):
    """limit: (+1 and the least, or -1 and the most), or None where nothing was asked for."""
    if value is None:
        return "not measured"
    if limit is None:
        return "–"
    sign, bound = limit
    missing = sign * (bound - value)
    return "reached" if missing <= 1e-9 else f"missed by {missing:.3f}"


def measures(results, half):
    """[(text, target as text, measured or None, limit)] of one half."""
    return (_sound(results, half) if results["halves"][half].get("systems") else []) + _pictures(
        results["halves"][half].get("pictures"))


def _sound(results, half):
    system = needledrop(results, half)
    ladder = [cue for cue in system["cues"] if is_ladder(cue)]
    of = lambda channel, level, row=None: found([c for c in ladder if at(channel, row, level)(c)])
    stereo = [value for level in rows.LEVELS if level >= -15 and (value := of("stereo", level)) is not None]
    lines = [("recall, stereo, lowest of +10 to -15 dB", ">= 0.97", min(stereo, default=None), (1, 0.97))]
    lines += [(f"recall, mono under dialogue, {level} dB", f">= {least}", of("mono", level, "dialogue"), (1, least))
              for level, least in ((0, 0.98), (-5, 0.96), (-10, 0.90), (-15, 0.75))]
    stingers = [c for c in system["cues"] if c["group"] == "stinger" and c["channel"] == "stereo"]
    lines.append(("recall, 3 s stingers at -5 dB, stereo", ">= 0.90", found(stingers), (1, 0.90)))
    return lines + _precision(system) + _boundaries(system) + _modifications(system) + _versions(system) + _cost(
        results, half)


def _precision(system):
    seconds = score.Seconds(**system["seconds"])
    music = score.Unidentified(**system["unidentified"])
    return [
        ("precision by seconds", ">= 0.99", seconds.precision, (1, 0.99)),
        ("false seconds an hour without catalogued music", "< 5",
         3600 * seconds.covered_without_music / seconds.without_music, (-1, 5)),
        ("unidentified music at -5 dB or more: precision by seconds", ">= 0.85", music.precision, (1, 0.85)),
        ("unidentified music at -5 dB or more: recall by seconds", ">= 0.85", music.recall, (1, 0.85)),
    ]


def _boundaries(system):
    cues = [c for c in system["cues"] if c["is_found"] and c["planned_level_db"] >= -10]
    lines = []
    for edge in ("start", "end"):
        median, most = score.median_and_90([c[f"{edge}_error"] for c in cues])
        lines += [(f"{edge} error at -10 dB or more, median, s", "<= 0.15", median, (-1, 0.15)),
                  (f"{edge} error at -10 dB or more, 90 %, s", "<= 0.5", most, (-1, 0.5))]
    return lines


def _modifications(system):
    groups = [("PAL speeds (4.17 %, 4.27 %, both ways)", PAL),
              ("tempo +-1-2 %", rows.CUE_MODIFICATIONS[:2]), ("pitch +-1-2 %", rows.CUE_MODIFICATIONS[2:4]),
              ("low-pass", ("low-pass (a radio)",)), ("room reverb", ("room reverb",))]
    lines = []
    for text, names in groups:
        cues = modified(system, *names)
        loss = unchanged(system, cues) - found(cues) if cues and unchanged(system, cues) is not None else None
        lines.append((f"recall lost by {text}", f"<= {LARGEST_LOSS}", loss, (-1, LARGEST_LOSS)))
    return lines


def _versions(system):
    judged = [c for c in system["cues"] if c.get("names")]
    right = lambda cues: sum(c["is_right_version"] for c in cues) / len(cues) if cues else None
    pair = [c for c in judged if c["version"] in ("vocal", "instrumental") and c["differs"]]
    return [("vocal or instrumental named right where they differ", ">= 0.95", right(pair), (1, 0.95)),
            ('"either" where versions don\'t differ', ">= 0.95", right([c for c in judged if not c["differs"]]),
             (1, 0.95))]


def _cost(results, half):
    measured = results["halves"][half]
    hours, decoding, cpu = measured["set"]["hours"], measured["decoding_cpu"], needledrop(results, half)["spot"]["cpu"]
    lines = [("CPU s per hour of episode, whole set", "<= 20", cpu / hours, (-1, 20)),
             ("CPU over decoding alone, whole set", "<= 2", cpu / decoding if decoding else None, (-1, 2))]
    ratios = {long["hours"]: long["cpu"] / long["decode_cpu"] for long in measured["long"] or ()}
    return lines + [(f"CPU over decoding alone, {hours} h of stereo", "<= 2", ratios.get(hours), (-1, 2))
                    for hours in sorted(_hours_measured(results))]


def _hours_measured(results):
    """Of the long episodes, in any half."""
    return {long["hours"] for half in results["halves"].values() for long in half["long"] or ()}


def _pictures(measured):
    """Of shots, scenes and located clips."""
    if not measured:
        return []
    exact, fast = (measured["shots"][f"needledrop, {mode}"] for mode in footage_results.MODES)
    of = lambda system, kind: footage_results.total(system, kind).f1
    losses = [of(exact, kind) - of(fast, kind) for kind in ("cuts", "gradual")]
    scenes = measured["scenes"]["exact"]
    lines = [("cuts: F1 at +-1 picture", ">= 0.97", of(exact, "cuts"), (1, 0.97)),
             ("dissolves and fades: F1 at +-0.3 s", ">= 0.85", of(exact, "gradual"), (1, 0.85)),
             ("F1 that the fast mode loses, cuts", "<= 0.03", losses[0], (-1, 0.03)),
             ("F1 that the fast mode loses, dissolves and fades", "<= 0.03", losses[1], (-1, 0.03)),
             ("scene boundaries: F1 at +-2 s", "shown",
              footage_results.boundaries(scenes, shot_score.SCENE_SECONDS[0]).f1, None),
             ("scenes: mean IoU", "shown", footage_results.mean_iou(scenes), None)]
    if cost := measured["cost"]:
        lines += [(f"scenes, {mode}, over decoding the picture, 1080p25", f"<= {most}", cost[mode] / cost["decode"],
                   (-1, most)) for mode, most in (("exact", 1.3), ("fast", 0.35))]
    if located := measured["located"]:
        of = lambda sound: footage_results.sources(located, None, sound).recall
        lines += [("10 s clips located, own sound", ">= 0.98", of("own"), (1, 0.98)),
                  ("10 s clips located, sound replaced", ">= 0.9", of("replaced"), (1, 0.9)),
                  ("places in foreign footage", "0", footage_results.sources(located, ("foreign",)).false, (-1, 0))]
    return lines
