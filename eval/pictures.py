#!/usr/bin/python3
"""Pictures that the scenes of generated episodes are filmed in, and figures that stand before them.

Both are taken from Debian packages as `material` takes its music. Run as a program it fetches them and lists what
it found. A picture in memory is a `Plate`: its planes in video's colours, at several sizes.
"""

import functools
import hashlib
import os
import pathlib
import re
import subprocess
from dataclasses import dataclass

import numpy as np

import material

# Photographs and paintings; abstract wallpapers, of which the packages hold many more, are no places.
PICTURES = {
    "plasma-workspace-wallpapers": tuple(
        f"wallpapers/{name}/contents/images/*x*" for name in (
            "Altai", "Autumn", "BytheWater", "Canopee", "ColdRipple", "ColorfulCups", "DarkestHour", "EveningGlow",
            "FallenLeaf", "FlyingKonqui", "Grey", "IceCold", "Kite", "OneStandsOut", "Path",
            "SafeLanding", "Volna", "summer_1am")),
    "mate-backgrounds": ("backgrounds/mate/nature/*.jpg", "backgrounds/mate/abstract/Elephants.jpg"),
    "lomiri-wallpapers-16.04": tuple(
        f"backgrounds/{name}*.jpg" for name in (
            "Bridge", "Dragonfly", "Picture_1A", "Wine", "aitzgorri", "free_", "friends", "greentock", "life",
            "picosdeeuropa", "seeding", "sunset")),
    "lomiri-wallpapers-20.04": ("backgrounds/Infinite-Sea*", "backgrounds/Kleiber*"),
    "ukui-wallpapers": ("backgrounds/calla.png", "backgrounds/rhythm.jpg", "backgrounds/string.jpg"),
    "palapeli-data": ("palapeli/collection/*.jpg",),
    "wesnoth-1.16-data": tuple(
        f"games/wesnoth/1.16/data/core/images/story/{name}.jpg" for name in (
            "grim-altar", "landscape-battlefield", "landscape-bridge", "landscape-castle", "landscape-coast",
            "landscape-hills-0*", "landscape-mountains-0*", "landscape-plain", "swamp-0*")),
}
FIGURES = ("wesnoth-1.16-data", "games/wesnoth/1.16/data/core/images/portraits/*/*.png")
SMALLEST_FIGURE = 120_000  # bytes; smaller ones are unfinished or flat
LETTERS = ("fonts-dejavu-core", "truetype/dejavu/DejaVuSansMono-Bold.ttf")
PACKAGES = (*PICTURES, LETTERS[0])

LARGEST_WIDTH = 2560  # a picture is stored at most so wide: 1080p is a crop of it
PLATE_EDITION = 1  # to be raised whenever the same picture would be stored otherwise
# Video's limited range, and what its first plane is made of; the second and third have half its size.
TO_VIDEO = "out_range=tv:out_color_matrix=bt709"


@dataclass(frozen=True)
class Picture:
    """An image file, with what has to be said when it is used."""

    path: pathlib.Path
    package: str

    @property
    def name(self):
        named = self.path.parts[-4] if self.path.parts[-2] == "images" else self.path.stem
        return f"{self.package}/{named}"

    @property
    def credit(self):
        return f"{self.name} from Debian's {self.package}, licence in {material.copyright_file(self.package)}"


@dataclass
class Plate:
    """The planes of a picture, [level][plane]: each level has half the width and height of the one before."""

    levels: list

    @property
    def width(self):
        return self.levels[0][0].shape[1]

    @property
    def height(self):
        return self.levels[0][0].shape[0]


@dataclass
class Figure:
    """A cut-out: three planes of one size, each value 0 to 255, and how opaque each pixel is, 0 to 1."""

    planes: list
    opacity: np.ndarray


def fetch():
    material.fetch(PACKAGES)


def of_half(index, seed):
    """(pictures, figures) of one half (0 or 1): every second of a shuffle."""
    order = np.random.default_rng([seed, 7])
    halved = lambda found: [found[i] for i in order.permutation(len(found))[index::2]]
    return halved(pictures()), halved(figures())


def pictures():
    """All pictures, in the order of the table."""
    return [Picture(path, package) for package, patterns in PICTURES.items() for pattern in patterns
            for path in _largest_of_each(package, pattern)]


def _largest_of_each(package, pattern):
    """The files of a pattern; of the sizes that one wallpaper comes in only the widest."""
    found = sorted((material.unpacked(package) / "usr/share").glob(pattern))
    if "contents" not in pattern:
        return found
    width = lambda path: tuple(map(int, re.findall(r"\d+", path.stem)))
    return sorted(found, key=width)[-1:]


