# SPDX-License-Identifier: Apache-2.0
"""A generated trail as a stream would bring it: JSON lines in order of arrival."""
import calendar
import glob
import gzip
import json
import os
import random
import re
import time

# Minutes that an event is late at most; `stream` waits 15.
LATENESS = 14
DAY = 86400
ACCOUNT = re.compile(r'("recipientAccountId":")(\d{12})')
EVENT_ID = re.compile(r'("eventID":")([0-9a-f]{8})')
EVENT_TIME = re.compile(r'"eventTime":"([^"]*)"')


def event_time(line):
    """The eventTime of a record, in seconds since 1970."""
    text = EVENT_TIME.search(line).group(1)
    return calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ"))


def drop_corrections(trail):
    """Leaves corrections out: they come days late, and the laws do not hold for them."""
    for path in files(trail):
        text = gzip.open(path, "rt").read()
        if '"addendum"' not in text:
            continue
        kept = [line for line in split(text) if '"addendum"' not in line]
        with gzip.open(path, "wt", compresslevel=1) as file:
            file.write('{"Records":[' + ",".join(kept) + "]}")
        if not kept:
            os.remove(path)


def files(trail):
    return sorted(glob.glob(trail + "/AWSLogs/**/*.json.gz", recursive=True))


def split(text):
    """The records of a log file, each as the text it is."""
    decoder = json.JSONDecoder()
    place = text.index("[") + 1
    while text[place] != "]":
        _, end = decoder.raw_decode(text, place)
        yield text[place:end]
        place = end + (text[end] == ",")


def copied(line, copy):
    """The same event in another account, under another identifier."""
    if copy == 0:
        return line
    line = ACCOUNT.sub(
        lambda m: f'{m.group(1)}{(int(m.group(2)) + copy * 1_000_003) % 10**12:012}', line, count=1)
    return EVENT_ID.sub(
        lambda m: f'{m.group(1)}{int(m.group(2), 16) ^ copy * 2654435761 & 0xFFFFFFFF:08x}', line,
        count=1)


def spread(trail, folder, seed, copies=1):
    """Writes the lines of each day of arrival into a file of its own, unsorted."""
    generator = random.Random(seed)
    os.makedirs(folder)
    opened = {}
    for line in (line for path in files(trail) for line in split(gzip.open(path, "rt").read())):
        begin = event_time(line)
        for copy in range(copies):
            arrival = begin + generator.random() * LATENESS * 60
            day = int(arrival // DAY)
            if day not in opened:
                opened[day] = open(f"{folder}/{day}", "w")
            opened[day].write(f"{arrival:.3f} {copied(line, copy)}\n")
    for file in opened.values():
        file.close()


def days(folder):
    """The lines of each day in order of arrival; no more than a day is in memory."""
    for day in sorted(map(int, os.listdir(folder))):
        with open(f"{folder}/{day}") as file:
            rows = sorted((row.split(" ", 1) for row in file), key=lambda row: float(row[0]))
        yield day, [line for _, line in rows]
