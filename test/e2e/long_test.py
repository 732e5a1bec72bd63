"""A day of silence: nothing is found, in little memory."""

import resource
import unittest

import material
from program import Case, run


class LongFile(Case):
    def test_a_day_of_silence(self):
        path = self.dir / "day.flac"
        material.ffmpeg("-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", 86400,
                        "-compression_level", 0, "-frame_size", 16384, path)
        desk = self.copy_of_desk()
        spotted = run(desk, "spot", path, "--json")
        self.assert_ended(spotted, 0)
        self.assertEqual(spotted.json["spots"], [])
        self.assertEqual(spotted.json["episode"]["duration"], 86400.0)
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        self.assertLess(most, 300 * 1024, "kB of memory")


if __name__ == "__main__":
    unittest.main()
