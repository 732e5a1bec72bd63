"""Invents the scenes of episodes with a picture: which places there are, what is shot there and for how long."""

from dataclasses import replace

import numpy as np

from storyboard import GRADUAL_SECONDS, MOVES, Decoy, Light, Person, Place, Scene, Setup, Shot

PATTERNS = ("dialogue", "walk", "action", "travel", "montage")
SHORTEST_SHOT, USUAL_SHOT, LONGEST_SHOT = 0.6, 5.0, 20.0  # seconds; the second is the mean
SCENE_SECONDS = (30, 50)
LONG_SCENE_SECONDS = (75, 130)
SHORTEST_REST = 15  # seconds of an episode that are worth another scene
MONTAGE_SECONDS = (20, 40)
HOLD_SECONDS = (0.0, 1.0)  # of black or white between the sides of a fade
DECOY_MARGIN = 0.3  # seconds between a decoy within a shot and the shot's joints
NIGHT_MEAN = (0.06, 0.12)  # of luma, where 1 is white
FOG_CONTRAST = (0.04, 0.09)  # standard deviation of the same
FULL_CONTRAST = 30.0  # standard deviation of luma from which on a view is not dull at all
TITLES = ("THREE YEARS LATER", "CHAPTER TWO", "The next morning", "MEANWHILE", "PART ONE", "Six hours before",
          "EPILOGUE", "LONDON 1911", "THE HARBOUR", "No signal")


