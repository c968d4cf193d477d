"""Writes the spreadsheets of tests, and says what was found wrong with them."""

import csv


def write(folder, rows, name="metadata.csv", encoding="utf-8"):
    """A spreadsheet of `rows` (dicts), the columns in the order of their first appearance."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with (folder / name).open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def problems(found, severity=None):
    return [(one.sheet, one.row, one.column, one.scope) for one in found.problems if severity in (None, one.severity)]
