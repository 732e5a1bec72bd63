"""Recordings made here: scores rendered by fluidsynth, with and without their melody; sung, edited and issued again.

The scores are the music of Debian's freedoom and, for textures that it lacks, chords and loops drawn from a seed. All
lie in the cache (renditions-<EDITION>-<seed>/<half>/) as FLAC, a re-issue as MP3. A half keeps what is made for it.

A *family* holds what shares sound: `vocal` and `instrumental` (the same score with and without its melody and what
doubles it; the melody of every second pair is sung, and no lead is faint), a recording and its `edit` for television,
a recording and its `re-issue`. Where a vocal differs from its instrumental is measured (see `difference_db`).
"""

import concurrent.futures
import functools
import os
import pathlib
import subprocess
import tempfile

import numpy as np

import material
import midi
import singing
from sound import RATE, amplitude, block_rms, decode, decode_part, decibels, power

EDITION = 1  # to be raised whenever the same seed would give other renditions
SCORES = "freedoom"
SOUNDFONT = "fluid-soundfont-gm"
SOUNDFONT_PATH = "usr/share/sounds/sf2/FluidR3_GM.sf2"
GAIN = 0.5  # of fluidsynth: the loudest score just clips without a limiter below it
WORKERS = 2

PAIRS, PERCUSSION, PIANO, PADS, LOOP_GROUPS, LOOPS_OF_GROUP = 12, 5, 5, 5, 2, 3  # for each half
EDITS, REISSUES = 4, 4
MELODY_SHARES = (0.12, 0.9)  # of the time in which a part that counts as the melody sounds
LEAST_MELODY_NOTES = 40
DOUBLING = 0.7  # share of a part's notes that begin with one of the melody (same note name): then it doubles it
LEAD_LEVEL_DB = 0  # of the melody over the instrumental, where it is heard, at least
LEAST_DIFFERENCE_DB = -12  # of the melody's sound over the instrumental: from there on they differ for an ear
NO_DIFFERENCE_DB = -45  # up to there nothing was played that differs
DIFFERENCE_BLOCK = 0.5  # seconds
LONGEST_SOURCE = 330.0  # seconds, of a recording that is edited or issued again
EDIT_LENGTHS = (24.0, 40.0)  # seconds of the two parts of an edit for television
PIANO_PROGRAMME, PAD_PROGRAMMES, BASS_PROGRAMME = 0, tuple(range(88, 96)), 33


def packages():
    return SCORES, SOUNDFONT


def build(rng, seed, half, recordings):
    """The half's own renditions, as Recordings. `rng` decides (and must follow from the seed); `recordings` are those
    of which edits and re-issues are made. The scores that are played as they are come last, without kin or texture."""
    home = material.cache_directory() / f"renditions-{EDITION}-{seed}" / half
    home.mkdir(parents=True, exist_ok=True)
    scores = _scores(half)
    order = [scores[i] for i in rng.permutation(len(scores))]
    with_melody = [score for score in order if melody_parts(score[1])]
    pairs = with_melody[:PAIRS]
    rest = [score for score in order if score not in pairs]
    drummed = [score for score in rest if sum(n.channel == midi.DRUMS for n in midi.notes(score[1])) > 500][:PERCUSSION]
    rest = [score for score in rest if score not in drummed]
    seeds = iter(rng.integers(1 << 32, size=100).tolist())
    tasks = [(_pair, score, is_sung, next(seeds)) for score, is_sung in zip(pairs, (True, False) * PAIRS)]
    tasks += [(_percussion, score) for score in drummed]
    tasks += [(_piano, score) for score in rest[:PIANO]]
    tasks += [(_pad, number, next(seeds)) for number in range(PADS)]
    tasks += [(_loops, group, next(seeds)) for group in range(LOOP_GROUPS)]
    sources = [recordings[i] for i in rng.permutation(len(recordings)) if recordings[i].duration <= LONGEST_SOURCE]
    tasks += [(_edit, source, next(seeds)) for source in sources[:EDITS]]
    tasks += [(_reissue, source) for source in sources[EDITS : EDITS + REISSUES]]
    tasks += [(_plain, score) for score in rest[PIANO:]]
    with concurrent.futures.ProcessPoolExecutor(WORKERS) as pool:
        return [made for group in pool.map(_run, [(home, *task) for task in tasks]) for made in group]


