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
ADDENDUM = re.compile(r',"addendum":{[^}]*}')
EVENT_TIME = re.compile(r'"eventTime":"([^"]*)"')


def event_time(line):
    """The eventTime of a record, in seconds since 1970."""
    text = EVENT_TIME.search(line).group(1)
    return calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ"))


def drop_corrections(trail):
    """Makes corrections events of their own: the laws do not hold for those that come a run later."""
    for path in glob.glob(trail + "/AWSLogs/**/*.json.gz", recursive=True):
        text = gzip.open(path, "rt").read()
        plain = ADDENDUM.sub("", text)
        if plain != text:
            with gzip.open(path, "wt", compresslevel=1) as file:
                file.write(plain)


def records(trail):
    """Each record of a trail as the text it is."""
    decoder = json.JSONDecoder()
    for path in sorted(glob.glob(trail + "/AWSLogs/**/*.json.gz", recursive=True)):
        text = gzip.open(path, "rt").read()
        place = text.index("[") + 1
        while text[place] != "]":
            _, end = decoder.raw_decode(text, place)
            yield text[place:end]
            place = end + (text[end] == ",")


def spread(trail, folder, seed):
    """Writes the lines of each day of arrival into a file of its own, unsorted."""
    generator = random.Random(seed)
    os.makedirs(folder)
    files = {}
    for line in records(trail):
        arrival = event_time(line) + generator.random() * LATENESS * 60
        day = int(arrival // DAY)
        if day not in files:
            files[day] = open(f"{folder}/{day}", "w")
        files[day].write(f"{arrival:.3f} {line}\n")
    for file in files.values():
        file.close()


def days(folder):
    """The lines of each day in order of arrival; no more than a day is in memory."""
    for day in sorted(map(int, os.listdir(folder))):
        with open(f"{folder}/{day}") as file:
            rows = sorted((row.split(" ", 1) for row in file), key=lambda row: float(row[0]))
        yield day, [line for _, line in rows]
