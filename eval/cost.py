#!/usr/bin/python3
"""What a command costs: CPU seconds (user + system) and peak memory, as the kernel counts them.

A process starts out with the peak memory of the one that starts it. So the command is not started by the
(large) evaluation but by this file, run as a program of its own that imports little.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """One finished command."""

    exit_code: int
    output: bytes
    messages: str  # its stderr
    cpu: float  # seconds
    wall: float  # seconds
    memory_mb: float  # peak resident set, MB of 2^20 bytes


def measure(command, stdin=None):
    """Runs the command to its end and says what it cost."""
    with tempfile.TemporaryDirectory() as scratch:
        report = pathlib.Path(scratch) / "usage.json"
        launcher = [sys.executable, "-ISB", __file__, str(report), *map(str, command)]
        done = subprocess.run(launcher, input=stdin or b"",
                              capture_output=True, check=False)
        usage = json.loads(report.read_text())
    return Run(done.returncode, done.stdout, done.stderr.decode(errors="replace"), **usage)


def main():
    report, *command = sys.argv[1:]
    begin = time.monotonic()
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(child, 0)
    pathlib.Path(report).write_text(json.dumps({
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": time.monotonic() - begin,
        "memory_mb": usage.ru_maxrss / 1024,
    }))
    sys.exit(os.waitstatus_to_exitcode(status) % 256)


if __name__ == "__main__":
    main()
