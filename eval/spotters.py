"""The programs that are compared: each takes a folder of recordings, then episodes, and gives spots.

What a spotter finds is {"spots", "unidentified"} as in `needledrop spot --json`, with file names for recordings.
"""

import json
import pathlib
import shutil

import cost


class SpotterFailed(RuntimeError):
    pass


def _checked(run, command):
    if run.exit_code != 0:
        raise SpotterFailed(f"{' '.join(map(str, command[:4]))} ... exited with {run.exit_code}:\n{run.messages}")
    return run


class Needledrop:
    """The program under test, on a desk of its own."""

    name = "needledrop"

    def __init__(self, program, folder):
        self._program = program
        self.desk = pathlib.Path(folder) / "desk.needledrop"

    def learn(self, recordings):
        """Makes a fresh desk of the recordings; returns the cost.Run."""
        shutil.rmtree(self.desk, ignore_errors=True)
        run = self._run("add", recordings, "--json")
        failed = json.loads(run.output)["failed"]
        if failed:
            raise SpotterFailed(f"not added: {failed}")
        return run

    def spot(self, episode):
        """(what was heard, cost.Run) of one episode."""
        run = self._run("spot", episode, "--scenes", "off", "--json")
        return named_by_file(json.loads(run.output)), run

    def scenes_as_known(self, episode):
        """An episode's scenes by all that the desk knows by now."""
        return json.loads(self._run("scenes", episode, "--json").output)["parts"][0]["scenes"]

    def scenes(self, episode, mode):
        """What `spot` finds in the picture of an episode: {"cuts", "scenes", "scenes_cpu"}. The desk forgets the
        episode first: it would not look again at what it has seen as closely."""
        listed = json.loads(self._run("list", "episodes", "--json").output)["episodes"]
        for known in (each for each in listed if any(file["path"] == str(episode) for file in each["files"])):
            self._run("remove", "--kind", "episode", str(known["id"]))
        document = json.loads(self._run("spot", episode, "--scenes", mode, "--timings", "--json").output)
        return {"cuts": document.get("cuts") or [], "scenes": document.get("scenes") or [],
                "scenes_cpu": document["elapsed"]["scenes_cpu"]}

    def locate(self, clip):
        """(the places where a clip was said to come from, cost.Run)."""
        run = self._run("locate", clip, "--json")
        return json.loads(run.output)["places"], run

    def apart(self, folder):
        """Another Needledrop, with a desk of its own in the folder."""
        return Needledrop(self._program, folder)

    def recur(self):
        """(recurrences with file names for episodes, cost.Run) of all episodes on the desk."""
        run = self._run("recur", "--json")
        recurrences = json.loads(run.output)["recurrences"]
        for place in (place for each in recurrences for place in each["places"]):
            place["episode"] = pathlib.Path(place["episode"]["path"]).name
        return recurrences, run

    def padded(self, pad_desk, count, folder):
        """Another Needledrop whose desk has `count` synthetic recordings more; the cost of making them with it."""
        other = Needledrop(self._program, folder)
        shutil.rmtree(other.desk, ignore_errors=True)
        other.desk.parent.mkdir(exist_ok=True)
        shutil.copytree(self.desk, other.desk)
        command = [pad_desk, other.desk, str(count)]
        return other, _checked(cost.measure(command), command)

    def spot_apart(self, episode, scratch, prefix=()):
        """The cost.Run of spotting on a copy of the desk, which is removed again."""
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.copytree(self.desk, scratch)
        command = [*prefix, self._program, "--desk", scratch, "spot", episode, "--scenes", "off", "--json"]
        run = _checked(cost.measure(command), command)
        shutil.rmtree(scratch)
        return run

    def gives_same_bytes(self, episode, scratch):
        """Whether all cores and one core give the same JSON."""
        one_core = ("taskset", "-c", "0")
        return self.spot_apart(episode, scratch).output == self.spot_apart(episode, scratch, one_core).output

    def _run(self, *arguments):
        command = [self._program, "--desk", self.desk, *arguments]
        return _checked(cost.measure(command), command)


class Ablated:
    """Needledrop with one stage of spotting switched off, on the desk that Needledrop made."""

    def __init__(self, ablation, stage, desk):
        self.name = stage
        self._command = [ablation, desk, stage]

    @staticmethod
    def stages(ablation):
        command = [ablation, "--list"]
        return _checked(cost.measure(command), command).output.decode().splitlines()

    def spot(self, episode):
        command = [*self._command, episode]
        run = _checked(cost.measure(command), command)
        return named_by_file(json.loads(run.output)), run


class Chromaprint:
    """The baseline (chromaprint_matcher.cpp), fed with sound by FFmpeg."""

    name = "Chromaprint"

    def __init__(self, matcher, folder):
        self._matcher = matcher
        self._folder = pathlib.Path(folder) / "chromaprint"

    def learn(self, recordings):
        self._folder.mkdir(exist_ok=True)
        self._names, runs = [], []
        for recording in sorted(pathlib.Path(recordings).iterdir()):
            self._names.append(recording.name)
            runs += self._fingerprint(recording)
        return _sum(runs)

    def spot(self, episode):
        runs = self._fingerprint(episode)
        command = [self._matcher, "match", self._items(episode.name), *map(self._items, self._names)]
        runs.append(_checked(cost.measure(command), command))
        spots = json.loads(runs[-1].output)
        named = [{**spot, "recording": self._names[spot["recording"]]} for spot in spots]
        return {"spots": named, "unidentified": []}, _sum(runs)

    def _items(self, name):
        return self._folder / f"{name}.u32"

    def _fingerprint(self, media):
        decode = ["ffmpeg", "-v", "error", "-threads", "1", "-i", media, "-vn", "-ac", "1", "-ar", "11025",
                  "-f", "s16le", "-"]
        decoded = _checked(cost.measure(decode), decode)
        command = [self._matcher, "fingerprint"]
        printed = _checked(cost.measure(command, decoded.output), command)
        self._items(media.name).write_bytes(printed.output)
        return [decoded, printed]


def named_by_file(document):
    """The spots of `needledrop spot --json` with the name of a recording's file in place of the recording."""
    name = lambda recording: pathlib.Path(recording.get("path") or recording["title"]).name
    spots = [{**spot, "recording": name(spot["recording"]),
              "alternatives": [{**other, "recording": name(other["recording"])}
                               for other in spot.get("alternatives", ())]} for spot in document["spots"]]
    return {"spots": spots, "unidentified": document.get("unidentified", [])}


def _sum(runs):
    """One Run that cost as much as all of them."""
    return cost.Run(0, b"", "", sum(r.cpu for r in runs), sum(r.wall for r in runs), max(r.memory_mb for r in runs))
