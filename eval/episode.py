"""Mixes a planned episode, encodes it, and writes down the truth about it.

Level of a cue = RMS of its music over RMS of everything else (dialogue, bed, effects, other music), over all
channels and over its whole audible span, measured in the mix. Music is scaled until that is the planned level.

An episode at another speed is mixed as if it ran at its own and then played faster or slower as a whole; the truth's
times are those of the file. 5.1 has the music in the front pair and 6 dB lower in the surrounds, beds likewise, and
dialogue in the centre, its room in the front pair.

In stereo dialogue rows the bed is raised where needed until the side channel of everything else is at most
SIDE_RANGE_DB below the side channel of the music: otherwise the side channel would be a clean copy of it.
"""

import json
import os
import pathlib

import numpy as np

import beds
import dialogue
import encoder
import modification
import renditions
import singing
from sound import RATE, amplitude, decibels, decode_part, power, side_share, smooth

SIDE_RANGE_DB = 10.0
SIDE_AIM_DB = 9.0  # what is solved for, so that what is measured stays in range
LARGEST_BED_SHARE = 0.9  # of the non-music power: dialogue must stay dialogue
EDGE = 0.005  # seconds: the shortest fade, against clicks
DUCK_TIME = 0.35  # seconds in which ducking sets in and lets go
LARGEST_LEVEL_ERROR_DB = 0.5  # of a cue in the mix against the plan
LEVEL_ROUNDS = 12  # two crossfaded cues depend on each other's gain; converges much sooner


def build(plan, rng, half, folder):
    """Makes <name>.m4a (.mp4, .ts, .mkv) and <name>.truth.json in the folder, unless both are there. Returns the
    truth."""
    media = pathlib.Path(folder) / f"{plan.name}.{encoder.suffix(plan.delivery, plan.has_picture)}"
    truth_file = media.with_suffix(".truth.json")
    if media.exists() and truth_file.exists():
        return json.loads(truth_file.read_text())
    mix = Mix(plan, rng, half)
    truth = mix.truth()
    played = encoder.at_speed(mix.total, plan.delivery.rate)
    scratch = media.with_name(f".{os.getpid()}-{media.name}")
    picture = encoder.moving_picture(len(played) / RATE) if plan.has_picture else None
    encoder.encode(played, scratch, plan.delivery, picture)
    error = encoder.timing_error(played, scratch)
    if abs(error) > encoder.LARGEST_TIMING_ERROR:
        raise RuntimeError(f"{media.name}: the encoded file is {error * 1000:.1f} ms off the mix")
    os.replace(scratch, media)
    truth = {"episode": media.name, "timing_error_ms": round(error * 1000, 2), **truth}
    truth_file.write_text(json.dumps(truth, indent=1))
    return truth


