"""FFmpeg's scdet filter beside needledrop: hard cuts where its score reaches a threshold.

The filter scores each picture by itself, whatever the threshold, so one pass gives its answers at all of them.
"""

import re
import subprocess

import shot_score

NAME = "scdet"
DEFAULT_THRESHOLD = 10.0
SCORE = re.compile(r"lavfi\.scd\.score=([\d.]+)")


def scores(path):
    """The score of each picture of the file."""
    command = ["ffmpeg", "-v", "error", "-nostdin", "-threads", "1", "-i", path, "-an", "-vf",
               "scdet=threshold=100,metadata=print:file=-", "-fps_mode", "passthrough", "-f", "null", "-"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [float(found) for found in SCORE.findall(printed)]


def cuts(truth, scored, threshold):
    """What the filter reports at a threshold, as `needledrop spot` would list it. Pictures are told by their number,
    because FFmpeg starts the clock of a transport stream with its picture and we with its sound."""
    return [{"kind": "cut", "time": time, "start": time, "end": time}
            for time, score in zip(truth["times"], scored) if score >= threshold]


def best_threshold(truths, scored):
    """The threshold at which the hard cuts of all episodes together have the highest F1; the lowest of several."""
    every = sorted({round(score, 1) for listed in scored.values() for score in listed if score >= 0.5})
    counted = lambda threshold: sum(
        (shot_score.cuts(truth, cuts(truth, scored[truth["episode"]], threshold)).counts for truth in truths),
        shot_score.Counts())
    coarse = max(every[:: max(1, len(every) // 60)], key=lambda threshold: (counted(threshold).f1, -threshold))
    near = [threshold for threshold in every if 0.8 * coarse <= threshold <= 1.25 * coarse]
    return max(near, key=lambda threshold: (counted(threshold).f1, -threshold))