def _run(task):
    home, make, *arguments = task
    return make(home, *arguments)


def _scores(half):
    """(name, MIDI file) of the half: every second of the scores that last long enough, in order of their names."""
    tree = material.unpacked(SCORES)
    found = {}
    for wad in sorted(tree.rglob("*.wad")):
        for name, content in midi.lumps(wad.read_bytes()):
            if content not in found.values() and material.SHORTEST_RECORDING <= midi.notes(content)[-1].end:
                found.setdefault(name, content)
    return [(name, found[name]) for name in sorted(found)][("development", "held-back").index(half) :: 2]


def melody_parts(content):
    """The channels that hold the melody: the highest part that sings by itself (one note at a time, not all the
    time), and the parts that double it. Empty when there is none."""
    parts = {}
    notes = midi.notes(content)
    for note in notes:
        parts.setdefault(note.channel, []).append(note)
    whole = max(note.end for note in notes)
    candidates = [part for channel, part in parts.items() if channel != midi.DRUMS and _may_be_melody(part, whole)]
    if not candidates:
        return ()
    lead = max(candidates, key=lambda part: (np.mean([n.pitch for n in part]), part[0].channel))
    starts = {(round(n.start, 1), n.pitch % 12) for n in lead}
    doubles = [channel for channel, part in parts.items() if channel not in (midi.DRUMS, lead[0].channel)
               and np.mean([_begins_with(n, starts) for n in part]) >= DOUBLING]
    return (lead[0].channel, *sorted(doubles))


def _begins_with(note, starts):
    return any((round(note.start + shift, 1), note.pitch % 12) in starts for shift in (-0.1, 0, 0.1))


def _may_be_melody(part, whole):
    share = sum(note.end - note.start for note in part) / whole
    return (MELODY_SHARES[0] <= share <= MELODY_SHARES[1] and len(part) >= LEAST_MELODY_NOTES
            and np.mean([note.pitch for note in part]) >= 55)


@functools.lru_cache(maxsize=40)
def _difference(vocal, instrumental):
    """RMS of (vocal - instrumental) over that of the instrumental in each DIFFERENCE_BLOCK, in dB."""
    sounds = [decode(path) for path in (vocal, instrumental)]
    size = min(map(len, sounds))
    apart, plain = (block_rms(s, DIFFERENCE_BLOCK) for s in (sounds[0][:size] - sounds[1][:size], sounds[1][:size]))
    return 20 * np.log10(np.maximum(apart, 1e-7) / np.maximum(plain, 1e-4))


def difference_db(recording, start, length):
    """How strongly a vocal or instrumental differs from the other in that stretch: (mean of the melody's power over
    that of the instrumental, the same of the half second in which it is largest), in dB."""
    other = next(kin for kin in recording.kin if kin.version in ("vocal", "instrumental"))
    beside = recording.path.with_name(other.name)
    vocal, instrumental = (recording.path, beside) if recording.version == "vocal" else (beside, recording.path)
    first, last = int(start / DIFFERENCE_BLOCK), int(np.ceil((start + length) / DIFFERENCE_BLOCK))
    by_block = _difference(vocal, instrumental)[first:last]
    return decibels(float(np.mean(10 ** (by_block / 10)))), float(by_block.max())


def _recording(path, **more):
    duration = float(subprocess.run(["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0",
                                     path], capture_output=True, text=True, check=True).stdout)
    return material.Recording(path, more.pop("package", SCORES), duration, path.name, **more)


def _unless_there(target, make):
    """Calls make(scratch) unless the target exists, and moves what it made there."""
    if not target.exists():
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            scratch = pathlib.Path(folder) / target.name
            make(scratch)
            os.replace(scratch, target)
    return target


def _render(content, target):
    """Renders a MIDI file to FLAC at 44.1 kHz."""
    font = material.unpacked(SOUNDFONT) / SOUNDFONT_PATH
    with tempfile.TemporaryDirectory() as folder:
        score, wave = (pathlib.Path(folder) / name for name in ("score.mid", "score.wav"))
        score.write_bytes(content)
        subprocess.run(["fluidsynth", "-q", "-ni", "-g", str(GAIN), "-r", "44100", "-F", wave, font, score],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _convert(wave, target)


def _convert(source, target, *options):
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", "-i", source, "-map_metadata", "-1", "-bitexact",
                    *options, target], check=True)


