"""The small soundtrack and episode that README speaks of, made anew and always the same.

The music is synthetic, the dialogue is spoken by espeak-ng. One seed a recording, no clock, no network.
"""

import pathlib
import subprocess
import wave

import numpy as np

RATE = 44_100
PRODUCTION = "Tidewater Street"
ARTIST = "House Band"
# Title, seed, length, beats a minute, tuning of a' in Hz: like real ensembles, no two are tuned alike.
RECORDINGS = (("First Snow", 1, 58.0, 92.0, 440.0), ("Night Bus", 2, 64.0, 118.0, 446.5),
              ("The Long Way Home", 3, 70.0, 74.0, 434.0))
EPISODE = "Tidewater.Street.S01E01.mp4"
EPISODE_LENGTH = 180.0
# Recording, start in the episode, start in the recording, length, gain: the third lies under dialogue.
CUES = (("First Snow", 12.0, 4.0, 33.0, 0.5), ("Night Bus", 64.0, 10.0, 31.0, 0.14), ("First Snow", 131.0, 20.0, 28.0, 0.4))
LINES = (
    (50.0, "I did not think you would come back to this street after all that happened."),
    (62.0, "The last bus leaves at eleven, and nobody has seen the driver since Tuesday."),
    (68.5, "Then we walk. It is only rain, and I have walked further for less."),
    (75.0, "You always say that, and then you take my umbrella and keep the letter."),
    (82.0, "The letter was never yours. It came to the wrong house, and I opened it."),
    (89.0, "Read it to me, then, slowly, before the lights go out again."),
    (104.0, "There is nothing in it but a date, a place, and a song I do not know."),
)

# Scenes: where they end, the colour of their light, and seeds of the views that are shown by turns.
SCENES = ((48.0, (50, 70, 130), (21, 22)), (108.0, (190, 130, 60), (23, 24)), (EPISODE_LENGTH, (90, 170, 100), (25, 26)))
SHOT_LENGTH, FRAME_RATE, WIDTH, HEIGHT = 4.0, 10, 160, 90


def melody(seed, seconds, beats_a_minute, tuning):
    """Stereo music: chords, a tune and a shaker over a progression that the seed decides."""
    rng = np.random.default_rng(seed)
    sound = np.zeros((2, int(seconds * RATE)))
    beat = 60.0 / beats_a_minute
    root = 45 + int(rng.integers(0, 12))
    for step in range(int(seconds / beat)):
        if step % 4 == 0:
            chord = root + int(rng.choice([0, 3, 5, 7, 8, 10])) + np.array([0, 3 + int(rng.integers(0, 2)), 7, 12])
            for voice, note in enumerate(chord):
                add_note(sound, step * beat, 4 * beat, pitch_of(note, tuning), 0.08, 0.2 + 0.2 * voice)
        for half in range(2):
            if rng.random() < 0.8:
                note = int(rng.choice(chord)) + 12 + int(rng.choice([0, 0, 2, 5]))
                length, place = beat * rng.uniform(0.4, 1.2), rng.uniform(0.1, 0.9)
                add_note(sound, (step + half / 2) * beat, length, pitch_of(note, tuning), 0.16, place)
        add_shaker(sound, step * beat, rng)
    return sound / np.abs(sound).max() * 0.7


def pitch_of(note, tuning):
    return tuning * 2 ** ((note - 69) / 12)


def add_note(sound, start, length, pitch, level, place):
    """A plucked note of eight partials; `place` is 0 at the left and 1 at the right."""
    first = int(start * RATE)
    time = np.arange(min(int(length * RATE), sound.shape[1] - first)) / RATE
    tone = sum(np.sin(2 * np.pi * pitch * part * time) * np.exp(-time * (1.5 + 0.6 * part)) / part for part in range(1, 9))
    tone = tone * np.minimum(1, time / 0.005) * np.minimum(1, (length - time) / 0.02) * level
    sound[0, first:first + len(time)] += tone * np.cos(place * np.pi / 2)
    sound[1, first:first + len(time)] += tone * np.sin(place * np.pi / 2)


def add_shaker(sound, start, rng):
    first = int(start * RATE)
    time = np.arange(min(int(0.06 * RATE), sound.shape[1] - first)) / RATE
    sound[:, first:first + len(time)] += rng.standard_normal((2, len(time))) * np.exp(-time * 80) * 0.05


