"""The sections of docs/accuracy.md about pictures: shots, scenes and located footage, bad rows included."""

import footage_results
import locate_score
import shot_score
from tables import number, table

MODES = footage_results.MODES


def sections(results, halves):
    """The sections, of those halves whose pictures were looked at."""
    seen = [half for half in halves if results["halves"][half].get("pictures")]
    if not seen:
        return []
    of = lambda half: results["halves"][half]["pictures"]
    return ["\n\n".join([_shots_head(), *(_half(half, of(half)) for half in seen), _cost(seen, of)]),
            _located(seen, of)]


def _shots_head():
    return f"""## Shots and scenes

Episodes whose every cut is known, filmed from real pictures (wallpapers, photographs and paintings of Debian packages)
with people before them: panned, zoomed, hand-held, walking and whipped cameras, film grain, night and fog, shots of
one place from several sides. Flashes, lightning, strobes, flickering light, things that pass close by, writing and
split screens are no cuts. Keyframes lie at fixed distances but in "scene-cut keyframes". Halves share no picture.

**Cuts**: F1, one-to-one, at most {shot_score.CUT_FRAMES} picture off; a cut found within a dissolve or a flash is
false. **Dissolves and fades**: F1 of their middles, at most {shot_score.GRADUAL_SECONDS} s off. **scdet** is FFmpeg's
filter, on the same files in the same run, at its default threshold and at the one that is best for these very files.
**Scenes**: F1 of the boundaries within {shot_score.SCENE_SECONDS[0]:.0f} s and {shot_score.SCENE_SECONDS[1]:.0f} s,
and the mean IoU of each scene with its best partner, both ways; openings and endings, which three episodes have in
common, are right with their role and an IoU of {shot_score.TITLES_IOU} or more."""


def _half(half, measured):
    described = measured["set"]
    return f"""### {half.capitalize()}: {described["episodes"]} episodes, {described["minutes"]:.0f} min, \
{described["pictures"]} pictures

{_cuts(measured)}

{_gradual(measured)}

{_false(measured)}

{_scenes(measured)}"""


def _cuts(measured):
    systems = measured["shots"]
    shown = lambda counts: number(counts.f1, 3)
    lines = []
    for family in next(iter(systems.values()))["families"]:
        counts = [shot_score.Counts(**system["families"][family]["cuts"]) for system in systems.values()]
        lines.append((family, counts[0].right + counts[0].missed, *map(shown, counts)))
    totals = [footage_results.total(system, "cuts") for system in systems.values()]
    lines.append(("**all**", totals[0].right + totals[0].missed, *map(shown, totals)))
    for name, value in (("precision", lambda c: c.precision), ("recall", lambda c: c.recall)):
        lines.append((f"{name}, all", "", *(number(value(counts), 3) for counts in totals)))
    threshold = f"scdet, best ({measured['threshold']:.1f})"
    return table(("cuts: F1", "number", *list(systems)[:-1], threshold), lines)


def _gradual(measured):
    systems = {name: system for name, system in measured["shots"].items() if "scdet" not in name}
    lines = []
    for family in next(iter(systems.values()))["families"]:
        counts = [shot_score.Counts(**system["families"][family]["gradual"]) for system in systems.values()]
        lines.append((family, counts[0].right + counts[0].missed, *(number(each.f1, 3) for each in counts)))
    totals = [footage_results.total(system, "gradual") for system in systems.values()]
    lines.append(("**all**", totals[0].right + totals[0].missed, *(number(each.f1, 3) for each in totals)))
    lines.append(("found ones that are of the right kind", "",
                  *(f"{right} of {found}" for right, found in (system["same_kind"] for system in systems.values()))))
    return table(("dissolves and fades: F1", "number", *systems), lines)


def _false(measured):
    systems = measured["shots"]
    causes = sorted({cause for system in systems.values() for cause in system["false"]})
    lines = [(cause, *(system["false"].get(cause, 0) for system in systems.values())) for cause in causes]
    return table(("false cuts by what was there", *systems), lines or [("none", *(0 for _ in systems))])


def _scenes(measured):
    near, far = shot_score.SCENE_SECONDS
    lines = []
    for mode in MODES:
        scenes = measured["scenes"][mode]
        counts = [footage_results.boundaries(scenes, seconds) for seconds in (near, far)]
        lines.append((f"needledrop, {mode}", measured["set"]["scenes"], counts[0].right + counts[0].missed,
                      *(number(value, 3) for value in (counts[0].f1, counts[0].precision, counts[0].recall,
                                                       counts[1].f1, footage_results.mean_iou(scenes))),
                      _titles(footage_results.titles(scenes))))
    return table(("", "scenes", "boundaries", f"F1, {near:.0f} s", "precision", "recall", f"F1, {far:.0f} s",
                  "mean IoU", "openings and endings"), lines)


def _titles(counts):
    return f"{counts.right} of {counts.right + counts.missed}, {counts.false} false"


def _cost(halves, of):
    lines = []
    for half in halves:
        cost = of(half)["cost"]
        if cost:
            lines.append((f"**1080p25 H.264, 5 Mb/s, 2 s GOPs**, {half}", number(cost["decode"] / cost["hours"], 0),
                          *(number(cost[mode] / cost["decode"]) for mode in MODES)))
    hours = {half: of(half)["set"]["minutes"] / 60 for half in halves}
    for half in halves:
        lines += [(f"{family}, {half}", "", *(number(each[mode] / each["decode"]) for mode in MODES))
                  for family, each in of(half)["family_cost"].items()]
        every = of(half)["family_cost"].values()
        lines.append((f"all, {half}", number(sum(each["decode"] for each in every) / hours[half], 0),
                      *(number(sum(each[mode] for each in every) / sum(each["decode"] for each in every))
                        for mode in MODES)))
    return """### Cost

CPU seconds of the picture alone over those of `ffmpeg -threads 1 -i FILE -an -f null -`; the first line is a file of
5 min (some 2 min of footage, repeated; shots of 5 s on average) and the median of three runs, the others are one run
each of small pictures.

""" + table(("", "decoding, CPU s an hour", *(f"{mode} / decoding" for mode in MODES)), lines)


def _located(halves, of):
    measured = [(half, of(half)["located"]) for half in halves if of(half)["located"]]
    if not measured:
        return ""
    shown = lambda counts: f"{counts.found} of {counts.sources}" if counts.sources else "–"
    kinds = [kind for kind in measured[0][1] if kind != "foreign"]
    lines = []
    for kind in kinds:
        cells = []
        for _, located in measured:
            mine = [footage_results.sources(located, (kind,), sound) for sound in ("own", "replaced")]
            cells += [*map(shown, mine), mine[0].false + mine[1].false]
        lines.append((kind, *cells))
    foreign = []
    for _, located in measured:
        foreign += ["–", "–", footage_results.sources(located, ("foreign",)).false]
    lines.append(("foreign footage", *foreign))
    header = [text for half, _ in measured
              for text in (f"{half}: own sound", "sound replaced", "false places")]
    return f"""## Locating footage

Clips of 10 s out of the episodes above (of a recut two times 5 s, each a source of its own), and clips out of footage
of no episode, with pictures, figures, music and voices that none of them has. **Found**: the right episode, at most
{locate_score.OFFSET_SECONDS:.0f} s off, over at least half of the source. Every other place is false.

""" + table(("clip", *header), lines)
