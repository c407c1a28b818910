"""Cells of tables that leave the notebook: no text is ever computed by the program that opens them."""


def safe_cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula; numbers stay as they are."""
    text = "" if value is None else str(value)
    is_formula = text.startswith(("=", "+", "-", "@", "\t", "\r")) and not text[1:].replace(".", "", 1).isdigit()
    return f"'{text}" if is_formula else text
