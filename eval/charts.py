"""Which plots are drawn of the results; see plots.py for how."""

import plots
import rows
from tables import at, found, needledrop, systems

FALSE_SECONDS_SHOWN = 60  # an hour
ERRORS = (0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0)  # seconds
SHARES = {step / 5: f"{step / 5:.1f}" for step in range(6)}


def write(folder, results, halves):
    """Writes the plots into the folder and returns them as lines of Markdown. `halves`: the most telling first."""
    seed = f"seed {results['seed']}"
    drawn = []
    for channel in rows.CHANNELS:
        title = f"Recall of cues by level, {channel} ({halves[0]}, {seed})"
        drawn.append((f"recall-{channel}", title, _recall(results, halves[0], channel)))
    drawn.append(("operating", f"False seconds against recall as the confidence asked for moves ({seed})",
                  _operating(results, halves)))
    drawn.append(("calibration", f"What a confidence is worth ({seed}; counts beside the dots)",
                  _calibration(results, halves)))
    drawn.append(("boundaries", f"Errors of starts and ends at -10 dB or more ({halves[0]}, {seed})",
                  _boundaries(results, halves[0])))
    for name, title, (across, up, lines, with_ideal) in drawn:
        plots.write(folder / f"{name}.svg", title, across, up, lines, with_ideal)
    return {name: f"![{title}]({folder.name}/{name}.svg)" for name, title, _ in drawn}


def _recall(results, half, channel):
    """Against the level, for each system and kind of scene."""
    lines = []
    for index, (name, system) in enumerate(systems(results, half).items()):
        for row in ("dialogue", "bed"):
            by_level = [(level, found([c for c in system["cues"] if at(channel, row, level)(c)]))
                        for level in reversed(rows.LEVELS)]
            lines.append(plots.Line(f"{name}, {row}", [point for point in by_level if point[1] is not None],
                                    row == "bed", colour=index))
    levels = plots.Axis("music over everything else, dB", min(rows.LEVELS), max(rows.LEVELS),
                        {level: f"{level:+d}" if level else "0" for level in rows.LEVELS})
    return levels, plots.Axis("share of the cues found", 0, 1, SHARES), lines, False


def _operating(results, halves):
    lines = []
    for half in halves:
        points = [(false, recall) for _, recall, false, _ in needledrop(results, half)["operating"] if recall]
        lines.append(plots.Line(half, sorted(points)))
    marks = {value: str(value) for value in range(0, FALSE_SECONDS_SHOWN + 1, 10)}
    return (plots.Axis("false seconds an hour without catalogued music", 0, FALSE_SECONDS_SHOWN, marks),
            plots.Axis("recall by seconds", 0, 1, SHARES), lines, False)


def _calibration(results, halves):
    lines = [plots.Line(half, [(mean, right) for mean, right, _ in needledrop(results, half)["calibration"]],
                        sizes=[count for _, _, count in needledrop(results, half)["calibration"]])
             for half in halves]
    return (plots.Axis("confidence", 0, 1, SHARES), plots.Axis("share of the spots that are right", 0, 1, SHARES),
            lines, True)


def _boundaries(results, half):
    lines = []
    for index, (name, system) in enumerate(systems(results, half).items()):
        cues = [c for c in system["cues"] if c["is_found"] and c["planned_level_db"] >= -10]
        for edge in ("start", "end"):
            shares = [(place, sum(abs(c[f"{edge}_error"]) <= error for c in cues) / max(1, len(cues)))
                      for place, error in enumerate(ERRORS)]
            lines.append(plots.Line(f"{name}, {edge}", shares, edge == "end", colour=index))
    marks = {place: f"{error:g}" for place, error in enumerate(ERRORS)}
    return (plots.Axis("error of at most, s", 0, len(ERRORS) - 1, marks),
            plots.Axis("share of the found cues", 0, 1, SHARES), lines, False)
