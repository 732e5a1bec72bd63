#!/usr/bin/python3
"""Builds what music activity is fitted on: sessions of short scenes with and without music, and their truth.

    eval/activity_set.py [--work build/eval/activity]

Only recordings and voices of the development half are heard, and real voices and effects that the
evaluation does not use. They are dealt to GROUPS groups that share none, so that what is fitted on some groups
can be tested on another. Each session has <name>.m4a and <name>.json:
    {"group", "channel", "scenes": [{"start", "end", "music": {"start", "end", "level_db", "texture",
     "recording"} or null, "speech", "bed", "noise"}]}
and `groups` tells the group of each recording.
"""

import argparse
import concurrent.futures
import json
import pathlib
import re
import subprocess

import numpy as np

import beds
import corpus
import dialogue
import material
import plan
import textures
from sound import RATE, amplitude, decode, decode_part, power

SEED = 20261121
GROUPS = 4
CHANNELS = ("stereo", "mono") * 3  # of the sessions of each group
SCENES = 14
MORE_VOICES = ("asterisk-core-sounds-en-g722", "asterisk-core-sounds-it-g722", "ktuberling-data")
EFFECTS = "tuxpaint-stamps-default"
LANGUAGES = ("ca", "da", "de", "el", "en", "fi", "fr", "ga", "gl", "it", "lt", "nl", "pt", "ro", "sl", "sr", "sv",
             "uk", "wa")
MUSICAL = re.compile(r"/(music|symbols|flags|roadsigns)/|_desc|final-roll-call|rooster_|dreydl")
LEVELS = (-10, -7.5, -5, -2.5, 0, 5, 10)
BEDS = (*beds.KINDS, "audience", "hiss", "hiss")
FILTERED_SHARE = 0.25  # of the musics
LOUDNESS = amplitude(-24)  # RMS of a session
BIT_RATES = (64, 96, 128)  # kb/s


def voices(group):
    """Files and lines that are spoken in the group, as lists by speaker."""
    pool = {}
    synthetic, real = dialogue.lines("development")
    for line in synthetic + real:
        pool.setdefault(line.speaker, []).append(line)
    for language in ("en", "it"):
        pool["more:" + language] = material.voice_prompts(language)
    for language in LANGUAGES:
        tree = material.unpacked("ktuberling-data") / "usr/share/ktuberling/sounds" / language
        pool["tuber:" + language] = sorted(tree.glob("*.wav")) + sorted(tree.glob("*.ogg"))
    # The speakers that say whole phrases first, so that each group has some of each kind.
    speakers = sorted(pool, key=lambda name: (name.split(":")[0], name))
    return [pool[name] for name in speakers[group::GROUPS] if pool[name]]


def effects(group):
    tree = material.unpacked(EFFECTS) / "usr/share/tuxpaint/stamps"
    return [path for path in sorted(tree.rglob("*.ogg")) if not MUSICAL.search(str(path))][group::GROUPS]


def say(rng, lines):
    """One line of a speaker, mono, at SPEECH_RMS."""
    line = lines[rng.integers(len(lines))]
    if isinstance(line, dialogue.Line):
        return dialogue.speak(line)
    options = ("-f", "g722") if line.suffix == ".g722" else ()
    sound = decode(line, 1, options)[:, 0]
    return sound * (dialogue.SPEECH_RMS / np.sqrt(power(sound) + 1e-9))


def make_bed(rng, kind, seconds):
    return textures.hiss(rng, seconds) if kind == "hiss" else beds.make(rng, kind, seconds, "development")