def _save(samples, target):
    """Writes stereo samples at RATE to FLAC."""
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i",
                    "pipe:0", "-sample_fmt", "s16", "-bitexact", target],
                   input=np.ascontiguousarray(samples, np.float32).tobytes(), check=True)


def _plain(home, score):
    name, content = score
    path = _unless_there(home / f"freedoom__{name.lower()}.flac", lambda out: _render(content, out))
    return [_recording(path)]


def _pair(home, score, is_sung, seed):
    """The score without and with its melody, of the same length. A sung melody is added to the former."""
    name, content = score
    parts = melody_parts(content)
    bare = midi.without(content, lambda note: note.channel in parts)
    instrumental = _unless_there(home / f"freedoom__{name.lower()}_instrumental.flac", lambda out: _render(bare, out))
    vocal = home / f"freedoom__{name.lower()}_vocal.flac"
    if is_sung:
        tune = singing.tune_of([note for note in midi.notes(content) if note.channel == parts[0]])
        _unless_there(vocal, lambda out: _sing_over(np.random.default_rng(seed), instrumental, tune, out))
    else:
        _unless_there(vocal, lambda out: _play_over(instrumental, content, out))
    return [_recording(path, version=version, kin=(material.Kin(other.name, other_version, None),))
            for path, version, other, other_version in ((vocal, "vocal", instrumental, "instrumental"),
                                                        (instrumental, "instrumental", vocal, "vocal"))]


def _sing_over(rng, instrumental, tune, target):
    backing = decode(instrumental)
    voice = singing.sing(rng, tune, len(backing) / RATE)
    voice = np.pad(voice, (0, max(0, len(backing) - len(voice))))[: len(backing)]
    gain = amplitude(LEAD_LEVEL_DB) * np.sqrt(power(backing))
    _save(backing + gain * voice[:, None], target)


def _play_over(instrumental, content, target):
    """The whole score, with what the melody adds to the instrumental brought to the level of a lead."""
    backing = decode(instrumental)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        _render(content, pathlib.Path(folder) / "whole.flac")
        whole = decode(pathlib.Path(folder) / "whole.flac")
    size = min(len(backing), len(whole))
    backing, lead = backing[:size], whole[:size] - backing[:size]
    by_block = block_rms(lead, DIFFERENCE_BLOCK)
    sounding = np.sqrt(np.mean(by_block[by_block > by_block.max() * amplitude(-20)] ** 2))
    _save(backing + max(1.0, amplitude(LEAD_LEVEL_DB) * np.sqrt(power(backing)) / sounding) * lead, target)


def _percussion(home, score):
    name, content = score
    drums = midi.without(content, lambda note: note.channel != midi.DRUMS)
    path = _unless_there(home / f"freedoom__{name.lower()}_percussion.flac", lambda out: _render(drums, out))
    return [_recording(path, texture="percussion only")]


def _piano(home, score):
    """The score without drums, all its parts played by one piano."""
    name, content = score
    solo = midi.with_programme(midi.without(content, lambda note: note.channel == midi.DRUMS), PIANO_PROGRAMME)
    path = _unless_there(home / f"freedoom__{name.lower()}_piano.flac", lambda out: _render(solo, out))
    return [_recording(path, texture="solo piano")]


def _pad(home, number, seed):
    """A drone with slow chords over it: nothing begins or ends sharply, for minutes."""
    rng = np.random.default_rng(seed)
    root, now = int(rng.integers(33, 45)), 0.0
    drone, chords = [(0.0, 200.0, root, 80), (0.0, 200.0, root + 7, 60)], []
    while now < 190:  # quarter notes of one second
        length = float(rng.uniform(6, 14))
        base = root + 12 + int(rng.choice([0, 2, 3, 5, 7, 8, 10]))
        chords += [(now, now + length + 2, base + step, 70) for step in (0, int(rng.choice([3, 4])), 7, 14)]
        now += length
    programmes = rng.choice(PAD_PROGRAMMES, 2, replace=False).tolist()
    content = midi.written([(0, programmes[0], drone), (1, programmes[1], chords)], tempo=1_000_000)
    path = _unless_there(home / f"pad_{number + 1}.flac", lambda out: _render(content, out))
    return [_recording(path, texture="drone or pad")]


