# SPDX-License-Identifier: Apache-2.0
"""Writes a table of counts, as `trail-insights count` writes it, of many busy series.

usage: counts.py SERIES DAYS MINUTES > counts.csv

Each series has events in about MINUTES minutes of a day, three in four of them by day, one to four
in each. `generate --counts` makes better trails, and is slow where series are many.
"""

import random
import sys


def rows(series, days, minutes):
    """Gives the lines, sorted as `count` sorts them: by minute, then by key."""
    drawn = random.Random(6)
    keys = [f"ApiCallRateInsight,{number % 20 + 100000000000},eu-west-1,Management,"
            f"s{number // 20 % 50:02}.amazonaws.com,Call{number // 1000:04},"
            for number in range(series)]
    keys.sort()
    for day in range(days):
        cells = []
        for number in range(series):
            for call in range(minutes):
                start = 480 if call % 4 else 0
                cells.append((start + int(drawn.random() * 600)) << 20 | number)
        cells.sort()
        date = f"2026-01-{day + 1:02}" if day < 31 else sys.exit("counts.py: at most 31 days")
        last = -1
        for cell in cells:
            if cell == last:
                continue
            last = cell
            minute, number = cell >> 20, cell & 0xFFFFF
            yield (f"{date}T{minute // 60:02}:{minute % 60:02}:00Z,{keys[number]},"
                   f"{cell % 4 + 1}\n")


if __name__ == "__main__":
    print("minute,insight_type,recipient_account_id,aws_region,event_category,event_source,"
          "event_name,error_code,count")
    sys.stdout.writelines(rows(*map(int, sys.argv[1:4])))
