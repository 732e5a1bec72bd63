"""Scores as Standard MIDI Files: found in Doom's WAD archives, read, changed by the note, and written.

Only what rendering a score with and without one of its parts needs: which notes sound when, in which channel, at
which byte of the file. Bytes of a score that are no music (sysex, text) pass through unread.
"""

import struct
from dataclasses import dataclass

DRUMS = 9  # the channel of percussion, counted from 0
DEFAULT_TEMPO = 500_000  # microseconds a quarter note
_DATA_BYTES = {0x80: 2, 0x90: 2, 0xA0: 2, 0xB0: 2, 0xC0: 1, 0xD0: 1, 0xE0: 2}


class Malformed(ValueError):
    """The bytes are no MIDI file, or end too early."""


@dataclass(frozen=True)
class Note:
    channel: int
    pitch: int  # 69 is a' = 440 Hz
    velocity: int
    start: float  # seconds
    end: float
    at: int  # index in the file of the byte with the velocity


@dataclass(frozen=True)
class _Event:
    tick: int
    order: int  # among events of one tick
    status: int
    first: int
    second: int
    at: int  # index of the last data byte


def lumps(wad, prefix=b"D_"):
    """(name, bytes) of the WAD's lumps whose name begins with the prefix and that are MIDI files, in order; of lumps
    with the same content only the first."""
    if len(wad) < 12 or wad[:4] not in (b"IWAD", b"PWAD"):
        raise Malformed("no WAD archive")
    count, directory = struct.unpack_from("<ii", wad, 4)
    if count < 0 or directory < 12 or directory + 16 * count > len(wad):
        raise Malformed("the WAD's directory lies outside of the file")
    seen = set()
    for index in range(count):
        start, size, name = struct.unpack_from("<ii8s", wad, directory + 16 * index)
        content = wad[start : start + size]
        if name.startswith(prefix) and content.startswith(b"MThd") and content not in seen:
            seen.add(content)
            yield name.rstrip(b"\0").decode("ascii", "replace"), content


def notes(content):
    """The Notes of a MIDI file in order of their starts. A note that is never ended lasts until the last event."""
    division, events = _events(content)
    clock = _Clock(division, events)
    sounding, found = {}, []
    for event in events:
        kind, channel = event.status & 0xF0, event.status & 0x0F
        if kind not in (0x80, 0x90):
            continue
        begun = sounding.pop((channel, event.first), None)
        if begun:
            found.append(_note(begun, clock, event.tick))
        if kind == 0x90 and event.second:
            sounding[channel, event.first] = event
    last = events[-1].tick if events else 0
    found += [_note(begun, clock, last) for begun in sounding.values()]
    return sorted(found, key=lambda note: (note.start, note.channel, note.pitch))


def without(content, is_silenced):
    """The same file with those notes silenced for which is_silenced(note) holds: their velocity becomes 0."""
    changed = bytearray(content)
    for note in notes(content):
        if is_silenced(note):
            changed[note.at] = 0
    return bytes(changed)


def with_programme(content, programme):
    """The same file with every part but the drums played by that instrument (General MIDI, from 0)."""
    changed = bytearray(content)
    for event in _events(content)[1]:
        if event.status & 0xF0 == 0xC0 and event.status & 0x0F != DRUMS:
            changed[event.at] = programme
    return bytes(changed)


def written(parts, tempo=DEFAULT_TEMPO, division=480):
    """A MIDI file of parts: (channel, programme, [(start, end, pitch, velocity)]), times in quarter notes."""
    events = [(0, 0, b"\xff\x51\x03" + tempo.to_bytes(3, "big"))]
    for channel, programme, played in parts:
        events.append((0, 1, bytes((0xC0 | channel, programme))))
        for start, end, pitch, velocity in played:
            events.append((round(start * division), 3, bytes((0x90 | channel, pitch, velocity))))
            events.append((round(end * division), 2, bytes((0x90 | channel, pitch, 0))))
    body, now = bytearray(), 0
    for tick, _, message in sorted(events):
        body += _variable_length(tick - now) + message
        now = tick
    body += b"\0\xff\x2f\0"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, division) + b"MTrk" + struct.pack(">I", len(body)) + bytes(body)


class _Clock:
    """Ticks to seconds by the file's changes of tempo."""

    def __init__(self, division, events):
        self._division = division
        self._changes = [(0, 0.0, DEFAULT_TEMPO)]  # (tick, second, microseconds a quarter from there)
        for event in events:
            if event.status == 0xFF:
                tick, second, tempo = self._changes[-1]
                self._changes.append((event.tick, second + (event.tick - tick) * tempo / division / 1e6, event.first))

    def seconds(self, tick):
        at, second, tempo = next(change for change in reversed(self._changes) if change[0] <= tick)
        return second + (tick - at) * tempo / self._division / 1e6


def _note(begun, clock, last):
    return Note(begun.status & 0x0F, begun.first, begun.second, clock.seconds(begun.tick), clock.seconds(last),
                begun.at)


def _events(content):
    """(ticks a quarter, the events of all tracks in order of time); of the meta events only the tempo (0xFF)."""
    try:
        return _read_events(content)
    except (IndexError, struct.error) as failure:
        raise Malformed("the file ends too early") from failure


def _read_events(content):
    if content[:4] != b"MThd" or len(content) < 14:
        raise Malformed("no MIDI file")
    length, _, tracks, division = struct.unpack_from(">IHHH", content, 4)
    if division == 0 or division & 0x8000:
        raise Malformed("time code instead of ticks a quarter")
    found, at = [], 8 + length
    for _ in range(tracks):
        if content[at : at + 4] != b"MTrk":
            raise Malformed(f"no track at byte {at}")
        size = struct.unpack_from(">I", content, at + 4)[0]
        found += _track(content, at + 8, min(len(content), at + 8 + size))
        at += 8 + size
    # The sort is stable: events of one tick keep the order of tracks, ends of notes before their beginnings.
    return division, sorted(found, key=lambda event: (event.tick, event.order))


def _track(content, at, end):
    tick, running = 0, 0
    while at < end:
        delta, at = _read_variable_length(content, at, end)
        tick += delta
        if at < end and content[at] & 0x80:
            running = content[at]
            at += 1
        if running in (0xF0, 0xF7, 0xFF):
            kind = content[at] if running == 0xFF else None
            at += running == 0xFF
            size, at = _read_variable_length(content, at, end)
            if kind == 0x51 and size == 3:
                yield _Event(tick, 0, 0xFF, int.from_bytes(content[at : at + 3], "big"), 0, at)
            at += size
            continue
        count = _DATA_BYTES.get(running & 0xF0)
        if count is None or at + count > end:
            raise Malformed(f"no event at byte {at}")
        second = content[at + 1] if count == 2 else 0
        begins = running & 0xF0 == 0x90 and second > 0
        yield _Event(tick, 2 if begins else 1, running, content[at], second, at + count - 1)
        at += count


def _read_variable_length(content, at, end):
    value = 0
    while at < end:
        value = value << 7 | content[at] & 0x7F
        at += 1
        if content[at - 1] < 0x80:
            return value, at
    raise Malformed("a length ends with the file")


def _variable_length(value):
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.append(value & 0x7F | 0x80)
    return bytes(reversed(digits))
