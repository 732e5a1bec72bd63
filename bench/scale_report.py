"""Writes the figures of bench/scale.py, the sizes side by side."""

from scale import OTHER_STORES

STATES = (("cold", "cold"), ("first", "first"), ("again", "warm"))
KINDS = (("clean", "clean"), ("speech", "at -5 dB under speech"), ("unknown", "not in the catalogue"))
STORES = (("ours", "segments"), ("sqlite", "SQLite"), ("lmdb", "LMDB"))

HOW = """Measured by `make bench-scale`. Real recordings are analysed once; those that go into the catalogue, {real}, are
hidden at random places (seed 1) among made-up ones of 4 minutes: the peak lists of the real ones are cut into blocks
of 4.1 s, each is reversed in time and transposed by -6 to 6 semitones, and they are dealt like cards, all before any
comes again. That keeps density, tuning, intervals, distances and levels; landmarks are then made of the lists as of
any recording's. No sound is read, and what making up costs is no part of the figures below. The first column is the
real ones alone: there recall and false names are what they are without a crowd. {unknown} clips are of
recordings that are in no catalogue. Every other clip is the sound of a real recording from a random place, 10 s of
stereo in AAC at 128 kb/s; speech is a real voice without pauses in the centre. Times are wall time on {processors}
processors; of look-ups, after decoding and analysis.

*cold*: a process of its own and nothing of the index in the page cache; *first*: one process asks all clips, the
files are in the page cache, most blocks are checked for the first time; *warm*: the same process asks them again.
"""


def number(value, digits=3):
    return f"{value:,.{max(0, digits - len(str(int(abs(value)))))}f}" if value else "0"


def milliseconds(figures):
    return " / ".join(number(figures[name] * 1e3) for name in ("p50", "p90", "max"))


def megabytes(count):
    return number(count / 1e6)


def table(sizes, rows, first="recordings"):
    lines = ["| " + " | ".join([first, *(f"{size:,}" for size in sizes)]) + " |",
             "|---|" + "--:|" * len(sizes)]
    return "\n".join(lines + [f"| {name} | " + " | ".join(cells) + " |" for name, cells in rows]) + "\n"


def building(figures):
    """Rows of (name, what to print of one size)."""
    growth, recordings = figures["growth"], figures["growth"]["recordings"]
    ingest, tiered, everything = growth["ingest"], growth["tiered"], growth["all"]
    return {
        "hours of recordings": number(growth["hours"]),
        "postings, millions": number(growth["postings"] / 1e6),
        "size, MB": megabytes(growth["bytes"]),
        "MB an hour of recording, in all": number(growth["bytes"] / 1e6 / growth["hours"]),
        "ingested a second, from ready fingerprints to durable segments of 500": number(recordings / ingest["wall"]),
        "merges as recordings come: s (GB written)":
            f"{number(tiered['elapsed']['wall'])} ({number(tiered['bytes'] / 1e9)})",
        "then a merge of all: s (segments before, after)":
            f"{number(everything['elapsed']['wall'])} ({growth['segments']}, {growth['segments_left']})",
        "opening the index, ms: cold, warm": opening(figures["open"]["index"]),
        "opening the desk with its catalogue, ms: cold, warm": opening(figures["open"]["desk"]),
        "made up a second (no part of the product)": number(recordings / growth["making"]["wall"]),
    }


def opening(figures):
    return f"{number(figures['cold'] * 1e3)}, {number(figures['warm'] * 1e3)}"


def looking_up(figures):
    rows = {}
    for kind, name in KINDS:
        of_kind = figures["identify"][kind]
        for state, word in STATES:
            rows[f"{name}, {word}"] = milliseconds(of_kind[state])
    for kind, name in KINDS:
        of_kind = figures["identify"][kind]
        rows[f"{name}: CPU ms, warm"] = milliseconds(of_kind["cpu"])
        if kind != "unknown":
            rows[f"{name}: right name and place first, of {of_kind['clips']}"] = f"{of_kind['recall']:.3f}"
        rows[f"{name}: false names in {of_kind['clips']} clips"] = str(of_kind["false_names"])
    rows["decoding and analysis before that"] = milliseconds(figures["identify"]["clean"]["listening"])
    rows["`needledrop identify CLIP`, cold"] = milliseconds(figures["process"]["cold"])
    rows["`needledrop identify CLIP`, warm"] = milliseconds(figures["process"]["warm"])
    memory = figures["identify"]["memory"]
    rows["memory of its own, MB"] = megabytes(memory["own"])
    rows["pages of mapped files, MB"] = megabytes(memory["mapped"])
    return rows


