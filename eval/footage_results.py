"""What a trial over pictures amounts to: found shots, scenes and places of a half as one document for the report."""

import collections
import dataclasses

import clips
import footage_set
import footage_trial
import locate_score
import scdet
import shot_score
import trial

MODES = footage_trial.MODES
SCDET_DEFAULT, SCDET_BEST = f"{scdet.NAME}, default", f"{scdet.NAME}, best"


def of_half(place, built):
    truths = footage_set.truths(place)
    return {"set": _describe(built, truths), **_shots(place, truths), "scenes": _scenes(place, truths),
            "family_cost": _family_cost(place, truths), "cost": trial.stored(place, "cost"),
            "located": _located(clips.listed(place), trial.stored(place, "located"))}


def _shots(place, truths):
    """{"shots": {system: {"families": {family: {"cuts", "gradual"}}, "false", "missed_gradual", "same_kind"}},
    "threshold": scdet's best}."""
    found = {f"needledrop, {mode}": {name: each["cuts"] for name, each in trial.stored(place, mode).items()}
             for mode in MODES}
    scored = trial.stored(place, "scdet")
    best = scdet.best_threshold(truths, scored)
    for name, threshold in ((SCDET_DEFAULT, scdet.DEFAULT_THRESHOLD), (SCDET_BEST, best)):
        found[name] = {t["episode"]: scdet.cuts(t, scored[t["episode"]], threshold) for t in truths}
    return {"shots": {name: _system(truths, each) for name, each in found.items()}, "threshold": best}


def _system(truths, found):
    families, false, same = {}, collections.Counter(), [0, 0]
    for truth in truths:
        cuts = found[truth["episode"]]
        hard, gradual = shot_score.cuts(truth, cuts), shot_score.graduals(truth, cuts)
        families[truth["family"]] = {"cuts": dataclasses.asdict(hard.counts),
                                     "gradual": dataclasses.asdict(gradual.counts)}
        claimed = shot_score.hard(cuts)
        false.update(shot_score.cause(truth, claimed[k]["time"]) for k in hard.false)
        same = [a + b for a, b in zip(same, shot_score.same_kind(truth, cuts))]
    return {"families": families, "false": dict(sorted(false.items())), "same_kind": same}


def _scenes(place, truths):
    """{mode: {family: {"boundaries": {tolerance: counts}, "real", "claimed": IoUs}}}."""
    scenes = {}
    for mode in MODES:
        found = trial.stored(place, mode)
        scenes[mode] = {truth["family"]: _scenes_of(truth, found[truth["episode"]]["scenes"]) for truth in truths}
    return scenes


def _scenes_of(truth, found):
    real, claimed = shot_score.scene_overlaps(truth, found)
    return {"titles": dataclasses.asdict(shot_score.titles(truth, found)),
            "boundaries": {str(seconds): dataclasses.asdict(shot_score.scene_boundaries(truth, found, seconds).counts)
                           for seconds in shot_score.SCENE_SECONDS}, "real": real, "claimed": claimed}


def _family_cost(place, truths):
    """{family: {"decode", "exact", "fast"}} in CPU seconds."""
    decoding = trial.stored(place, "decoding")
    found = {mode: trial.stored(place, mode) for mode in MODES}
    return {truth["family"]: {"decode": decoding[truth["episode"]],
                              **{mode: found[mode][truth["episode"]]["scenes_cpu"] for mode in MODES}}
            for truth in truths}


def _located(asked, found):
    """{kind: {"own" | "replaced": counts}}; None when nothing was asked for."""
    if not asked or not found:
        return None
    kinds = {}
    for clip in asked:
        counts = kinds.setdefault(clip["kind"], {}).setdefault(clip["sound"], locate_score.Located())
        kinds[clip["kind"]][clip["sound"]] = counts + locate_score.located(clip, found[clip["clip"]]["places"])
    return {kind: {sound: dataclasses.asdict(counts) for sound, counts in sounds.items()}
            for kind, sounds in kinds.items()}


def _describe(built, truths):
    cuts = [cut for truth in truths for cut in truth["cuts"]]
    return {
        "episodes": len(truths),
        "minutes": sum(truth["duration"] for truth in truths) / 60,
        **{kind: sum(cut["kind"] == kind for cut in cuts) for kind in ("cut", "dissolve", "fade")},
        "decoys": sum(len(truth["decoys"]) for truth in truths),
        "scenes": sum(len(truth["scenes"]) for truth in truths),
        "pictures": built["pictures"], "figures": built["figures"],
        "credits": built["credits"],
    }


def total(system, kind):
    """The Counts of all families of a system together; kind: "cuts" or "gradual"."""
    return sum((shot_score.Counts(**each[kind]) for each in system["families"].values()), shot_score.Counts())


def boundaries(scenes, seconds):
    """The Counts of all scene boundaries of a mode."""
    return sum((shot_score.Counts(**each["boundaries"][str(seconds)]) for each in scenes.values()),
               shot_score.Counts())


def titles(scenes):
    """The Counts of all openings and endings of a mode."""
    return sum((shot_score.Counts(**each["titles"]) for each in scenes.values()), shot_score.Counts())


def mean_iou(scenes):
    """Over all scenes: the mean of the true ones' mean and of the found ones'; None where there are none."""
    real = [value for each in scenes.values() for value in each["real"]]
    claimed = [value for each in scenes.values() for value in each["claimed"]]
    if not real or not claimed:
        return 0.0 if real else None
    return (sum(real) / len(real) + sum(claimed) / len(claimed)) / 2


def sources(located, kinds=None, sound=None):
    """The Located of those clips; None stands for all kinds (foreign ones have no source) and any sound."""
    return sum((locate_score.Located(**counts) for kind, sounds in located.items() if kinds is None or kind in kinds
                for name, counts in sounds.items() if sound in (None, name)), locate_score.Located())
