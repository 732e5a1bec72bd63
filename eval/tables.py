"""Markdown tables, and the groups of cues that they have rows for."""

import rows
import score

SHORTEST = 5.0  # seconds: below it a cue appears only in the tables by length and of stingers


def table(header, lines):
    ruler = ["---"] + ["--:"] * (len(header) - 1)
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in (header, ruler, *lines))


def number(value, digits=2):
    return "–" if value is None else f"{value:.{digits}f}"


def level(level_db):
    return f"{level_db:+} dB" if level_db else "0 dB"


def systems(results, half):
    return results["halves"][half]["systems"]


def needledrop(results, half):
    """What the system under test found; it is the first of the systems."""
    return next(iter(systems(results, half).values()))


def each(results, halves):
    """(half, system's name, system's results) in the order in which tables show them."""
    return [(half, name, system) for half in halves for name, system in systems(results, half).items()]


def is_ladder(cue):
    """Whether the cue belongs to the unmodified ladder of levels."""
    return cue["group"] == "ladder" and cue["length"] >= SHORTEST


def at(channel=None, row=None, planned=None):
    """A predicate: cues of the ladder with that channel, row and level; None stands for any."""
    return lambda cue: (is_ladder(cue) and channel in (None, cue["channel"]) and row in (None, cue["row"])
                        and planned in (None, round(cue["planned_level_db"])))


def found(cues):
    """The share of the cues that were found; None of none."""
    return sum(cue["is_found"] for cue in cues) / len(cues) if cues else None


def share(cues):
    """The part of the cues' seconds that was found; None of none."""
    seconds = sum(cue["length"] for cue in cues)
    return sum(cue["share"] * cue["length"] for cue in cues) / seconds if cues else None


def recall_table(results, halves, name, groups):
    """One line for each (label, predicate): for each half the number of cues, and of each system found and share."""
    header = [name]
    for half in halves:
        header += [f"{half}: cues"] + [f"{system} {what}" for system in systems(results, half)
                                       for what in ("found", "share")]
    return table(header, [[label] + [cell for half in halves for cell in _recall_cells(results, half, belongs)]
                          for label, belongs in groups])


def _recall_cells(results, half, belongs):
    cells = [str(sum(map(belongs, needledrop(results, half)["cues"])))]
    for system in systems(results, half).values():
        cues = [cue for cue in system["cues"] if belongs(cue)]
        cells += [number(found(cues)), number(share(cues))]
    return cells


def unchanged(system, cues):
    """The recall that unmodified cues have where these lie: for each of them the share found of the ladder's cues
    of the same channel (5.1 is compared with stereo), row and level, averaged."""
    if not cues:
        return None
    alike = lambda cue: [c for c in system["cues"] if at("stereo" if cue["channel"] == "surround" else cue["channel"],
                                                         cue["row"], round(cue["planned_level_db"]))(c)]
    shares = [found(alike(cue)) for cue in cues]
    known = [value for value in shares if value is not None]
    return sum(known) / len(known) if known else None


def modified(system, *names):
    """The cues with one of these modifications."""
    return [cue for cue in system["cues"] if cue["modification"] in names]


def share_within(cues, key, tolerance=score.RATE_TOLERANCE):
    """Of the found cues with such an error, the share that lies within the tolerance; None of none."""
    errors = [cue[key] for cue in cues if cue.get(key) is not None]
    return sum(error <= tolerance for error in errors) / len(errors) if errors else None


def modification_names():
    episodes = [name for name, _, _, _ in rows.EPISODE_MODIFICATIONS]
    return (*dict.fromkeys(episodes), *rows.CUE_MODIFICATIONS)