def spotting(figures):
    spot = figures["spot"]
    return {
        "CPU s, warm": number(spot["warm"]["spot"]["cpu"]),
        "wall s: cold, warm": f"{number(spot['cold']['spot']['wall'])}, {number(spot['warm']['spot']['wall'])}",
        "decoding and analysis before that, CPU s": number(spot["warm"]["listening"]["cpu"]),
        "recall of seconds": f"{spot['recall']:.3f}",
        "false seconds": number(spot["false_seconds"]),
        "memory of its own, MB": megabytes(spot["warm"]["memory"]["own"]),
        "pages of mapped files, MB": megabytes(spot["warm"]["memory"]["mapped"]),
    }


def stores(figures):
    """One row a store and question; a store that was not filled at a size leaves its cells empty."""
    rows = {}
    for store, name in STORES:
        found = figures["stores"].get(store)
        growth = figures["growth"]
        size = found and (growth["bytes"] - growth["peak_bytes"] if store == "ours" else found["bytes"])
        built = found and store != "ours"
        rows[f"{name}: bytes a posting"] = number(size / growth["postings"]) if found else ""
        rows[f"{name}: filling, s"] = (number(found["wall"]) if built else
                                       number(growth["ingest"]["wall"] + growth["tiered"]["elapsed"]["wall"] +
                                              growth["all"]["elapsed"]["wall"]) if found else "")
        for state, word in STATES:
            rows[f"{name}: a clip, ms, {word}"] = milliseconds(found[state]) if found else ""
        rows[f"{name}: a probe, us, warm"] = number(found["probe"] * 1e6) if found else ""
    return rows


def side_by_side(all_figures, rows_of):
    columns = [rows_of(figures) for figures in all_figures]
    return table([figures["size"] for figures in all_figures],
                 [(name, [column[name] for column in columns]) for name in columns[0]])


def growth_of_cost(all_figures):
    """How much more the largest catalogue costs than the smallest with made-up recordings, by kind."""
    first = next(figures for figures in all_figures if figures["size"] > figures["growth"]["real"])
    last = all_figures[-1]
    ratios = [f"{number(last['identify'][kind]['again']['p50'] / first['identify'][kind]['again']['p50'])} {name}"
              for kind, name in KINDS]
    return (f"From {first['size']:,} to {last['size']:,} recordings the median warm look-up grows by these factors: "
            + ", ".join(ratios) + ".\n")


def section(all_figures, processors):
    """The section of docs/performance.md."""
    some = all_figures[0]
    ours = some["stores"]["ours"]
    how = HOW.format(real=some["growth"]["real"], unknown=some["identify"]["unknown"]["clips"], processors=processors)
    return "\n".join((
        how, "### Building and opening\n", side_by_side(all_figures, building),
        "### Identifying a clip of 10 s\n\nIn milliseconds: p50 / p90 / largest.\n", side_by_side(all_figures, looking_up), growth_of_cost(all_figures),
        f"### Spotting an hour\n\nAn hour of stereo AAC with {some['spot']['cues']} cues of 30 s from as many "
        "recordings, a quarter alone and the rest at 0, -5 and -10 dB under a voice that never pauses; on one thread.\n",
        side_by_side(all_figures, spotting),
        "### The same look-ups in other stores\n",
        "Each clip asks for all its probes at once, by ascending hash, without any of the shortcuts of `identify`: "
        f"{number(ours['probes'], 6)} ranges of three hashes a clip on average. All stores give the same postings, which is checked. "
        "SQLite holds (hash, source, tick) in a table without row ids whose primary key is all three; LMDB holds "
        "hash to (source, tick), 4 to 8 bytes, with sorted repeats of fixed size, as Olaf does. Both are filled in "
        "order, without a journal and without syncs, and read through a memory map. Filling ours is adding in "
        "segments of 500 recordings, with peak lists and syncs, and all merges. The others are filled with at "
        f"most {OTHER_STORES['sqlite']:,} recordings: ten times as many would take SQLite more than ten minutes to fill, "
        "and LMDB more memory to keep mapped than the machine has.\n",
        side_by_side(all_figures, stores)))
