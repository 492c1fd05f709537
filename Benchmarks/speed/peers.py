# SPDX-License-Identifier: Apache-2.0
"""One contender: reads a tree of log files, writes the table that `trail-insights count` writes, and
prints the seconds it took, without the time to start Python and to load the library.

usage: peers.py clickhouse|duckdb|orjson THREADS LOGS TABLE
"""

import sys
import time

FIELDS = ["recipientAccountId", "awsRegion", "eventCategory", "eventSource", "eventName"]


def clickhouse(threads, logs, table):
    import chdb

    wanted = ", ".join(
        f"{name} Nullable(String)" if name == "errorCode" else f"{name} {kind}"
        for name, kind in [("eventTime", "String"), ("readOnly", "Bool"), ("errorCode", "")]
        + [(name, "LowCardinality(String)") for name in FIELDS])
    keys = ", ".join(f"tupleElement(r, '{name}') AS {name}" for name in FIELDS)
    query = f"""
      SELECT concat(substring(r.eventTime, 1, 16), ':00Z') AS minute,
        arrayJoin(arrayFilter(t -> t = 'ApiCallRateInsight'
            ? (r.eventCategory = 'Data' OR NOT r.readOnly) : isNotNull(r.errorCode),
          ['ApiCallRateInsight', 'ApiErrorRateInsight'])) AS insight_type, {keys},
        if(insight_type = 'ApiErrorRateInsight', r.errorCode, '') AS error_code, count() AS count
      FROM (SELECT arrayJoin(Records) AS r
            FROM file('{logs}/**/*.gz', JSONEachRow, 'Records Array(Tuple({wanted}))'))
      GROUP BY minute, insight_type, {", ".join(FIELDS)}, error_code
      ORDER BY ALL
      INTO OUTFILE '{table}' TRUNCATE FORMAT CSVWithNames
      SETTINGS max_threads = {threads}, allow_experimental_analyzer = 1,
        format_csv_null_representation = '', input_format_null_as_default = 1"""
    start = time.perf_counter()
    chdb.query(query)
    return time.perf_counter() - start


def duckdb(threads, logs, table):
    import duckdb

    keys = ", ".join(f"r.{name} AS {name}" for name in FIELDS)
    fields = ", ".join(f"{name} VARCHAR" for name in FIELDS + ["eventTime", "errorCode"])
    query = f"""
      COPY (
        WITH events AS (
          SELECT left(r.eventTime, 16) || ':00Z' AS minute, {keys}, r.readOnly AS ro,
            coalesce(r.errorCode, '') AS code
          FROM (SELECT unnest(Records) AS r FROM read_json('{logs}/**/*.gz', format = 'unstructured',
            columns = {{Records: 'STRUCT({fields}, readOnly BOOLEAN)[]'}},
            maximum_object_size = 4194304))),
        typed AS (
          SELECT * EXCLUDE (ro, code), unnest(CASE
              WHEN code = '' THEN [{{t: 'ApiCallRateInsight', c: ''}}]
              WHEN eventCategory = 'Management' AND ro THEN [{{t: 'ApiErrorRateInsight', c: code}}]
              ELSE [{{t: 'ApiCallRateInsight', c: ''}}, {{t: 'ApiErrorRateInsight', c: code}}]
            END) AS kind
          FROM events WHERE eventCategory = 'Data' OR NOT ro OR code <> '')
        SELECT minute, kind.t AS insight_type, {", ".join(FIELDS)}, kind.c AS error_code,
          count(*) AS count
        FROM typed GROUP BY ALL ORDER BY ALL
      ) TO '{table}' (HEADER)"""
    connection = duckdb.connect(config={"threads": threads, "preserve_insertion_order": False})
    start = time.perf_counter()
    connection.execute(query)
    return time.perf_counter() - start


def count_file(path):
    """The counts of one file, for orjson: (minute, type, keys, error code) to number."""
    import gzip

    import orjson

    counts = {}
    with open(path, "rb") as file:
        records = orjson.loads(gzip.decompress(file.read()))["Records"]
    for record in records:
        keys = tuple(record[name] for name in FIELDS)
        minute, code = record["eventTime"][:16] + ":00Z", record.get("errorCode")
        if record["eventCategory"] == "Data" or not record["readOnly"]:
            key = (minute, "ApiCallRateInsight", *keys, "")
            counts[key] = counts.get(key, 0) + 1
        if code:
            key = (minute, "ApiErrorRateInsight", *keys, code)
            counts[key] = counts.get(key, 0) + 1
    return counts


def orjson(threads, logs, table):
    import collections
    import multiprocessing
    import pathlib

    start = time.perf_counter()
    counts = collections.Counter()
    files = sorted(pathlib.Path(logs).rglob("*.gz"))
    with multiprocessing.Pool(int(threads)) as pool:
        for part in pool.imap_unordered(count_file, files, chunksize=16):
            counts.update(part)
    with open(table, "w") as file:
        file.write("header\n")
        for key, count in sorted(counts.items()):
            file.write(",".join(key) + f",{count}\n")
    return time.perf_counter() - start


if __name__ == "__main__":
    name, threads, logs, table = sys.argv[1:]
    print(f"{globals()[name](threads, logs, table):.3f}")