def dialogue(folder):
    """All lines of the episode in one mono signal."""
    sound = np.zeros(int(EPISODE_LENGTH * RATE))
    for number, (start, text) in enumerate(LINES):
        spoken = folder / f"line{number}.wav"
        voice = ("en-gb", "en-us+f3")[number % 2]
        subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "-w", spoken, text], check=True)
        with wave.open(str(spoken)) as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
            rate = file.getframerate()
        spoken.unlink()
        count = int(len(samples) * RATE / rate)
        line = np.interp(np.arange(count) * rate / RATE, np.arange(len(samples)), samples)
        first = int(start * RATE)
        sound[first:first + count] += line[:len(sound) - first] * 0.35
    return sound


def encode(sound, path, options):
    """Writes stereo samples through ffmpeg, without anything in the file that changes from run to run."""
    pcm = (np.clip(sound, -1, 1).T * 32767).astype("<i2").tobytes()
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-f", "s16le", "-ar", str(RATE), "-ac", "2", "-i", "-",
                    *options, "-threads", "1", "-fflags", "+bitexact", "-flags:a", "+bitexact", path],
                   input=pcm, check=True)


def view(seed, colour):
    """A soft picture in colour, larger than what is shown of it, as ffmpeg's rgb24."""
    rng = np.random.default_rng(seed)
    high, wide = HEIGHT + 40, WIDTH + 60
    picture = np.zeros((high, wide, 3))
    for cells in (4, 9, 20):
        grid = rng.uniform(-1, 1, (cells + 1, cells + 1, 3))
        rows, columns = np.linspace(0, cells - 1e-6, high), np.linspace(0, cells - 1e-6, wide)
        below, right = rows.astype(int), columns.astype(int)
        down, across = (rows - below)[:, None, None], (columns - right)[None, :, None]
        upper = grid[below][:, right] * (1 - across) + grid[below][:, right + 1] * across
        lower = grid[below + 1][:, right] * (1 - across) + grid[below + 1][:, right + 1] * across
        picture += upper * (1 - down) + lower * down
    picture = picture * 35 + np.array(colour)
    return np.clip(picture, 0, 255).astype(np.uint8)


def add_picture(folder, sound):
    """Joins the sound with a picture: views by turns, under a slow pan."""
    views = {seed: view(seed, colour) for _, colour, seeds in SCENES for seed in seeds}
    frames = []
    for number in range(int(EPISODE_LENGTH * FRAME_RATE)):
        now = number / FRAME_RATE
        seeds = next(seeds for end, _, seeds in SCENES if now < end)
        picture = views[seeds[int(now / SHOT_LENGTH) % 2]]
        left, top = int(now % SHOT_LENGTH * 8), int(now % SHOT_LENGTH * 4)
        frames.append(picture[top:top + HEIGHT, left:left + WIDTH].tobytes())
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}",
                    "-r", str(FRAME_RATE), "-i", "-", "-i", sound, "-c:v", "libx264", "-preset", "veryfast", "-g", "20",
                    "-pix_fmt", "yuv420p", "-threads", "1", "-c:a", "copy", "-fflags", "+bitexact", folder / EPISODE],
                   input=b"".join(frames), check=True)


def write_subtitles(path):
    def clock(seconds):
        return f"00:{int(seconds) // 60:02}:{int(seconds) % 60:02},{int(seconds * 1000) % 1000:03}"
    path.write_text("\n".join(f"{number}\n{clock(start)} --> {clock(start + 4.5)}\n{text}\n"
                              for number, (start, text) in enumerate(LINES, 1)))


def make(folder):
    """Fills the folder with soundtrack/, the episode and its subtitles."""
    folder = pathlib.Path(folder)
    (folder / "soundtrack").mkdir()
    music = {}
    for number, (title, *recipe) in enumerate(RECORDINGS, 1):
        music[title] = melody(*recipe)
        tags = {"title": title, "artist": ARTIST, "album": f"{PRODUCTION} (Original Soundtrack)", "track": str(number)}
        options = [word for name, value in tags.items() for word in ("-metadata", f"{name}={value}")]
        encode(music[title], folder / "soundtrack" / f"{number:02} {title}.flac", options)
    rng = np.random.default_rng(9)
    mix = rng.standard_normal((2, int(EPISODE_LENGTH * RATE))) * 0.002 + dialogue(folder)
    for title, start, inside, length, gain in CUES:
        count, first, from_sample = (int(seconds * RATE) for seconds in (length, start, inside))
        fade = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / (0.05 * RATE))
        mix[:, first:first + count] += music[title][:, from_sample:from_sample + count] * fade * gain
    encode(mix, folder / "sound.m4a", ["-c:a", "aac", "-b:a", "128k"])
    add_picture(folder, folder / "sound.m4a")
    (folder / "sound.m4a").unlink()
    write_subtitles(folder / EPISODE.replace(".mp4", ".srt"))
