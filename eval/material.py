#!/usr/bin/python3
"""Music and voices of the evaluation, taken from Debian packages that are unpacked but never installed.

A package is downloaded once into the cache (${NEEDLEDROP_CACHE:-~/.cache/needledrop}/packages) and
becomes visible there by a rename, so an interrupted run leaves nothing half unpacked. Run as a program it
fetches everything and lists what it found.
"""

import dataclasses
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import numpy as np

DEMO_PACKAGE = "pushover-data"
DEMO_CREDIT = "music composed and arranged by Roberto Lorenz, GPL-3+"  # as its copyright file says
MUSIC_PACKAGES = (
    DEMO_PACKAGE, "zaz-data", "marsshooter-data", "wesnoth-1.16-music", "warmux-data", "openclonk-data",
    "asc-music", "xmoto-data", "freedink-data", "frozen-bubble-data", "extremetuxracer-data",
    "gigalomania-data", "warzone2100-music", "hyperrogue-music", "singularity-music",
    "fillets-ng-data", "btanks-data", "lincity-ng-data", "lugaru-data", "tuxmath-data", "pathological",
)
VOICE_PACKAGES = tuple(f"asterisk-core-sounds-{language}-g722" for language in ("fr", "es", "ru"))
MUSIC_SUFFIXES = {".ogg", ".mp3", ".opus", ".flac", ".wav"}  # trackers (xm, mod, s3m) are scores, not recordings
SHORTEST_RECORDING = 60.0  # seconds
SMALLEST_FILE = 200_000  # bytes: a minute at 27 kb/s; spares the probing of a thousand sound effects

# Chromaprint's raw items are 0.1238 s apart. Two files are the same music when, laid over each other at
# their best offset, at least 10 s of them agree in all but 30 % of the bits (unrelated music: about 50 %).
DUPLICATE_ITEMS = 81
DUPLICATE_BIT_ERROR = 0.30
OFFSETS_TRIED = 5


class Unavailable(RuntimeError):
    """A package that could not be downloaded."""


@dataclasses.dataclass(frozen=True)
class Kin:
    """Another recording that shares sound with one."""

    name: str
    version: str  # vocal | instrumental | original | edit | re-issue
    stretches: tuple  # of (start in the one, start in this, seconds) in which they share it; None: all of both


@dataclasses.dataclass(frozen=True)
class Recording:
    """A music file, with what has to be said when it is used."""

    path: pathlib.Path
    package: str
    duration: float  # seconds
    name: str  # of the file in a catalogue's folder
    texture: str = ""  # of a rendition made for its texture
    version: str = ""  # which of its family it is (see Kin), "" of a recording without kin
    kin: tuple = ()

    @property
    def credit(self):
        return f"{self.path.name} from Debian's {self.package}, licence in {copyright_file(self.package)}"


def cache_directory():
    chosen = os.environ.get("NEEDLEDROP_CACHE")
    return pathlib.Path(chosen) if chosen else pathlib.Path.home() / ".cache" / "needledrop"


def unpacked(package):
    """Where the package lies in the cache, or None. The folder is named like the .deb: package_version_arch."""
    found = sorted((cache_directory() / "packages").glob(f"{package}_*_*"))
    return found[-1] if found else None


def copyright_file(package):
    return unpacked(package) / "usr/share/doc" / package / "copyright"


def fetch(packages):
    """Downloads and unpacks those packages that are not in the cache yet, and says so on stderr."""
    missing = [package for package in packages if unpacked(package) is None]
    if not missing:
        return
    sizes = _download_sizes(missing)
    total = sum(sizes.values()) / 1e6
    print(f"downloading {len(missing)} Debian packages, {total:.0f} MB, into {cache_directory()}", file=sys.stderr)
    home = cache_directory() / "packages"
    home.mkdir(parents=True, exist_ok=True)
    for package in missing:
        print(f"  {package} ({sizes.get(package, 0) / 1e6:.0f} MB)", file=sys.stderr)
        _fetch_one(package, home)


def _fetch_one(package, home):
    with tempfile.TemporaryDirectory(prefix=".unpacking-", dir=home) as scratch:
        # The sandbox user cannot write into a private scratch folder; the signature check is unaffected.
        sandbox = ["-o", "APT::Sandbox::User=root"] if os.geteuid() == 0 else []
        done = subprocess.run(["apt-get", "-q", *sandbox, "download", package], cwd=scratch, check=False,
                              stdout=subprocess.DEVNULL)
        if done.returncode != 0:
            raise Unavailable(f"cannot download Debian's {package}; is the network there, and apt-get update run?")
        archive = next(pathlib.Path(scratch).glob("*.deb"))
        tree = pathlib.Path(scratch) / archive.stem
        subprocess.run(["dpkg-deb", "-x", archive, tree], check=True)
        try:
            os.rename(tree, home / archive.stem)
        except OSError:  # another run was faster; its copy is as good
            if unpacked(package) is None:
                raise