class Planner:
    """Invents scenes for one half, from its own numbers of pictures and figures."""

    def __init__(self, rng, thumbs, figure_count, recording_count):
        """thumbs: each picture's luma, small; with it the planner chooses where there is something to see."""
        self._rng = rng
        self._thumbs = thumbs
        self._figures = figure_count
        self._recordings = recording_count
        self._unused, self._last = [], None

    def episode(self, seconds, opening=None, ending=None, cards=True):
        """Scenes of about that many seconds in all; the opening and the ending are given, or None."""
        scenes = [opening] if opening else []
        places, previous = [], None
        room = seconds - (ending.length if ending else 0)
        while (left := room - sum(scene.length for scene in scenes)) > SHORTEST_REST:
            scene, place = self._scene(places, previous, left, cards)
            if len(scenes) > 0:
                scene.shots = self._introduced(scene.shots, cards)
            scenes.append(scene)
            previous = place
        if ending:
            scenes.append(ending)
        return scenes

    def titles(self, name, seconds):
        """An opening or an ending: short shots of many places under music, with titles over them."""
        rng = self._rng
        places = [self.place(f"{name} {i}") for i in range(3)]
        shots = []
        while sum(shot.length for shot in shots) < seconds:
            place = places[rng.integers(3)]
            shot = self._shot(place, self._other(place, shots[-1].setup if shots else None), rng.uniform(1.5, 4.0))
            text = Decoy("title" if name == "opening" else "credits", 0.2, shot.length - 0.4, self._seed())
            shots.append(replace(shot, decoys=(text,), before=self._joint("inside") if shots else ("cut",)))
        return Scene(name, "titles", shots, "none", True, int(rng.integers(self._recordings)))

    def place(self, name):
        """A place in pictures that no other place was made of, as long as there are any."""
        rng = self._rng
        pictures = [self._picture()] + ([self._picture()] if rng.random() < 0.2 else [])
        people = [int(figure) for figure in rng.choice(self._figures, 3, replace=False)]
        mirrored = bool(rng.random() < 0.5)
        setups = [self._wide(pictures[0], mirrored)]
        while len(setups) < int(rng.integers(4, 7)):
            setups.append(self._near(setups, pictures, people, mirrored))
        ambience = str(rng.choice(["room", "traffic", "rain", "crowd", "wind", "street steps"]))
        return Place(name, tuple(setups), self._light(pictures[0]), ambience, bool(rng.random() < 0.4))

    def _picture(self):
        """One that was not used yet; when all were, all are unused again but the last."""
        if not self._unused:
            shuffled = list(map(int, self._rng.permutation(len(self._thumbs))))
            self._unused = [each for each in shuffled if each != self._last]
        self._last = self._unused.pop()
        return self._last

    def _scene(self, places, previous, left, cards):
        """(a new scene, its place or None); `left`: seconds that the episode still has room for."""
        rng = self._rng
        pattern = str(rng.choice(PATTERNS, p=(0.36, 0.22, 0.16, 0.12, 0.14)))
        longest = LONG_SCENE_SECONDS if rng.random() < 0.06 else SCENE_SECONDS
        seconds = float(rng.uniform(*(MONTAGE_SECONDS if pattern == "montage" else longest)))
        if left >= 2 * SCENE_SECONDS[0]:
            seconds = min(seconds, left - SCENE_SECONDS[0])
        elif pattern != "montage" or left < MONTAGE_SECONDS[1]:
            seconds = left
        if pattern == "montage":
            shots = self._montage(min(seconds, MONTAGE_SECONDS[1]))
            return Scene(f"montage {self._seed() % 1000}", pattern, shots, "none", True, self._music()), None
        returning = [place for place in places if place is not previous]
        if returning and rng.random() < 0.4:
            place = returning[rng.integers(len(returning))]
        else:
            place = self.place(f"place {len(places) + 1}")
            places.append(place)
        shots = self._shots(place, pattern, seconds)
        return Scene(place.name, pattern, shots, place.ambience, place.has_music, self._music()), place

    def _shots(self, place, pattern, seconds):
        """Shots at a place. The first of a dialogue and a walk is often a wide one."""
        rng = self._rng
        two = [s for s in place.setups if s.people][:2]
        two = two if len(two) == 2 else list(place.setups[1:3])
        mean = {"action": 2.2, "travel": 6.0}.get(pattern, USUAL_SHOT)
        shots, left = [], seconds
        while left > 0.01:
            length = self._length(mean)
            length = left if left - length < 1.0 and left < LONGEST_SHOT else min(length, left)
            if not shots and pattern in ("dialogue", "walk") and rng.random() < 0.6:
                setup = place.setups[0]
            elif pattern == "dialogue" and rng.random() < 0.85:
                setup = two[1] if shots and shots[-1].setup.stand == two[0].stand else two[0]
            else:
                setup = self._other(place, shots[-1].setup if shots else None)
            shot = self._shot(place, setup, length, pattern)
            shots.append(replace(shot, before=self._joint(pattern) if shots else ("cut",)))
            left -= length
        return shots

    def _montage(self, seconds):
        """Many short shots at many places, some of them rapid."""
        rng = self._rng
        is_rapid = rng.random() < 0.5
        shots, left = [], seconds
        while left > 0.01:
            length = float(rng.uniform(0.4, 1.0) if is_rapid else rng.uniform(0.8, 2.8))
            length = left if left - length < 0.4 else length
            place = self.place("montage")
            shot = self._shot(place, self._other(place, None), length, "montage")
            joint = self._joint("travel" if rng.random() < 0.1 and not is_rapid else "montage") if shots else ("cut",)
            shots.append(replace(shot, before=joint))
            left -= length
        return shots

    def _introduced(self, shots, cards):
        """The shots of a scene with how it is separated from the one before, at times by a card."""
        rng = self._rng
        first = replace(shots[0], before=self._joint("between"))
        if not cards or rng.random() > 0.2:
            return [first, *shots[1:]]
        words = "black" if rng.random() < 0.5 else str(rng.choice(TITLES))
        card = Shot(float(rng.uniform(0.8, 2.5)), first.setup, first.light, "frozen", self._seed(), card=words,
                    before=("cut",))
        return [card, replace(first, before=("cut",)), *shots[1:]]

    def _shot(self, place, setup, length, pattern=""):
        rng = self._rng
        weights = {"action": (0, 0.05, 0.15, 0.1, 0.3, 0.25, 0.15), "dialogue": (0.08, 0.37, 0.1, 0.1, 0.35, 0, 0)}
        move = str(rng.choice(MOVES, p=weights.get(pattern, (0.06, 0.14, 0.27, 0.2, 0.19, 0.08, 0.06))))
        light = replace(place.light, gain=place.light.gain * float(rng.uniform(0.93, 1.07)))
        people = tuple(replace(person, walks=self._pace() if rng.random() < 0.15 else 0.0) for person in setup.people)
        return Shot(length, replace(setup, people=people), light, move, self._seed(),
                    self._decoys(place, setup, length, pattern))

    def _decoys(self, place, setup, length, pattern):
        rng = self._rng
        chances = {"flash": 0.05, "lightning": 0.03, "strobe": 0.02, "cameras": 0.02, "flicker": 0.06, "passing": 0.05,
                   "split": 0.04, "caption": 0.45 if pattern == "dialogue" else 0.1, "title": 0.03, "walker": 0.08}
        lengths = {"flash": (0.03, 0.12), "lightning": (0.3, 0.7), "strobe": (0.5, 1.5), "cameras": (0.5, 2.0),
                   "passing": (0.35, 0.9), "split": (1.5, 4.0), "walker": (1.5, 4.0)}
        if pattern == "action":
            chances.update(flash=0.12, lightning=0.06, strobe=0.05, passing=0.1)
        decoys = []
        for kind, chance in chances.items():
            room = length - 2 * DECOY_MARGIN
            if rng.random() > chance or room < 0.3:
                continue
            lasts = min(float(rng.uniform(*lengths.get(kind, (room, room)))), room)
            start = DECOY_MARGIN + float(rng.uniform(0, room - lasts))
            other = self._other(place, setup) if kind == "split" else None
            decoys.append(Decoy(kind, start, lasts, self._seed(), other))
        return tuple(decoys)

    def _joint(self, where):
        """A transition as Shot.before has it. Between scenes it is more often gradual."""
        rng = self._rng
        cut, dissolve, _ = {"between": (0.25, 0.3, 0.45), "travel": (0.35, 0.5, 0.15), "montage": (1, 0, 0),
                            "action": (0.94, 0.04, 0.02)}.get(where, (0.68, 0.23, 0.09))
        chosen = rng.random()
        if chosen < cut:
            return ("cut",)
        if chosen < cut + dissolve:
            return ("dissolve", float(rng.uniform(*GRADUAL_SECONDS)))
        out = float(rng.uniform(*GRADUAL_SECONDS))
        back = float(np.clip(out * rng.uniform(0.7, 1.4), *GRADUAL_SECONDS))
        hold = float(rng.uniform(*HOLD_SECONDS)) if rng.random() < 0.7 else 0.0
        return ("fade", (out, hold, back), "white" if rng.random() < 0.2 else "black")

    def _light(self, picture):
        """How a place in that picture is lit: by day, at night, in fog. However dark or pale the picture is, night
        and fog leave as much to be seen."""
        rng = self._rng
        tint = tuple(float(v) for v in rng.normal(0, 5, 2))
        saturation, chosen = float(rng.uniform(0.4, 1.2)), rng.random()
        luma = np.clip((self._thumbs[picture].astype(np.float64) - 16) / 219, 0, 1)
        if chosen < 0.09:
            gain = np.clip(rng.uniform(*NIGHT_MEAN) / luma.mean(), 0.12, 0.9)
            return Light(1.0, float(gain), 0.0, 0.35, (tint[0] + 4, tint[1] - 3))
        if chosen < 0.18:
            gain = np.clip(rng.uniform(*FOG_CONTRAST) / luma.std(), 0.15, 0.6)
            return Light(1.0, float(gain), float(rng.uniform(0.4, 0.7)), 0.3, tint)
        return Light(float(rng.uniform(0.7, 1.5)), float(rng.uniform(0.75, 1.1)), 0.1, saturation, tint)

    def _wide(self, picture, mirrored):
        return Setup(int(picture), 0.5, 0.5, self._widest(picture) * float(self._rng.uniform(0.82, 0.95)), mirrored)

    def _near(self, setups, pictures, people, mirrored):
        """A setup that sees other things than those there are; the best of some tries."""
        rng = self._rng
        tried = []
        for _ in range(12):
            picture = int(pictures[rng.integers(len(pictures))])
            width = float(rng.uniform(0.3, 0.6)) * self._widest(picture)
            x, y = (float(rng.uniform(width * 0.55, 1 - width * 0.55)) for _ in range(2))
            made = Setup(picture, x, y, width, mirrored)
            common = max((_overlap(made, other) for other in setups if other.picture == picture), default=0)
            tried.append((common + self._dullness(made), made))
        setup = min(tried, key=lambda each: each[0])[1]
        if rng.random() < 0.6:
            count = 1 if rng.random() < 0.8 else 2
            chosen = [(len(setups) + k) % len(people) for k in range(count)]
            setup = replace(setup, blurred=bool(rng.random() < 0.6), people=tuple(
                Person(people[i], (0.3 + 0.4 * rng.random()) if count == 1 else 0.28 + 0.44 * k,
                       float(rng.uniform(0.7, 1.1)), float(rng.uniform(0.002, 0.012)), 0.0, bool(rng.random() < 0.5))
                for k, i in enumerate(chosen)))
        return setup

    def _widest(self, picture):
        """The part of a picture's width that a frame of 16:9 can have."""
        height, width = self._thumbs[picture].shape
        return min(1.0, height / width * 16 / 9)

    def _dullness(self, setup):
        """0 of a view full of contrasts, 1 of an even surface."""
        thumb = self._thumbs[setup.picture]
        height, width = thumb.shape
        across, down = setup.width * width / 2, setup.width * width * 9 / 32
        part = thumb[max(0, int(setup.y * height - down)) : int(setup.y * height + down) + 1,
                     max(0, int(setup.x * width - across)) : int(setup.x * width + across) + 1]
        return 1 - min(1.0, float(part.std()) / FULL_CONTRAST)

    def _other(self, place, setup):
        choices = [each for each in place.setups
                   if setup is None or each.stand != setup.stand]
        return choices[self._rng.integers(len(choices))]

    def _length(self, mean):
        return float(min(LONGEST_SHOT, SHORTEST_SHOT + self._rng.exponential(mean - SHORTEST_SHOT)))

    def _pace(self):
        return float(self._rng.uniform(0.05, 0.25) * self._rng.choice([-1, 1]))

    def _music(self):
        return int(self._rng.integers(self._recordings))

    def _seed(self):
        return int(self._rng.integers(1 << 31))


def _overlap(a, b):
    """Intersection over union of what two setups of one picture see, taking both as squares."""
    low = lambda s: (s.x - s.width / 2, s.y - s.width / 2)
    sides = [max(0.0, min(l + a.width, m + b.width) - max(l, m)) for l, m in zip(low(a), low(b))]
    common = sides[0] * sides[1]
    return common / (a.width**2 + b.width**2 - common)