class Mix:
    """The stems of one episode and their sum, in the episode's own number of channels."""

    def __init__(self, plan, rng, half):
        self.plan = plan
        self._samples = int(plan.length * RATE)
        self._dialogue = dialogue.perform(rng, half, plan.length,
                                          [(s.start, s.end, *s.pace) for s in plan.scenes if s.pace])
        for scene in plan.scenes:
            if scene.has_singing:
                self._sing(rng, scene)
        self._words = self._place_words(dialogue.in_room(rng, self._dialogue.samples))
        self._beds = [self._bed(rng, scene, half) for scene in plan.scenes]
        self._music = [self._stem(rng, cue) for cue in plan.cues]
        self._raise_beds()
        self._gains = self._solve_gains()
        self.total = self._everything()

    def truth(self):
        """The episode's truth as a JSON document: its fields are named as in `needledrop spot --json`."""
        spoken = self._dialogue.real_seconds + self._dialogue.synthetic_seconds
        cues = [self._cue_truth(index) for index in range(len(self.plan.cues))]
        delivery = self.plan.delivery
        return {
            "duration": round(self._samples / RATE / self._rate, 3),
            "channel": self.plan.channel,
            "codec": delivery.codec,
            "bit_rate": delivery.bit_rate,
            "sample_rate": delivery.sample_rate,
            "loudness": delivery.loudness,
            "rate": round(self._rate, 6),
            "modification": self.plan.modification,
            "dialogue_seconds": round(spoken, 1),
            "real_dialogue_seconds": round(self._dialogue.real_seconds, 1),
            "cues": [cue for cue, planned in zip(cues, self.plan.cues) if planned.catalogued],
            "uncatalogued": [cue for cue, planned in zip(cues, self.plan.cues) if not planned.catalogued],
            "singing": [{"start": self._at(scene.start), "end": self._at(scene.end)}
                        for scene in self.plan.scenes if scene.has_singing],
        }

    @property
    def _rate(self):
        """As the file plays, to the hertz that its resampling is done in."""
        return round(RATE * self.plan.delivery.rate) / RATE

    def _at(self, time):
        """A time of the mix in the file."""
        return round(time / self._rate, 3)

    def _fold(self, stereo):
        """To the channels of the episode: mono is the mean of left and right."""
        if self.plan.channel == "surround":
            return np.column_stack([stereo, np.zeros_like(stereo), stereo / 2])  # FL FR FC LFE BL BR
        return stereo if self.plan.channel == "stereo" else stereo.mean(axis=1, keepdims=True)

    def _place_words(self, in_room):
        if self.plan.channel != "surround":
            return self._fold(in_room)
        centre = self._dialogue.samples[:, None]
        nothing = np.zeros((len(in_room), 3), np.float32)
        return np.column_stack([in_room - centre, centre, nothing])

    def _sing(self, rng, scene):
        seconds = scene.end - scene.start
        voice = dialogue.SPEECH_RMS * singing.sing(rng, singing.melody(rng, seconds), seconds)
        _add(self._dialogue.samples, voice, int(scene.start * RATE), 1.0)

    def _bed(self, rng, scene, half):
        """(first sample, samples) of the scene's bed and effects, with short ramps at its ends."""
        first = max(0, int(scene.start * RATE))
        length = min(int(scene.end * RATE), self._samples) - first
        bed = np.zeros((length, 2), np.float32)
        if scene.bed:
            bed += amplitude(scene.bed_db) * beds.make(rng, scene.bed, length / RATE + 1, half)[:length]
        if scene.has_effects:
            bed += amplitude(scene.bed_db + 12) * beds.effects(rng, length / RATE + 1)[:length]
        bed *= _fades(length, 0.3, 0.3)[:, None]
        return first, self._fold(bed)

    def _stem(self, rng, cue):
        """(first sample, samples) of the cue's music at the recording's own level, modified, faded and ducked."""
        first, length = int(cue.start * RATE), int(cue.length * RATE)
        stem = np.zeros((length, 2), np.float32)
        for piece in cue.pieces:
            at = int(piece.offset * RATE)
            part = decode_part(cue.recording.path, piece.recording_start,
                               modification.source_seconds(cue, piece.length))
            part = modification.apply(rng, cue, part, min(int(piece.length * RATE), length - at))
            stem[at : at + len(part)] = part
        stem *= _fades(length, cue.fade_in, cue.fade_out)[:, None]
        if cue.duck_db:
            stem *= self._duck(first, length, cue.duck_db)[:, None]
        return first, self._fold(stem)

    def _duck(self, first, length, depth_db):
        """A gain that is lower by depth_db while somebody speaks."""
        per_block = int(dialogue.PAUSE_BLOCK * RATE)
        speech = self._dialogue.speech[first // per_block : (first + length) // per_block + 2].astype(float)
        speech = smooth(speech, max(1, round(DUCK_TIME / dialogue.PAUSE_BLOCK)))
        at = (np.arange(length) + first % per_block) / per_block
        return amplitude(-depth_db * np.interp(at, np.arange(len(speech)), speech)).astype(np.float32)

    def _raise_beds(self):
        """Stereo dialogue rows: gives everything else as much side as SIDE_RANGE_DB asks for."""
        if self.plan.channel != "stereo":
            return
        for index, cue in enumerate(self.plan.cues):
            if cue.row != "dialogue":
                continue
            scene = next(i for i, s in enumerate(self.plan.scenes) if s.start <= cue.start and cue.end <= s.end)
            first, bed = self._beds[scene]
            music, words = self._audible_part(*self._music[index], cue), self._audible_part(0, self._words, cue)
            if LARGEST_BED_SHARE * side_share(self._audible_part(first, bed, cue)) < _wanted_side(music, cue.level_db):
                bed = _widened(bed)
            gain = _bed_gain(music, words, self._audible_part(first, bed, cue), cue.level_db)
            self._beds[scene] = first, bed * gain

    def _span(self, cue):
        return tuple(round(edge * RATE) for edge in cue.audible)

    def _audible_part(self, first, samples, cue):
        begin, end = self._span(cue)
        return samples[max(0, begin - first) : max(0, end - first)]

    def _solve_gains(self):
        """The factor for each cue's music that makes its level the planned one."""
        gains = np.ones(len(self._music))
        for _ in range(LEVEL_ROUNDS):
            for index, cue in enumerate(self.plan.cues):
                music = power(self._audible_part(*self._music[index], cue))
                rest = power(self._rest(index, gains))
                gains[index] = amplitude(cue.level_db) * np.sqrt(rest / music)
        return gains

    def _rest(self, index, gains):
        """Everything but this cue's music, over its audible span."""
        begin, end = self._span(self.plan.cues[index])
        rest = self._words[begin:end].copy()
        others = [(first, stem, gains[i]) for i, (first, stem) in enumerate(self._music) if i != index]
        for first, stem, gain in others + [(first, bed, 1.0) for first, bed in self._beds]:
            _add(rest, stem, first - begin, gain)
        return rest

    def _everything(self):
        total = self._words.copy()
        for first, bed in self._beds:
            _add(total, bed, first, 1.0)
        for (first, stem), gain in zip(self._music, self._gains):
            _add(total, stem, first, gain)
        return total

    def _cue_truth(self, index):
        cue = self.plan.cues[index]
        start, end = cue.audible
        music = self._audible_part(*self._music[index], cue) * self._gains[index]
        rest = self._rest(index, self._gains)
        level = decibels(power(music) / power(rest))
        if abs(level - cue.level_db) > LARGEST_LEVEL_ERROR_DB:
            raise RuntimeError(f"{self.plan.name}: a cue lies {level:.1f} dB over all else, not {cue.level_db:.1f} dB")
        alignments = self._in_file(_alignments(cue), cue)
        return {
            "recording": cue.recording.name,
            "start": alignments[0]["start"],
            "end": alignments[-1]["end"],
            "recording_start": alignments[0]["recording_start"],
            "rate": alignments[0]["rate"],
            "pitch": alignments[0]["pitch"],
            "alignments": alignments,
            "length": round((end - start) / self._rate, 3),
            "level_db": round(level, 2),
            "planned_level_db": round(cue.level_db, 2),
            "ground": "foreground" if cue.level_db >= 0 else "background",
            "channel": self.plan.channel,
            "group": "modification" if self.plan.modification else cue.wanted.group,
            "row": cue.row,
            "modification": self.plan.modification or cue.wanted.modification,
            "texture": cue.wanted.texture,
            **self._versions(cue),
            "treatments": sorted(cue.treatments) or ["plain"],
            "fade_in": self._at(cue.fade_in),
            "fade_out": self._at(cue.fade_out),
            "dialogue_coverage": round(self._dialogue.coverage(start, end), 3),
            "side_range_db": _side_range(music, rest) if self.plan.channel == "stereo" else None,
        }

    def _in_file(self, alignments, cue):
        """Alignments as the file plays them."""
        return [{"start": self._at(a["start"]), "end": self._at(a["end"]), "recording_start": a["recording_start"],
                 "rate": round(self._rate * cue.rate, 6), "pitch": round(self._rate * cue.pitch, 6)}
                for a in alignments]

    def _versions(self, cue):
        """Which version was played, whether anything was that the others lack, and where they hold what was."""
        if not cue.recording.kin:
            return {"version": "", "differs": None, "versions": []}
        return {"version": cue.recording.version, "differs": _differs(cue),
                "versions": [{"recording": kin.name, "version": kin.version,
                              "alignments": self._in_file(_in_kin(_alignments(cue), kin, cue.rate), cue)}
                             for kin in cue.recording.kin]}


def _add(target, samples, at, gain):
    """target[at:] += gain * samples, as far as the two overlap; `at` may be negative or beyond the end."""
    begin, end = max(0, at), min(len(target), at + len(samples))
    if begin < end:
        target[begin:end] += np.float32(gain) * samples[begin - at : end - at]


def _fades(length, fade_in, fade_out):
    """A gain of 1 that rises and falls as sin^2 (pi x / 2) over the given seconds."""
    gain = np.ones(length, np.float32)
    for seconds, part in ((fade_in, slice(None)), (fade_out, slice(None, None, -1))):
        ramp = min(length, max(1, int(max(EDGE, seconds) * RATE)))
        gain[part][:ramp] *= np.sin(np.pi / 2 * np.arange(ramp) / ramp) ** 2
    return gain


def _wanted_side(music, level_db):
    """The share of side power in everything else that keeps its side SIDE_AIM_DB below that of the music."""
    return side_share(music) * 10 ** ((level_db - SIDE_AIM_DB) / 10)


def _widened(bed):
    """The bed with half of its middle: for music that is wider than beds are."""
    return bed - bed.mean(axis=1, keepdims=True) / 2


def _bed_gain(music, words, bed, level_db):
    """The factor (>= 1) on the bed that gives words + bed their share of side power. With words and bed
    uncorrelated: (side of words + g^2 side of bed) / (words + g^2 bed) = what the music's side asks for."""
    wanted = _wanted_side(music, level_db)
    word_power, bed_power = power(words), power(bed)
    word_side, bed_side = side_share(words) * word_power, side_share(bed) * bed_power
    largest = LARGEST_BED_SHARE / (1 - LARGEST_BED_SHARE) * word_power / bed_power
    room = bed_side - wanted * bed_power
    needed = (wanted * word_power - word_side) / room if room > 0 else largest
    return float(np.sqrt(np.clip(needed, 1.0, max(1.0, largest))))


def _side_range(music, rest):
    """How far the side channel of everything else lies below that of the music, dB (negative: above it)."""
    return round(decibels(side_share(music) * power(music)) - decibels(side_share(rest) * power(rest)), 2)


def _alignments(cue):
    """The audible pieces: [{start, end, recording_start}] in the mix's time."""
    start, end = cue.audible
    found = []
    for piece in cue.pieces:
        begin = max(start, cue.start + piece.offset)
        finish = min(end, cue.start + piece.offset + piece.length)
        if begin < finish:
            position = piece.recording_start + (begin - cue.start - piece.offset) * cue.rate
            found.append({"start": round(begin, 3), "end": round(finish, 3), "recording_start": round(position, 3)})
    return found


def _in_kin(alignments, kin, rate):
    """Where another recording holds what the alignments play: they are split at the ends of what both share."""
    if kin.stretches is None:
        return alignments
    found = []
    for each in alignments:
        for mine, other, seconds in kin.stretches:
            begin = each["start"] + max(0.0, mine - each["recording_start"]) / rate
            finish = min(each["end"], each["start"] + (mine + seconds - each["recording_start"]) / rate)
            if begin < finish:
                position = other + each["recording_start"] + (begin - each["start"]) * rate - mine
                found.append({"start": round(begin, 3), "end": round(finish, 3), "recording_start": round(position, 3)})
    return found


def _differs(cue):
    """Whether the cue holds something that its kin lacks: measured for the melody of a vocal or instrumental (None
    when it is too faint to tell), by the plan of an edit for its join. Otherwise the audible span is all shared."""
    alignment = _alignments(cue)[0]
    start, length = alignment["recording_start"], (alignment["end"] - alignment["start"]) * cue.rate
    if cue.recording.version in ("vocal", "instrumental"):
        mean, largest = renditions.difference_db(cue.recording, start, length)
        return (True if mean >= renditions.LEAST_DIFFERENCE_DB else
                False if largest <= renditions.NO_DIFFERENCE_DB else None)
    return any(len(_in_kin([alignment], kin, cue.rate)) != 1 for kin in cue.recording.kin)
