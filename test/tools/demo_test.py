"""The demonstration's story can be laid out with what the evaluation makes episodes of."""

import importlib.machinery
import importlib.util
import pathlib
import types
import unittest
import unittest.mock

PROGRAM = pathlib.Path(__file__).resolve().parents[2] / "tools" / "demo"


def loaded():
    loader = importlib.machinery.SourceFileLoader("demo", str(PROGRAM))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("demo", loader))
    loader.exec_module(module)
    return module


class Story(unittest.TestCase):
    def test_every_cue_of_the_story_is_planned_where_it_belongs(self):
        demo = loaded()
        titles = {title for _, _, group in demo.STORY for title, *_ in group}
        recordings = [types.SimpleNamespace(path=pathlib.Path(f"{title}.ogg")) for title in titles]
        in_point = types.SimpleNamespace(in_point=lambda recording, length: 10.0)
        with unittest.mock.patch.object(demo.plan, "Musics", lambda rng, music: in_point):
            episode = demo.plan_episode(None, recordings)
        planned = [(cue.recording.path.stem, cue.level_db, cue.length) for cue in episode.cues]
        self.assertEqual(planned, [told[:3] for _, _, group in demo.STORY for told in group])
        for cue in episode.cues:
            start, end = cue.audible
            self.assertLess(0, start)
            self.assertLess(start, end)
            self.assertLess(end, episode.length)
            self.assertEqual((cue.rate, cue.pitch, cue.catalogued), (1.0, 1.0, True))
        self.assertEqual(episode.delivery.bit_rate, 128)


if __name__ == "__main__":
    unittest.main()
