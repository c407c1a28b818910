"""A table as LaTeX with booktabs and nothing else to load: escaped text, symbols in mathematics, notes below."""

import re

from analysis.publishing.rounding import MISSING, OPEN, Printed
from analysis.publishing.sheet import Cell, Column, TableSheet
from analysis.publishing.symbols import Run, power_text, runs, sentence_runs, unit_text
from labbook.quantities.show import MINUS, NARROW_SPACE

ESCAPED = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': "''",
}  # fmt: skip
# What a text may hold and a plain LaTeX has only in mathematics, without the dollars.
IN_MATHEMATICS = {
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "η": r"\eta", "θ": r"\theta",
    "λ": r"\lambda", "μ": r"\mu", "µ": r"\mu", "ν": r"\nu", "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma", "τ": r"\tau",
    "φ": r"\varphi", "χ": r"\chi", "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Σ": r"\Sigma",
    "Φ": r"\Phi", "Ω": r"\Omega", "ħ": r"\hbar", "⟨": r"\langle", "⟩": r"\rangle", "±": r"\pm", "×": r"\times",
    "≤": r"\le", "≥": r"\ge", "≈": r"\approx", "→": r"\rightarrow", "−": "-", "∞": r"\infty", "°": r"^{\circ}",
    "·": r"\cdot", "∝": r"\propto",
}  # fmt: skip
PLAIN = {"\u202f": r"\,", "\u00a0": "~", "–": "--", "—": "---", "…": r"\ldots{}", "“": "``", "”": "''", "Å": r"\AA{}"}


def latex_of(sheet: TableSheet) -> str:
    """Return a table to be put into a paper; its preamble needs only booktabs."""
    columns = "".join("l" if column.is_text else "r" for column in sheet.columns)
    lines = [
        r"% Needs \usepackage{booktabs}.",
        *(f"% {' '.join(f'{name}: {value}'.split())}" for name, value in sheet.facts),
        r"\begin{table}",
        r"  \centering",
        rf"  \caption{{{text(sheet.title)}}}",
        rf"  \begin{{tabular}}{{{columns}}}",
        r"    \toprule",
        f"    {' & '.join(head(column) for column in sheet.columns)} \\\\",
        r"    \midrule",
        *(f"    {row_text(sheet, row)} \\\\" for row in sheet.rows),
        r"    \bottomrule",
        r"  \end{tabular}",
        *notes(sheet),
        r"\end{table}",
    ]
    return "\n".join(lines) + "\n"


def notes(sheet: TableSheet) -> list[str]:
    """Return the footnotes, each on a line of its own."""
    if not sheet.footnotes:
        return []
    written = [f"    {raised(note.mark)}{text(note.text)}" for note in sheet.footnotes]
    begun = [r"  \par\smallskip", r"  \begin{minipage}{0.9\linewidth}\footnotesize"]
    return [*begun, "\\\\\n".join(written), r"  \end{minipage}"]


def row_text(sheet: TableSheet, row: tuple[Cell, ...]) -> str:
    """Return the cells of a row."""
    pairs = zip(row, sheet.columns, strict=True)
    return " & ".join(cell_text(cell, column) + raised(",".join(cell.marks)) for cell, column in pairs)


def cell_text(cell: Cell, column: Column) -> str:
    """Return a cell: a text, or a number in mathematics."""
    written = cell.written(column)
    if column.is_text or cell.text:
        return text(written.value)
    return number(written)


def number(written: Printed) -> str:
    """Return a printed number: 2.28 ± 0.08, or with its two sides above and below."""
    if written.value == MISSING:
        return PLAIN[MISSING]
    value = digits(written.value)
    if written.stderr:
        return rf"${value} \pm {digits(written.stderr)}$"
    return f"${value}^{{+{digits(written.above)}}}_{{-{digits(written.below)}}}$" if written.above else f"${value}$"


def digits(written: str) -> str:
    """Return the digits of a number as mathematics takes them."""
    return written.replace(MINUS, "-").replace(NARROW_SPACE, r"\,").replace(OPEN, r"\infty")


def head(column: Column) -> str:
    """Return what stands above a column: its symbol, or its label, and in what it is."""
    name = symbol(column.symbol) if column.symbol else text(column.label)
    behind = " ".join(filter(None, (power_text(column.power), unit_text(column.unit))))
    marked = name + raised(",".join(column.marks))
    return f"{marked} ({text(behind)})" if behind else marked


def symbol(written: str) -> str:
    """Return a symbol in mathematics: single letters lean, words and lowered words stand."""
    return f"${tightened(''.join(part(run) for run in runs(written)))}$"


def part(run: Run) -> str:
    """Return one piece of a symbol."""
    letters = "".join(mathematics(piece) for piece in re.findall(r"[A-Za-z]+|.", run.text))
    return {"": letters, "sub": f"_{{{letters}}}", "sup": f"^{{{letters}}}"}[run.place]


def tightened(written: str) -> str:
    """Return mathematics with a space behind a command only where a letter follows."""
    return re.sub(r"(\\[A-Za-z]+|-) (?![A-Za-z])", r"\1", written)


def mathematics(piece: str) -> str:
    """Return a word or a sign in mathematics."""
    if len(piece) > 1:
        return rf"\mathrm{{{piece}}}"
    if piece in IN_MATHEMATICS:
        return f"{IN_MATHEMATICS[piece]} "
    return ESCAPED.get(piece, piece)


def text(written: str) -> str:
    """Return a text with everything escaped that LaTeX would read as a command."""
    pieces = (letters(run.text) if not run.place else f"${tightened(part(run))}$" for run in sentence_runs(written))
    # Two stretches of mathematics that meet are one.
    return "".join(pieces).replace("$$", "")


def letters(written: str) -> str:
    """Return plain letters and signs."""
    return "".join(
        f"${IN_MATHEMATICS[one]}$" if one in IN_MATHEMATICS else PLAIN.get(one) or ESCAPED.get(one, one)
        for one in written
    )


def raised(mark: str) -> str:
    """Return the mark of a footnote."""
    return rf"\textsuperscript{{{mark}}}" if mark else ""