def figures():
    """All figures; of one that comes in several poses or colours only the first."""
    package, pattern = FIGURES
    kept = {}
    for path in sorted((material.unpacked(package) / "usr/share").glob(pattern)):
        if path.stat().st_size >= SMALLEST_FIGURE:
            kept.setdefault((path.parent.name, re.sub(r"[-+]?(\d+|alt)?$", "", path.stem)), Picture(path, package))
    return list(kept.values())


@functools.lru_cache(maxsize=24)
def plate(picture):
    """The picture's Plate, from the cache when it is known."""
    width, height = _size(picture.path)
    kept = min(width, LARGEST_WIDTH) // 2 * 2
    rows = round(height * kept / width / 2) * 2
    stored = _stored(picture, "plate")
    if not stored.exists():
        raw = _decoded(picture.path, f"scale={kept}:{rows}:flags=area+accurate_rnd:{TO_VIDEO},format=yuv420p")
        _keep(stored, np.frombuffer(raw, np.uint8))
    planes, at = [], 0
    content = np.load(stored)
    for shape in ((rows, kept), (rows // 2, kept // 2), (rows // 2, kept // 2)):
        size = shape[0] * shape[1]
        planes.append(content[at : at + size].reshape(shape))
        at += size
    return Plate(_pyramid(planes))


def _pyramid(planes):
    levels = [planes]
    while min(levels[-1][0].shape) >= 128:
        levels.append([halved(plane) for plane in levels[-1]])
    return levels


def halved(plane):
    even = plane[: plane.shape[0] // 2 * 2, : plane.shape[1] // 2 * 2].astype(np.uint16)
    return ((even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2] + 2) >> 2).astype(np.uint8)


@functools.lru_cache(maxsize=60)
def figure(picture):
    """The picture's Figure, cut to what is not transparent."""
    width, height = _size(picture.path)
    stored = _stored(picture, "figure")
    if not stored.exists():
        _keep(stored, np.frombuffer(_decoded(picture.path, f"scale={TO_VIDEO},format=yuva444p"), np.uint8))
    layers = np.load(stored).reshape(4, height, width)
    seen = layers[3] > 8
    rows, columns = np.nonzero(seen.any(axis=1))[0], np.nonzero(seen.any(axis=0))[0]
    box = layers[:, rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Figure(list(box[:3]), (box[3] / 255).astype(np.float32))


@functools.lru_cache(maxsize=4)
def letters(size):
    """{character: opacity (rows, columns), 0 to 1} of a font that many pixels high; all are equally wide."""
    package, font = LETTERS
    path = next((material.unpacked(package) / "usr/share/fonts").glob(font))
    shown = [chr(code) for code in range(33, 127) if chr(code) not in "%\\':{}"]
    columns, rows = round(size * 0.61), round(size * 0.65) * 2
    # One call draws all: a line of text, whose letters are as far apart as the font is wide.
    drawn = subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"color=black:size={columns * len(shown) * 2}x{rows}", "-vf",
         ",".join(f"drawtext=fontfile={path}:fontsize={size}:fontcolor=white:x={i * columns}:y={rows}*0.8-ascent*0.8"
                  f":text='{_escaped(character)}':expansion=none" for i, character in enumerate(shown)),
         "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", "-"], check=True, capture_output=True).stdout
    line = np.frombuffer(drawn, np.uint8).reshape(rows, -1).astype(np.float32) / 255
    found = {character: line[:, i * columns : (i + 1) * columns] for i, character in enumerate(shown)}
    return {**found, " ": np.zeros((rows, columns), np.float32)}


def _escaped(character):
    return "\\" + character if character in ",;[]=" else character


def _size(path):
    shown = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", path],
                           capture_output=True, text=True, check=True)
    return tuple(map(int, shown.stdout.split()[0].split(",")))


def _decoded(path, filters):
    return subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-i", path, "-frames:v", "1", "-vf", filters, "-f",
                           "rawvideo", "-"], check=True, capture_output=True).stdout


def _stored(picture, kind):
    key = hashlib.sha256(f"{PLATE_EDITION} {kind} {picture.path.relative_to(material.cache_directory())}".encode())
    return material.cache_directory() / "pictures" / f"{key.hexdigest()[:20]}.npy"


def _keep(path, values):
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(f".{os.getpid()}.npy")
    np.save(scratch, values)
    os.replace(scratch, path)


def main():
    fetch()
    for picture in pictures():
        print(picture.credit)
    print(f"{len(pictures())} pictures, {len(figures())} figures")


if __name__ == "__main__":
    main()
