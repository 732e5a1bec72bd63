#!/usr/bin/python3
"""README tells the truth: its commands are run, in order, and print what it shows.

usage: readme_test.py PROGRAM [--update]

Every ```console block of README.md is run in one scratch folder that holds what material.py makes.
Numbers may differ by a little (another processor encodes a little differently), and a line "..." stands
for lines left out. --update writes the real outputs into
README.md instead. Commands of ```sh blocks are not run (they install or build): what they name must exist.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

import material

ROOT = pathlib.Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
LONGEST = 120  # lines
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"(?:\d+:)*\d+(?:\.\d+)?(?: %)?")
# Seconds or decibels; part of a larger value; percent; places in the picture of an episode.
NEAR, NEAR_SHARE, NEAR_PERCENT, NEAR_PLACES = 0.3, 0.08, 5, 2


def seconds(text):
    """A number, or a time with colons in seconds."""
    value = 0.0
    for part in text.split(":"):
        value = value * 60 + float(part)
    return value


def agree(expected, actual):
    if "·" in expected:
        return len(expected) == len(actual) and sum(map(str.__ne__, expected, actual)) <= NEAR_PLACES
    if NUMBER.sub("0", expected).split() != NUMBER.sub("0", actual).split():
        return False
    return all(map(near, NUMBER.findall(expected), NUMBER.findall(actual)))


def near(expected, actual):
    if expected.endswith("%"):
        return abs(float(expected[:-1]) - float(actual.removesuffix("%"))) <= NEAR_PERCENT
    if ":" not in expected and "." not in expected:
        return expected == actual
    a, b = seconds(expected), seconds(actual)
    return abs(a - b) <= max(NEAR, NEAR_SHARE * abs(a) * (":" not in expected))


def same_output(expected, actual):
    """Compares line by line; "..." in `expected` stands for any lines."""
    if not expected:
        return not actual
    if expected[0] == "...":
        return any(same_output(expected[1:], actual[skipped:]) for skipped in range(len(actual) + 1))
    return bool(actual) and agree(expected[0], actual[0]) and same_output(expected[1:], actual[1:])


def steps(block):
    """(command, expected lines) of a console block."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found and found[-1][0].endswith("\\") and not found[-1][1]:
            found[-1] = (f"{found[-1][0]}\n{line.removeprefix('> ')}", [])
        elif found:
            found[-1][1].append(line)
    return found


def run(command, folder, program):
    environment = {"PATH": f"{program.parent}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, text=True, check=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return [line.rstrip() for line in done.stdout.splitlines()], done.returncode


def check_consoles(text, folder, program, update):
    """README's text with the real outputs, and what is wrong with the one that stands there."""
    faults = []

    def rerun(block):
        if block.group(1) != "console":
            return block.group(0)
        lines = []
        for command, expected in steps(block.group(2)):
            actual, code = run(command, folder, program)
            if code != 0:
                faults.append(f"$ {command}\nexit code {code}\n" + "\n".join(actual))
            elif not update and not same_output(expected, actual):
                faults.append(f"$ {command}\nREADME shows:\n" + "\n".join(expected) + "\nit prints:\n" + "\n".join(actual))
            lines += [f"$ {command}", *(expected if same_output(expected, actual) else actual)]
        return "```console\n" + "\n".join(lines) + "\n```"

    return BLOCK.sub(rerun, text), faults


def check_names(text):
    """Targets, scripts and links that README names and that do not exist; its length."""
    makefile = (ROOT / "Makefile").read_text()
    for language, block in BLOCK.findall(text):
        if language == "sh":
            for target in re.findall(r"\bmake ([a-z-]+)", block):
                if not re.search(rf"^{target}:", makefile, re.MULTILINE):
                    yield f"make {target}: no such target"
            for script in re.findall(r"\b(?:tools|build)/[\w./-]+", block):
                if not script.startswith("build/") and not (ROOT / script).exists():
                    yield f"{script}: no such file"
    for link in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        if "://" not in link and not (ROOT / link).exists():
            yield f"{link}: linked, but not there"
    if text.count("\n") > LONGEST:
        yield f"README.md has more than {LONGEST} lines"


def main():
    program, update = pathlib.Path(sys.argv[1]).resolve(), "--update" in sys.argv
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        material.make(folder)
        real, faults = check_consoles(text, pathlib.Path(folder), program, update)
    if update:
        README.write_text(real, encoding="utf-8")
    faults += check_names(text)
    for fault in faults:
        print(fault, end="\n\n")
    print(f"{len(faults)} faults in README.md")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
