# SPDX-License-Identifier: Apache-2.0
"""Reads the tool's tables with those who review them, hostile cells and all.

    check.py TOOL TRAIL FOLDER

Counts a trail, puts values into the counts that break careless tables, lets the tool find insights
in them, and reads what it writes with Python's csv, pandas, DuckDB and LibreOffice (where it is
installed). Every reader must see the same cells, no cell may be a formula, and the hostile values
must come back as they went in.
"""

import csv
import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree

import duckdb
import pandas

csv.field_size_limit(1 << 24)

# A sheet of LibreOffice holds so many characters in a cell and drops the rest; Excel holds half.
LONGEST = "-" + "y" * (65_535 - len("'-"))

# What stands in the trail, and what is put in its place.
NAMES = {
    "PurgeQueue": '=HYPERLINK("http://127.0.0.1/?"&A1,"click")',
    "RunJobFlow": "@SUM(1+1)*cmd|' /C calc'!A0",
    "TerminateJobFlows": 'quote " comma , semicolon ; done',
    "PutObject": "two\nlines and\r\nmore",
    "SignalResource": "\u202emorf derorrim\u202c \u0645\u0631\u062d\u0628\u0627",
    "DeleteAccessKey": "'=not ours to unguard",
    "TagResource": " leading and trailing ",
}
CALLERS = {
    "userIdentityArn": lambda value: "\t=1+1 " + value,
    "userAgent": lambda value: LONGEST,
    "sourceIPAddress": lambda value: '+"' + value + '",\n' + value,
    "accessKeyId": lambda value: "@" + value + "\\",
}


def guarded(text):
    """The cell that must stand for a text from the trail."""
    return "'" + text if text[:1] in tuple("=+-@\t\r") else text


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def replace(path, change):
    """Writes a table anew with changed rows, each a dictionary."""
    header, *table = rows(path)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in table:
            cells = dict(zip(header, row))
            change(cells)
            writer.writerow(cells.values())


def hostile_tables(tool, trail, folder):
    counts, callers = folder / "counts.csv", folder / "callers.csv"
    run(tool, "count", trail, "--quiet", "--csv", counts, "--attributions", callers)

    def rename(cells):
        name = NAMES.get(cells["event_name"])
        if name:
            cells["event_name"] = guarded(name)
            if "attribute" in cells and cells["attribute"] in CALLERS:
                cells["value"] = guarded(CALLERS[cells["attribute"]](cells["value"]))

    replace(counts, rename)
    replace(callers, rename)
    run(tool, "export", "--counts", counts, callers, "--output", folder / "export", "--quiet")
    run(tool, "detect", "--counts", counts, callers, "--csv", folder / "insights.csv", "--quiet")
    return [folder / "insights.csv"] + sorted((folder / "export").glob("*.csv"))


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stderr}")


def by_python(path):
    table = rows(path)
    assert all(len(row) == len(table[0]) for row in table), "ragged rows"
    return table


def by_pandas(path):
    frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
    return [list(frame.columns)] + frame.to_numpy().tolist()


def by_duckdb(path):
    table = duckdb.connect().execute(
        "select * from read_csv(?, header = true, all_varchar = true)", [str(path)])
    header = [column[0] for column in table.description]
    return [header] + [["" if cell is None else cell for cell in row] for row in table.fetchall()]


def by_libreoffice(path):
    """The cells of a sheet, after LibreOffice has read the file as it does when it is opened."""
    out = path.parent / "sheets"
    # 44, 34, 76: comma, quote, UTF-8; from line 1; numbers as they look, nothing evaluated.
    run("soffice", "--headless", f"-env:UserInstallation=file://{path.parent.resolve()}/profile",
        "--infilter=CSV:44,34,76,1,,1033,false,true,false,false", "--convert-to", "fods",
        "--outdir", out, path)
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    }
    tree = xml.etree.ElementTree.parse(out / (path.stem + ".fods"))
    formula = "{%s}formula" % names["table"]
    assert not any(formula in cell.attrib for cell in tree.iter()), "a cell became a formula"
    return [sheet_row(row, names) for row in tree.iterfind(".//table:table-row", names)]


def sheet_row(row, names):
    repeated = "{%s}number-columns-repeated" % names["table"]
    cells = []
    for cell in row.iterfind("table:table-cell", names):
        kind = cell.get("{%s}value-type" % names["office"])
        value = cell.get("{%s}value" % names["office"])
        text = "\n".join(paragraph(p, names) for p in cell.iterfind("text:p", names))
        cells += [float(value) if kind == "float" else text] * int(cell.get(repeated, "1"))
    return cells


def paragraph(element, names):
    """The text of a paragraph, whose tabs and repeated spaces are elements."""
    text = element.text or ""
    for child in element:
        kind = child.tag.rpartition("}")[2]
        if kind == "s":
            text += " " * int(child.get("{%s}c" % names["text"], "1"))
        elif kind == "tab":
            text += "\t"
        else:
            text += paragraph(child, names)
        text += child.tail or ""
    return text


def same(seen, written):
    """A sheet holds numbers as numbers (an account 0123… loses its zero), and ends lines with LF."""
    if isinstance(seen, float):
        return seen == float(written)
    return seen == written.replace("\r\n", "\n")


def check(path):
    written = by_python(path)
    assert by_pandas(path) == written, "pandas differs"
    assert by_duckdb(path) == written, "DuckDB differs"
    readers = "csv, pandas, DuckDB"
    # A sheet is what people open; the long tables of an export are for programs.
    if len(written) < 2_000 and shutil.which("soffice"):
        sheet = [row[:len(written[0])] for row in by_libreoffice(path)][:len(written)]
        assert len(sheet) == len(written), "LibreOffice lost rows"
        for seen, row in zip(sheet, written):
            seen += [""] * (len(row) - len(seen))
            for one, other in zip(seen, row):
                assert same(one, other), f"LibreOffice: {one!r:.80} is not {other!r:.80}"
        readers += ", LibreOffice"
    print(f"check-tables: {path.name:18}{len(written) - 1:>8,} rows as written in {readers}")


def check_values(tables):
    """The export's counts hold every hostile name, whatever is found; the insights hold an agent."""
    named = {path.stem: path for path in tables}
    missing = {guarded(name) for name in NAMES.values()} - column(named["counts"], "event_name")
    assert not missing, f"lost: {missing!r}"
    assert guarded(LONGEST) in column(named["insights"], "top_user_agent"), "lost: an agent of 64 kB"


def column(path, name):
    header, *table = by_python(path)
    return {row[header.index(name)] for row in table}


def main():
    tool, trail, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if not shutil.which("soffice"):
        print("check-tables: LibreOffice is not installed, so it reads nothing")
    tables = hostile_tables(pathlib.Path(tool).resolve(), trail, folder)
    check_values(tables)
    for table in tables:
        check(table)


main()
