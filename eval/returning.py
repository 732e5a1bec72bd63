"""Scores what `needledrop recur` finds in a half's episodes when no album of theirs is catalogued. Pure: it reads no files.

A pair is two uses of one recording, at one rate and pitch, that share SHORTEST seconds of it or more. It is found when
one recurrence has a place at each use that covers at least half of what they share. A use that belongs to a pair is found
when it is so together with any of its partners. The level of a pair is that of its quieter use; it is mono when either is.

A place holds a family of recordings (a recording with its versions, or those built on one loop) when it overlaps a use
of it by HELD of the shorter of both. A recurrence is false when no two of its places hold the same family. Purity: the
share of the places of all others that hold the family which most places of their recurrence hold. Footage is not
counted: the dialogue of the evaluation is drawn from a limited set of lines, so that the same words do return.
"""

import collections
import itertools

SHORTEST = 5.0  # seconds
SAME_RATE = 5e-4
HELD = 0.3
FOOTAGE = ("footage", "recap", "preview")


def score(truths, recurrences, family):
    """{"pairs": [{"level", "channel", "is_found"}], "uses", "uses_found", "places", "pure", "false", "hours"}."""
    recurrences = [each for each in recurrences if each["kind"] not in FOOTAGE]
    uses = [{**use, "episode": truth["episode"], "channel": truth["channel"]}
            for truth in truths for use in truth["cues"] + truth["uncatalogued"]]
    pairs = list(_pairs(uses))
    found = [_is_found(recurrences, *pair) for pair in pairs]
    of_use = collections.defaultdict(list)
    for (one, other, _, _), is_found in zip(pairs, found):
        for use in (one, other):
            of_use[use["episode"], use["start"], use["recording"]].append(is_found)
    places = pure = false = 0
    for recurrence in recurrences:
        most = _most_common(recurrence, uses, family)
        if most < 2:
            false += 1
            continue
        places += len(recurrence["places"])
        pure += most
    return {"pairs": [_pair_row(pair, is_found) for pair, is_found in zip(pairs, found)],
            "uses": len(of_use), "uses_found": sum(any(each) for each in of_use.values()),
            "places": places, "pure": pure, "false": false, "recurrences": len(recurrences),
            "hours": sum(truth["duration"] for truth in truths) / 3600}


def _pairs(uses):
    """(one use, another, the span of the first that both play, that of the second)."""
    by_recording = collections.defaultdict(list)
    for use in uses:
        by_recording[use["recording"]].append(use)
    for name in sorted(by_recording):
        for one, other in itertools.combinations(by_recording[name], 2):
            shared = max((_shared(a, b) for a in one["alignments"] for b in other["alignments"]),
                         key=lambda spans: spans[0][1] - spans[0][0])
            if shared[0][1] - shared[0][0] >= SHORTEST:
                yield one, other, *shared


def _shared(a, b):
    """The spans in which two alignments play the same; empty ones when they never do."""
    is_same = abs(a["rate"] / b["rate"] - 1) < SAME_RATE and abs(a["pitch"] / b["pitch"] - 1) < SAME_RATE
    end = lambda each: each["recording_start"] + (each["end"] - each["start"]) * each["rate"]
    first, last = max(a["recording_start"], b["recording_start"]), min(end(a), end(b))
    if not is_same or last <= first:
        return (0.0, 0.0), (0.0, 0.0)
    return tuple(tuple(each["start"] + (position - each["recording_start"]) / each["rate"]
                       for position in (first, last)) for each in (a, b))


def _is_found(recurrences, one, other, span, other_span):
    return any(_has_place(recurrence, one["episode"], span) and _has_place(recurrence, other["episode"], other_span)
               for recurrence in recurrences)


def _has_place(recurrence, episode, span):
    return any(place["episode"] == episode and _overlap(place, span) >= (span[1] - span[0]) / 2
               for place in recurrence["places"])


def _overlap(place, span):
    return max(0.0, min(place["end"], span[1]) - max(place["start"], span[0]))


def _most_common(recurrence, uses, family):
    """How many places hold the family that most places hold."""
    held = collections.Counter()
    for place in recurrence["places"]:
        held.update({family(use["recording"]) for use in uses
                     if use["episode"] == place["episode"] and _overlap(place, (use["start"], use["end"]))
                     >= HELD * min(place["end"] - place["start"], use["end"] - use["start"])})
    return max(held.values(), default=0)


def _pair_row(pair, is_found):
    one, other = pair[:2]
    return {"level": min(one["planned_level_db"], other["planned_level_db"]), "is_found": is_found,
            "channel": "mono" if "mono" in (one["channel"], other["channel"]) else "stereo"}
