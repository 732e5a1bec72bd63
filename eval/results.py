"""What a trial amounts to: found spots and truths of a half as one JSON document, all that the report needs."""

import dataclasses

import corpus
import sameness
import score
import trial


def of_half(folder, half, built, systems):
    """{"set", "systems": {name: {"cues", "stray", "seconds", "learn", "spot"}}, "decoding_cpu", ...}."""
    home = corpus.home(folder, half, built["quick"])
    truths = corpus.truths(home)
    is_same = sameness.Sameness(home / "recordings")
    found = {name: trial.stored(home, name) for name in systems}
    decoding = trial.stored(home, "decoding")
    return {
        "set": _describe(built, truths),
        "systems": {name: _of_system(truths, document, is_same) for name, document in found.items() if document},
        "decoding_cpu": sum(decoding.values()) if decoding else None,
        "long": trial.stored(home, "long"),
        "same_bytes": trial.stored(home, "same_bytes"),
    }


def _of_system(truths, document, is_same):
    cues, stray, seconds = [], [], score.Seconds()
    for truth in truths:
        documents = document["episodes"][truth["episode"]]["spots"]
        spots = [score.spot_of(spot, spot["recording"]) for spot in documents]
        cues += [_cue_row(truth, result) for result in score.cues(truth, spots, is_same)]
        stray += [_stray_row(truth, spot) for spot in score.stray(truth, spots)]
        seconds += score.seconds(truth, spots)
    costs = document["episodes"].values()
    return {
        "cues": cues,
        "stray": stray,
        "seconds": dataclasses.asdict(seconds),
        "learn": document["learn"],
        "spot": {"cpu": sum(c["cpu"] for c in costs), "memory_mb": max(c["memory_mb"] for c in costs)},
    }


def _cue_row(truth, result):
    kept = ("recording", "start", "end", "length", "level_db", "planned_level_db", "channel", "row", "treatments")
    return {"episode": truth["episode"], **{key: result.cue[key] for key in kept}, "share": result.share,
            "is_found": result.is_found, "start_error": result.start_error, "end_error": result.end_error}


def _stray_row(truth, spot):
    """A false spot, with the uncatalogued music that it may have mistaken."""
    meant = [cue["recording"] for cue in truth["uncatalogued"] if cue["start"] < spot.end and spot.start < cue["end"]]
    return {"episode": truth["episode"], "recording": spot.recording, "start": spot.start, "end": spot.end,
            "uncatalogued": meant}


def _describe(built, truths):
    """The properties that the set was built to have, as they turned out."""
    cues = [cue for truth in truths for cue in truth["cues"]]
    in_dialogue = [cue for cue in cues if cue["row"] == "dialogue"]
    ranges = [cue["side_range_db"] for cue in in_dialogue if cue["side_range_db"] is not None]
    spoken = sum(truth["dialogue_seconds"] for truth in truths)
    return {
        "recordings": len(built["recordings"]),
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