def _download_sizes(packages):
    shown = subprocess.run(["apt-cache", "show", "--no-all-versions", *packages], capture_output=True, text=True)
    names = re.findall(r"^Package: (\S+)$", shown.stdout, re.MULTILINE)
    sizes = re.findall(r"^Size: (\d+)$", shown.stdout, re.MULTILINE)
    return dict(zip(names, map(int, sizes)))


def recordings(packages=MUSIC_PACKAGES):
    """The recordings of these packages in order of package and path, one for each distinct piece of music."""
    found = [recording for package in packages for recording in _decodable(package)]
    return _without_duplicates(found)


def _decodable(package):
    for path in sorted(unpacked(package).rglob("*")):
        if path.suffix.lower() not in MUSIC_SUFFIXES or path.stat().st_size < SMALLEST_FILE:
            continue
        shown = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path],
                               capture_output=True, text=True)
        duration = float(shown.stdout) if re.fullmatch(r"[\d.]+\s*", shown.stdout) else 0.0
        if duration >= SHORTEST_RECORDING:
            unique = f"{package}__{re.sub(r'[^A-Za-z0-9.]+', '_', path.name)}"
            yield Recording(path, package, duration, unique)


def _without_duplicates(found):
    """Keeps the first of each group of files that hold the same music, so that music that is kept out of
    the catalogue cannot be in it under another name."""
    kept, prints = [], []
    for recording in found:
        items = _chromaprint(recording.path)
        twin = next((other for other, known in zip(kept, prints) if _same_music(items, known)), None)
        if twin is None:
            kept.append(recording)
            prints.append(items)
        else:
            print(f"  left out: {recording.name} holds the same music as {twin.name}", file=sys.stderr)
    return kept


def _chromaprint(path):
    """Raw Chromaprint items of a file, from the cache when they are known."""
    key = hashlib.sha256(str(path.relative_to(cache_directory())).encode()).hexdigest()[:16]
    stored = cache_directory() / "chromaprint" / f"{key}.u32"
    if not stored.exists():
        stored.parent.mkdir(exist_ok=True)
        raw = subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-i", path, "-vn", "-f", "chromaprint",
                              "-fp_format", "raw", "-"], check=True, capture_output=True).stdout
        scratch = stored.with_suffix(f".{os.getpid()}")
        scratch.write_bytes(raw)
        os.replace(scratch, stored)
    return np.frombuffer(stored.read_bytes(), "<u4")


def _same_music(a, b):
    """True when the two item series agree at one of the offsets that their equal items vote for."""
    order = np.argsort(b, kind="stable")
    first = np.searchsorted(b[order], a, "left")
    last = np.searchsorted(b[order], a, "right")
    hits = [(order[first[i] : min(last[i], first[i] + 20)] - i) for i in np.nonzero(last > first)[0]]
    if not hits:
        return False
    offsets, votes = np.unique(np.concatenate(hits), return_counts=True)
    best = offsets[np.argsort(-votes, kind="stable")[:OFFSETS_TRIED]]
    return any(_agree_at(a, b, int(offset)) for offset in best)


def _agree_at(a, b, offset):
    start, end = max(0, -offset), min(len(a), len(b) - offset)
    if end - start < DUPLICATE_ITEMS:
        return False
    difference = a[start:end] ^ b[start + offset : end + offset]
    errors = np.unpackbits(difference.view(np.uint8)).reshape(-1, 32).sum(axis=1) / 32
    sums = np.cumsum(np.concatenate([[0.0], errors]))
    return float((sums[DUPLICATE_ITEMS:] - sums[:-DUPLICATE_ITEMS]).min()) / DUPLICATE_ITEMS < DUPLICATE_BIT_ERROR


def demo_recordings():
    """The recordings of the demonstration's package under their own names, without the check for duplicates."""
    fetch([DEMO_PACKAGE])
    return [dataclasses.replace(recording, name=recording.path.name) for recording in _decodable(DEMO_PACKAGE)]


def voice_prompts(language):
    """Paths of the spoken prompts of one real voice: whole phrases, no digits, letters, tones or noises."""
    folders_left_out = {"letters", "digits", "phonetic", "silence"}
    noises = re.compile(r"beep|tone|monkeys|weasels")
    tree = unpacked(f"asterisk-core-sounds-{language}-g722")
    return [path for path in sorted(tree.rglob("*.g722"))
            if path.parent.name not in folders_left_out and not noises.search(path.name)]


def link(recording, folder):
    """Puts the recording into a folder under its name without copying it where the file system allows."""
    target = pathlib.Path(folder) / recording.name
    if not target.exists():
        try:
            os.link(recording.path, target)
        except OSError:
            shutil.copyfile(recording.path, target)
    return target


def main():
    fetch(MUSIC_PACKAGES + VOICE_PACKAGES)
    found = recordings()
    for recording in found:
        print(f"{recording.duration:7.1f} s  {recording.credit}")
    print(f"{len(found)} recordings, {sum(r.duration for r in found) / 60:.0f} min")


if __name__ == "__main__":
    main()