class Session:
    def __init__(self, rng, group, channel, recordings, speakers, sounds):
        self.rng, self.group, self.channel = rng, group, channel
        self.musics = plan.Musics(rng, recordings)
        self.speakers, self.sounds = speakers, sounds
        self.scenes = []

    def mix(self):
        parts, now = [], 0.0
        for _ in range(SCENES):
            part, scene = self.scene(now)
            parts.append(part)
            self.scenes.append(scene)
            now += len(part) / RATE
        total = np.concatenate(parts)
        return total if self.channel == "stereo" else total.mean(axis=1, keepdims=True)

    def scene(self, now):
        rng = self.rng
        seconds = float(rng.uniform(10, 30))
        length = int(seconds * RATE)
        out = np.zeros((length, 2), np.float32)
        scene = {"start": now, "end": now + length / RATE, "speech": False, "bed": "", "noise": "", "music": None}
        if rng.random() < 0.7:
            scene["speech"] = True
            out += self.speech(length)
        if rng.random() < 0.7 or not scene["speech"]:
            scene["bed"] = str(rng.choice(BEDS))
            level = float(rng.uniform(-46, -30)) if scene["speech"] else float(rng.uniform(-44, -26))
            out += amplitude(level) * make_bed(rng, scene["bed"], int(seconds) + 2)[:length]
        if rng.random() < 0.35:
            scene["noise"] = str(rng.choice(textures.NOISES + ("effects", "effects", "doors", "singing")))
            out += self.noise(scene["noise"], length)
        if rng.random() < 0.5:
            out = self.add_music(out, scene)
        return out, scene

    def speech(self, length):
        rng = self.rng
        speakers = [self.speakers[i] for i in rng.integers(len(self.speakers), size=2)]
        pause = [(0.05, 0.3), (0.2, 1.0), (0.5, 3.0)][rng.integers(3)]
        mono, at = np.zeros(length, np.float32), int(rng.uniform(0, pause[1]) * RATE)
        while at < length:
            sound = say(rng, speakers[int(rng.random() < 0.35)])[: length - at]
            mono[at : at + len(sound)] += sound * amplitude(rng.uniform(-3, 3))
            at += len(sound) + int(rng.uniform(*pause) * RATE)
        return dialogue.in_room(rng, mono, float(rng.uniform(0.15, 0.8)), float(rng.uniform(-16, -5)))

    def noise(self, kind, length):
        rng, seconds = self.rng, length / RATE
        gain = amplitude(rng.uniform(-24, 0))
        if kind == "doors":
            return 0.5 * gain * beds.effects(rng, seconds + 1)[:length]
        if kind != "effects":
            mono = textures.noise(rng, kind, seconds + 0.1)[:length]
            place = rng.uniform(0.3, 0.7)
            return gain * mono[:, None] * np.sqrt(2 * np.array([1 - place, place], np.float32))
        out, at = np.zeros((length, 2), np.float32), 0
        while at < length:
            sound = decode(self.sounds[rng.integers(len(self.sounds))])[: length - at]
            if power(sound) > 0:
                out[at : at + len(sound)] += sound * (0.1 * gain / np.sqrt(power(sound)))
            at += len(sound) + int(rng.uniform(0, 3) * RATE)
        return out

    def add_music(self, rest, scene):
        rng, seconds = self.rng, len(rest) / RATE
        first = float(rng.choice([0, rng.uniform(0, seconds / 2)]))
        length = float(min(seconds - first, rng.uniform(4, 30)))
        if rng.random() < 0.35:
            texture = name = str(rng.choice(textures.TEXTURES))
            music = textures.play(rng, texture, length)
        else:
            recording, start = self.musics.next(min(length, 20))
            texture, name = recording.texture or "recording", recording.name
            music = decode_part(recording.path, start, length).copy()
        if rng.random() < FILTERED_SHARE:
            music = textures.filtered(rng, music)
        music = music[: len(rest) - int(first * RATE)]
        length = len(music) / RATE
        for part in (music, music[::-1]):
            ramp = int(rng.choice([0.01, rng.uniform(0.3, 2)]) * RATE)
            ramp = min(ramp, len(part) // 3)
            part[:ramp] *= np.sin(np.linspace(0, np.pi / 2, ramp))[:, None] ** 2
        at = int(first * RATE)
        around = power(rest[at : at + len(music)])
        if around < 1e-8 or rng.random() < 0.15:
            rest[at : at + len(music)] *= amplitude(-30)
            around, level = max(power(rest[at : at + len(music)]), 1e-7), 20.0
        else:
            level = float(rng.choice(LEVELS))
        rest[at : at + len(music)] += music * np.sqrt(around * 10 ** (level / 10) / (power(music) + 1e-12))
        scene["music"] = {"start": scene["start"] + first, "end": scene["start"] + first + length,
                          "level_db": level, "texture": texture, "recording": name}
        return rest


def dealt(recordings):
    """The recordings of each group: those that share sound go together."""
    family = {}
    for recording in sorted(recordings, key=lambda recording: recording.name):
        known = next((family[kin.name] for kin in recording.kin if kin.name in family), recording.name)
        family[recording.name] = known
    names = sorted(set(family.values()))
    return [[r for r in recordings if names.index(family[r.name]) % GROUPS == group] for group in range(GROUPS)]


def build_session(task):
    group, number, recordings, folder = task
    rng = np.random.default_rng([SEED, group, number])
    name = f"group{group}_{number:02}"
    media = folder / f"{name}.m4a"
    if media.with_suffix(".json").exists():
        return
    channel = CHANNELS[number]
    session = Session(rng, group, channel, recordings, voices(group), effects(group))
    mix = session.mix()
    encode(mix * (LOUDNESS / np.sqrt(power(mix))), media, int(rng.choice(BIT_RATES)))
    media.with_suffix(".json").write_text(json.dumps(
        {"group": group, "channel": channel, "scenes": session.scenes}, indent=1))
    print(name, f"{len(mix) / RATE:.0f} s", flush=True)


def encode(mix, media, bit_rate):
    raw = ["-f", "f32le", "-ar", str(RATE), "-ac", str(mix.shape[1]), "-i", "pipe:0"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-nostdin", *raw, "-c:a", "aac", "-b:a", f"{bit_rate}k", media],
                   input=np.clip(mix, -1, 1).astype(np.float32).tobytes(), check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parent.parent / "build/eval/activity")
    folder = parser.parse_args().work
    folder.mkdir(parents=True, exist_ok=True)
    material.fetch((*material.MUSIC_PACKAGES, *material.VOICE_PACKAGES, *MORE_VOICES, EFFECTS,
                    textures.SOUND_FONT))
    groups = dealt([recording for part in corpus._split("development", corpus.SEED) for recording in part])
    names = {recording.name: number for number, group in enumerate(groups) for recording in group}
    (folder / "groups").write_text(json.dumps(names, indent=1))
    tasks = [(group, number, groups[group], folder) for number in range(len(CHANNELS)) for group in range(GROUPS)]
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        list(pool.map(build_session, tasks))


if __name__ == "__main__":
    main()
