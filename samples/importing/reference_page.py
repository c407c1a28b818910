"""Writes the reference page of the import's tables and columns, so that it never says anything else than the code."""

from samples.importing.columns import NOT_YET, SHAPES, Column

READ_AS = {
    "code": "a code",
    "text": "text",
    "number": "a number",
    "count": "a count",
    "amount": "an amount, in the row's unit",
    "moment": "a moment, such as 2026-02-16T10:20:00+01:00; a day alone is known only to the day",
    "day": "a day, such as 2026-02-16",
    "choice": "one of the words named",
}


def import_reference() -> str:
    """Return docs/reference/import-tables.md."""
    lines = [
        "# Tables that can be imported",
        "",
        "One file is one table, named as below, in CSV (comma, semicolon or tab), TSV or XLSX (first sheet).",
        "The first line names the columns; their order is free and columns that need not be there may be missing.",
        "Everything is checked first, line by line, and written in one transaction, or not at all.",
        "The same line twice changes nothing; a line that says something else than before is an error.",
        "This page is made from `samples/importing/columns.py`.",
        "",
    ]
    for shape in SHAPES.values():
        key = " and ".join(f"`{name}`" for name in shape.key) or "nothing: every line counts"
        lines += [f"## {shape.name}", "", f"{shape.says.capitalize()}. Lines are told apart by {key}.", ""]
        lines += ["| column | read as | says | must be there |", "|---|---|---|---|"]
        lines += [_line(column) for column in shape.columns]
        lines.append("")
    words = ", ".join(f"`{name}` ({says})" for name, says in NOT_YET.items())
    return "\n".join([*lines, "## Not yet", "", f"Named line by line and left out: {words}.", ""])


def _line(column: Column) -> str:
    read_as = READ_AS[column.kind]
    if column.unit:
        read_as += f" in {column.unit}"
    if column.choices:
        read_as += ": " + ", ".join(column.choices)
    return f"| `{column.name}` | {read_as} | {column.says} | {'yes' if column.required else ''} |"
