"""The layer check passes a clean tree and names every wrong arrow by file and line."""

import pathlib
import subprocess
import tempfile
import unittest

CHECKER = pathlib.Path(__file__).resolve().parents[2] / "tools" / "check_layers"


def check(files):
    """Exit code and stderr lines of the checker on a tree of {path under src/: text}."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            file = pathlib.Path(root) / "src" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        run = subprocess.run([CHECKER, root], capture_output=True, text=True, check=False)
        return run.returncode, run.stderr.splitlines()


class CheckLayers(unittest.TestCase):
    def assert_fault(self, path, include, place):
        code, lines = check({path: f"#pragma once\n\n{include}\n"})
        self.assertEqual(code, 1, f"{path} with {include}")
        self.assertEqual([line.split(": ")[0] for line in lines], [f"src/{path}:3"])
        self.assertIn(place, lines[0])

    def assert_clean(self, path, include):
        self.assertEqual(check({path: f"{include}\n"}), (0, []), f"{path} with {include}")

    def test_arrows_to_the_left_and_within_a_folder_are_clean(self):
        self.assert_clean("index/segment.cpp", '#include "index/segment.h"')
        self.assert_clean("index/segment.cpp", '#include "base/result.h"')
        self.assert_clean("cli/main.cpp", '#include "desk/desk.h"')

    def test_an_arrow_to_the_right_is_named_with_file_and_line(self):
        self.assert_fault("index/segment.h", '#include "spotting/spot.h"', "index/ must not see spotting/")
        self.assert_fault("base/result.h", '  #  include "media/block.h"', "base/ must not see media/")

    def test_folders_of_one_layer_do_not_see_one_another(self):
        self.assert_fault("fingerprint/peak.h", '#include "scenes/cut.h"', "must not see scenes/")
        self.assert_fault("press/claim.h", '#include "cuesheet/sheet.h"', "must not see cuesheet/")
        self.assert_fault("server/routes.cpp", '#include "cli/table.h"', "must not see cli/")

    def test_tests_obey_the_same_order(self):
        self.assert_fault("base/digest_test.cpp", '#include "index/index.h"', "must not see index/")

    def test_libraries_stay_in_their_folders(self):
        self.assert_fault("index/a.cpp", "#include <libavcodec/avcodec.h>", "libavcodec")
        self.assert_fault("fingerprint/a.cpp", "#include <libavutil/frame.h>", "libavutil/frame.h")
        self.assert_fault("desk/a.cpp", "#include <sqlite3.h>", "sqlite3.h")
        self.assert_fault("desk/a.h", "#include <nlohmann/json.hpp>", "nlohmann")
        self.assert_fault("desk/a.cpp", "#include <CLI/CLI.hpp>", "CLI")
        self.assert_fault("index/a.cpp", "#include <xxhash.h>", "xxhash")
        self.assert_fault("desk/a.cpp", "#include <httplib.h>", "httplib")
        self.assert_fault("media/a.cpp", "#include <iostream>", "iostream")
        self.assert_fault("base/a.cpp", "#include <gtest/gtest.h>", "gtest")

    def test_libraries_are_clean_at_home(self):
        self.assert_clean("media/a.cpp", "#include <libavcodec/avcodec.h>")
        self.assert_clean("fingerprint/a.cpp", "#include <libavutil/tx.h>")
        self.assert_clean("catalogue/a.cpp", "#include <sqlite3.h>")
        self.assert_clean("desk/a.cpp", "#include <nlohmann/json.hpp>")
        self.assert_clean("cli/a.cpp", "#include <CLI/CLI.hpp>")
        self.assert_clean("base/a.cpp", "#include <xxhash.h>")
        self.assert_clean("media/a_test.cpp", "#include <nlohmann/json.hpp>")

    def test_an_unknown_folder_is_a_fault(self):
        code, lines = check({"utils/strings.h": "#pragma once\n"})
        self.assertEqual(code, 1)
        self.assertIn("src/utils/strings.h:1", lines[0])
        self.assert_fault("desk/a.cpp", '#include "strings.h"', "known folder")

    def test_every_fault_of_a_tree_is_listed(self):
        code, lines = check({
            "base/a.h": '#include "desk/a.h"\n#include <cstdint>\n#include "index/a.h"\n',
            "index/b.h": '#include "catalogue/b.h"\n',
        })
        self.assertEqual(code, 1)
        self.assertEqual([line.split(": ")[0] for line in lines],
                         ["src/base/a.h:1", "src/base/a.h:3", "src/index/b.h:1"])


if __name__ == "__main__":
    unittest.main()
