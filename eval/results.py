"""What a trial amounts to: found spots and truths of a half as one JSON document, all that the report needs."""

import dataclasses
import json

import corpus
import returning
import sameness
import score
import trial

KEPT_OF_A_CUE = ("recording", "start", "end", "length", "level_db", "planned_level_db", "channel", "group", "row",
                 "modification", "texture", "version", "differs", "treatments")
THRESHOLDS = [step / 50 for step in range(50)] + [0.99, 0.999, 1.0]  # of confidence
LOOPS = "shared loop"
BIN_COUNT = 10  # of the calibration curve


def of_half(folder, half, built, systems):
    """{"set", "systems": {name: see of_system}, "decoding_cpu", ...}."""
    home = corpus.home(folder, half, built["quick"])
    truths = corpus.truths(home)
    is_same = sameness.Sameness(home / "recordings")
    found = {name: trial.stored(home, name) for name in systems}
    decoding = trial.stored(home, "decoding")
    family = Families(home)
    again = lambda name: of_system(truths, trial.stored(home, name), is_same, family)
    padded = next(iter(sorted((home / "found").glob("padded-*.json"))), None)
    return {
        "set": _describe(built, truths, home),
        "systems": {name: of_system(truths, document, is_same, family)
                    for name, document in found.items() if document},
        "decoding_cpu": sum(decoding.values()) if decoding else None,
        "padded": padded and {"count": int(padded.stem.split("-")[1]), "found": again(padded.stem)},
        "ablation": {stage: again(f"ablation-{number}")
                     for number, stage in enumerate(trial.stored(home, "ablation") or ())},
        "returning": _returning(truths, trial.stored(home, "returning"), Families(home, by_texture=True)),
        "long": trial.stored(home, "long"),
        "same_bytes": trial.stored(home, "same_bytes"),
        "subtitles": trial.stored(home, "subtitles"),
    }


class Families:
    """Gives a recording's name the name of its family: the first of the names of its versions; by texture, those that
    are built on the same loops are one family, too."""

    def __init__(self, home, by_texture=False):
        described = json.loads((home / "recordings.json").read_text())
        self._names = {each["recording"]: min([each["recording"], *each["kin"]]) for each in described}
        if by_texture:
            self._names.update({each["recording"]: LOOPS for each in described if each["texture"] == LOOPS})

    def __call__(self, recording):
        return self._names.get(recording, recording)


def of_system(truths, document, is_same, family):
    """All that is reported about what one system found in the episodes of a half."""
    cues, stray, spots_of = [], [], {}
    seconds, unidentified = score.Seconds(), score.Unidentified()
    for truth in truths:
        found = document["episodes"][truth["episode"]]
        spots = [_spot(spot) for spot in found["spots"]]
        spots_of[truth["episode"]] = spots
        cues += [_cue_row(truth, result) for result in score.cues(truth, spots, is_same)]
        stray += [_stray_row(truth, spot) for spot in score.stray(truth, spots, family)]
        seconds += score.seconds(truth, spots, family)
        unidentified += score.unidentified(truth, [(each["start"], each["end"]) for each in found["unidentified"]])
    costs = document["episodes"].values()
    return {
        "cues": cues,
        "stray": stray,
        "seconds": dataclasses.asdict(seconds),
        "unidentified": dataclasses.asdict(unidentified),
        "operating": _operating(truths, spots_of, family),
        "calibration": _calibration(truths, spots_of, family),
        "learn": document["learn"],
        "spot": {"cpu": sum(c["cpu"] for c in costs), "memory_mb": max(c["memory_mb"] for c in costs)},
    }


def _returning(truths, found, family):
    """What returning.score says of what was found, with its cost; None when it was not looked for."""
    if not found:
        return None
    return {**returning.score(truths, found["recurrences"], family), "cpu": found["cpu"],
            "memory_mb": found["memory_mb"]}


