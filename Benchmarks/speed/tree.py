# SPDX-License-Identifier: Apache-2.0
"""Makes the tree of log files that all contenders read.

`trail-insights generate` writes it; then every event is kept once, and corrections and records that
do not say their category are left out, so that the others need no query for duplicates, originals
and guesses. Ours looks for all of them all the same.
"""

import argparse
import gzip
import json
import pathlib
import re
import shutil
import subprocess


def parser():
    """Returns a parser of the tool, the shape of the tree, and the rounds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=21)
    parser.add_argument("--series", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    return parser


def place(folder, what, options):
    """Returns where something of a tree of this shape stands in a folder."""
    return folder / f"{what}-{options.events}-{options.days}-{options.series}"


def make(within, options):
    """Returns the folder of log files, made anew within another unless it is there."""
    folder = place(within, "tree", options)
    logs = folder / "AWSLogs"
    if (folder / "complete").exists():
        return logs
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(
        [options.tool, "generate", "--output", str(folder), "--seed", "6",
         "--days", str(options.days), "--series", str(options.series),
         "--events", str(options.events), "--quiet"], check=True)
    _keep_plain_events(logs)
    (folder / "complete").touch()
    return logs


def size(logs):
    """Returns files, stored bytes, plain bytes and records."""
    files = sorted(logs.rglob("*.gz"))
    plain = records = 0
    for path in files:
        text = gzip.decompress(path.read_bytes())
        plain += len(text)
        records += text.count(b'"eventVersion"')
    return len(files), sum(path.stat().st_size for path in files), plain, records


def lines(logs, path):
    """Writes all records as JSON lines by their time, as they would come, unless that is done."""
    if path.exists():
        return path
    records = []
    for file in logs.rglob("*.gz"):
        text = gzip.decompress(file.read_bytes())
        for record in re.split(rb',(?={"eventVersion")', text[text.index(b"[") + 1:-2]):
            if not record:
                continue
            time = record.index(b'"eventTime":"') + 13
            records.append((record[time:time + 20], record))
    half = path.with_suffix(".part")
    with open(half, "wb") as output:
        for _, record in sorted(records):
            output.write(record + b"\n")
    half.rename(path)
    return path


def _keep_plain_events(logs):
    seen = set()
    wanted = {"eventCategory", "readOnly"}
    for path in sorted(pathlib.Path(logs).rglob("*.gz")):
        records = json.loads(gzip.decompress(path.read_bytes()))["Records"]
        kept = []
        for record in records:
            if record["eventID"] in seen or not wanted <= record.keys() or "addendum" in record:
                continue
            seen.add(record["eventID"])
            kept.append(record)
        if len(kept) < len(records):
            text = json.dumps({"Records": kept}, separators=(",", ":"), ensure_ascii=False)
            path.write_bytes(gzip.compress(text.encode(), 6, mtime=0))
