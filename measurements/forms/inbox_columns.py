"""The form in which a person says what the columns of a table are."""

from typing import Any, cast

from django import forms

from measurements.services.inbox_columns import TableLayout
from measurements.techniques import Technique

DELIMITERS = ((",", "comma"), (";", "semicolon"), ("\t", "tab"), (" ", "white space"))
MARKS = ((".", "point"), (",", "comma"))
FROM_FILE = ("technique", "delimiter", "decimal_mark", "x_unit", "y_unit")


class ColumnsForm(forms.Form):
    """Which column is x, which are drawn over it, and how the numbers are written."""

    x_column = forms.TypedChoiceField(label="Along x", coerce=int)
    y_columns = forms.TypedMultipleChoiceField(label="Drawn over it", coerce=int, widget=forms.CheckboxSelectMultiple)
    x_unit = forms.CharField(label="Unit of x", max_length=20, required=False, help_text="Such as nm or eV.")
    y_unit = forms.CharField(label="Unit of the others", max_length=20, required=False)
    technique = forms.ChoiceField(label="What was measured", choices=Technique.choices)
    delimiter = forms.ChoiceField(label="Between the columns", choices=DELIMITERS)
    decimal_mark = forms.ChoiceField(label="Decimal mark", choices=MARKS)

    def __init__(self, *args: Any, layout: TableLayout, **kwargs: Any) -> None:
        kwargs.setdefault("initial", layout.guess)
        super().__init__(*args, **kwargs)
        self.layout = layout
        names = [(index, name or f"column {index + 1}") for index, name in enumerate(layout.names)]
        for field in (self.fields["x_column"], self.fields["y_columns"]):
            cast(forms.ChoiceField, field).choices = names

    def clean(self) -> dict[str, Any]:
        """Refuse a column that is drawn over itself, and a decimal mark that separates the columns too."""
        data = super().clean() or {}
        if data.get("x_column") in (data.get("y_columns") or []):
            self.add_error("y_columns", "A column is not drawn over itself.")
        if data.get("delimiter") and data.get("delimiter") == data.get("decimal_mark"):
            self.add_error("decimal_mark", "The comma cannot be both.")
        return data

    def choice(self) -> dict[str, Any]:
        """Return the choice as it is remembered; header and sheet are as they were guessed."""
        data = self.cleaned_data
        chosen = {name: data[name] for name in FROM_FILE}
        return {**self.layout.guess, **chosen, "x_column": data["x_column"], "y_columns": sorted(data["y_columns"])}