def _spot(document):
    alternatives = [{"recording": other["recording"]} for other in document.get("alternatives", ())]
    return score.spot_of({**document, "alternatives": alternatives}, document["recording"])


def _operating(truths, spots_of, family):
    """[(threshold of confidence, recall by seconds, false seconds an hour without catalogued music, precision)]."""
    points = []
    for threshold in THRESHOLDS:
        total = score.Seconds()
        for truth in truths:
            kept = [s for s in spots_of[truth["episode"]] if s.confidence is None or s.confidence >= threshold]
            total += score.seconds(truth, kept, family)
        false = 3600 * total.covered_without_music / total.without_music
        points.append((threshold, total.recall, false, total.precision))
    return points


def _calibration(truths, spots_of, family):
    """[(mean confidence, share that is right, count)] of the spots in each tenth of confidence that has any."""
    judged = [(spot.confidence, score.is_right(truth, spot, family))
              for truth in truths for spot in spots_of[truth["episode"]] if spot.confidence is not None]
    bins = [[each for each in judged if min(BIN_COUNT - 1, int(each[0] * BIN_COUNT)) == index]
            for index in range(BIN_COUNT)]
    return [(sum(c for c, _ in each) / len(each), sum(right for _, right in each) / len(each), len(each))
            for each in bins if each]


def _cue_row(truth, result):
    cue = result.cue
    row = {"episode": truth["episode"], **{key: cue[key] for key in KEPT_OF_A_CUE}, "share": result.share,
           "is_found": result.is_found, "start_error": result.start_error, "end_error": result.end_error}
    if result.is_found:
        row["from_loudspeaker"] = any(spot.from_loudspeaker for spot in result.spots)
        row["rate_error"] = abs(result.rate / cue["rate"] - 1)
        row["pitch_error"] = None if result.pitch is None else abs(result.pitch / cue["pitch"] - 1)
        if cue["differs"] is not None:
            row["names"], row["is_right_version"] = score.version_choice(result)
    return row


def _stray_row(truth, spot):
    """A false spot, with the uncatalogued music that it may have mistaken."""
    meant = [cue["recording"] for cue in truth["uncatalogued"] if cue["start"] < spot.end and spot.start < cue["end"]]
    return {"episode": truth["episode"], "recording": spot.recording, "start": spot.start, "end": spot.end,
            "uncatalogued": meant}


def _describe(built, truths, home):
    """The properties that the set was built to have, as they turned out."""
    cues = [cue for truth in truths for cue in truth["cues"]]
    described = json.loads((home / "recordings.json").read_text())
    length = {each["recording"]: each["seconds"] for each in described}
    in_dialogue = [cue for cue in cues if cue["row"] == "dialogue"]
    ranges = [cue["side_range_db"] for cue in in_dialogue if cue["side_range_db"] is not None]
    spoken = sum(truth["dialogue_seconds"] for truth in truths)
    return {
        "recordings": len(built["recordings"]),
        "catalogued_hours": sum(length[name] for name in built["recordings"]) / 3600,
        "families": sum(bool(each["kin"]) for each in described) // 2,
        "kept_out": len(built["kept_out"]),
        "episodes": len(truths),
        "hours": sum(truth["duration"] for truth in truths) / 3600,
        "cues": len(cues),
        "uncatalogued": sum(len(truth["uncatalogued"]) for truth in truths),
        "shortest": min(cue["length"] for cue in cues),
        "longest": max(cue["length"] for cue in cues),
        "largest_level_error_db": max(abs(cue["level_db"] - cue["planned_level_db"]) for cue in cues),
        "least_dialogue_coverage": min(cue["dialogue_coverage"] for cue in in_dialogue),
        "largest_side_range_db": max(ranges),
        "dialogue_minutes": spoken / 60,
        "real_dialogue_share": sum(truth["real_dialogue_seconds"] for truth in truths) / spoken,
        "largest_timing_error_ms": max(abs(truth["timing_error_ms"]) for truth in truths),
        "credits": built["credits"],
    }