def _loops(home, group, seed):
    """Recordings that share two loops (drums, and drums with bass), sample by sample; each has chords of its own."""
    rng = np.random.default_rng(seed)
    beats, tempo = 8, int(rng.integers(450_000, 700_000))
    kick, snare, hat = (36, 0.35), (38, 0.25), (42, 0.8)  # pitch, and how often it is struck
    drums = [(0.5 * step, 0.5 * step + 0.25, pitch, int(rng.integers(70, 110)))
             for step in range(2 * beats) for pitch, chance in (kick, snare, hat) if rng.random() < chance]
    bass = [(float(beat), beat + 0.8, int(rng.choice([33, 36, 38, 40])), 90) for beat in range(beats)]
    length = beats * tempo / 1e6
    paths = [home / f"loops_{group + 1}_{letter}.flac" for letter in "abcdef"[:LOOPS_OF_GROUP]]
    seeds = rng.integers(1 << 32, size=len(paths)).tolist()
    if not all(path.exists() for path in paths):
        loops = [_loop(parts, tempo, length, home) for parts in
                 ([(midi.DRUMS, 0, drums)], [(midi.DRUMS, 0, drums), (0, BASS_PROGRAMME, bass)])]
        for path, own in zip(paths, seeds):
            _unless_there(path, lambda out, own=own: _save(_with_chords(own, loops, tempo, home), out))
    return [_recording(path, texture="shared loop") for path in paths]


def _loop(parts, tempo, length, home):
    with tempfile.TemporaryDirectory(dir=home) as folder:
        path = pathlib.Path(folder) / "loop.flac"
        _render(midi.written(parts, tempo), path)
        sound = decode(path)
    return np.pad(sound, ((0, max(0, int(length * RATE) - len(sound))), (0, 0)))[: int(length * RATE)]


def _with_chords(seed, loops, tempo, home, turns=20):
    """Turns of the two loops in an own order, under own chords."""
    rng = np.random.default_rng(seed)
    backing = np.concatenate([loops[int(rng.random() < 0.6)] for _ in range(turns)])
    programme = int(rng.choice([0, 4, 16, 24, 26, 48, 61, 80]))
    chords = []
    for bar in range(turns * 8 // 2):
        root = int(rng.choice([45, 48, 50, 52, 53, 55, 57]))
        steps = (0, int(rng.choice([3, 4])), 7)
        chords += [(2.0 * bar + hit, 2.0 * bar + hit + 0.9, root + 12 + step, int(rng.integers(60, 100)))
                   for hit in sorted(rng.choice([0, 0.5, 1, 1.5], 2, replace=False).tolist()) for step in steps]
    with tempfile.TemporaryDirectory(dir=home) as folder:
        path = pathlib.Path(folder) / "chords.flac"
        _render(midi.written([(0, programme, chords)], tempo), path)
        own = decode(path)
    own = np.pad(own, ((0, max(0, len(backing) - len(own))), (0, 0)))[: len(backing)]
    return backing + own * np.sqrt(power(backing) / power(own)) * amplitude(-3)


def _edit(home, source, seed):
    """A television size: two stretches of the source, the second from further on, joined without a gap."""
    rng = np.random.default_rng(seed)
    lengths = [min(length, source.duration / 3) for length in rng.permutation(EDIT_LENGTHS).tolist()]
    starts = [float(rng.uniform(0, source.duration / 3 - lengths[0] / 2)), source.duration - lengths[1] - 5]
    starts[0] = max(0.0, starts[0])
    target = home / f"{pathlib.Path(source.name).stem}_tv_size.flac"
    _unless_there(target, lambda out: _save(np.concatenate([decode_part(source.path, s, n)
                                                            for s, n in zip(starts, lengths)]), out))
    stretches = ((0.0, starts[0], lengths[0]), (lengths[0], starts[1], lengths[1]))
    return [_recording(target, package=source.package, version="edit",
                       kin=(material.Kin(source.name, "original", stretches),))]


def _reissue(home, source):
    """The same sound, 4 dB lower, as MP3."""
    target = home / f"{pathlib.Path(source.name).stem}_reissue.mp3"
    _unless_there(target, lambda out: _convert(source.path, out, "-vn", "-af", "volume=-4dB", "-c:a", "libmp3lame",
                                               "-b:a", "192k"))
    whole = ((0.0, 0.0, source.duration),)
    return [_recording(target, package=source.package, version="re-issue",
                       kin=(material.Kin(source.name, "original", whole),))]
