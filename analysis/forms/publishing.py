"""Forms of saved tables and figures: making one, and what it shows."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any, ClassVar

from django import forms

from analysis.models import SavedFigure, SavedTable
from analysis.publishing.figure_kinds import FIGURES, FigureKind, Of, Option
from analysis.publishing.ready import TABLES, ReadyTable, Rows
from analysis.quantities import QUANTITIES, Quantity
from labbook.http import LabRequest
from measurements.curves.presets import PRESETS
from measurements.curves.recipe import NORMALISATIONS, number
from measurements.models import Series
from samples.models import Sample

MOST_CODES = 60


class KindForm(forms.Form):
    """What is made of a series: the key of a ready table or figure."""

    kind = forms.CharField(max_length=20)


class MakeForm(forms.Form):
    """What a new table or figure is of: a series, or samples by their codes."""

    kind = forms.ChoiceField(label="What")
    series = forms.ModelChoiceField(Series.objects.none(), label="Series", required=False, empty_label="none")
    samples = forms.CharField(
        label="Samples", max_length=1200, required=False,
        help_text="Their codes, such as NC-024-F1, NC-024-F2. Empty: every sample that has the numbers.",
    )  # fmt: skip
    title = forms.CharField(label="Title", max_length=200, required=False, help_text="Empty: the usual one.")

    # Kinds that are made of one series.
    of_series: ClassVar[Sequence[str]] = ()
    # Kinds that need samples to be chosen.
    of_chosen: ClassVar[Sequence[str]] = ()

    def __init__(self, *args: Any, request: LabRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        field = self.fields["series"]
        if isinstance(field, forms.ModelChoiceField):
            seen = Series.objects.visible_to(request.user).filter(lab=request.lab).select_related("sample", "project")
            field.queryset = seen.order_by("-pk")

    def clean_samples(self) -> list[Sample]:
        """Return the samples that were named; a code that means none is said."""
        codes = [code for code in self.cleaned_data["samples"].replace(",", " ").replace(";", " ").split() if code]
        if len(codes) > MOST_CODES:
            raise forms.ValidationError(f"Name at most {MOST_CODES} samples.")
        seen = Sample.objects.visible_to(self.request.user).filter(lab=self.request.lab, code__in=codes)
        found = {one.code: one for one in seen.select_related("project")}
        unknown = [code for code in codes if code not in found]
        if unknown:
            raise forms.ValidationError(f"There is no sample {', '.join(unknown[:5])} in this lab.")
        return [found[code] for code in dict.fromkeys(codes)]

    def clean(self) -> dict[str, Any]:
        """Ask for the series or the samples that a kind needs."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") in self.of_series and cleaned.get("series") is None:
            self.add_error("series", "Choose the series it is made of.")
        if cleaned.get("kind") in self.of_chosen and not cleaned.get("samples") and "samples" not in self.errors:
            self.add_error("samples", "Name the samples it is made of.")
        return cleaned


class TableMakeForm(MakeForm):
    """A new table."""

    of_series: ClassVar = [one.key for one in TABLES.values() if one.rows == Rows.RUNGS]
    of_chosen: ClassVar = [one.key for one in TABLES.values() if one.rows == Rows.VALUES]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self.fields["kind"], [(one.key, f"{one.name}: {one.title}") for one in TABLES.values()])


class FigureMakeForm(MakeForm):
    """A new figure."""

    of_series: ClassVar = [one.key for one in FIGURES.values() if one.of == Of.SERIES]
    of_chosen: ClassVar = ["s1", "s8"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [one for one in FIGURES.values() if one.of != Of.CURVES]
        choose(self.fields["kind"], [(one.key, f"{one.name}: {one.title}") for one in offered])


def choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    """Give a field its choices."""
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class TableForm(forms.Form):
    """What a table is called and shows."""

    title = forms.CharField(label="Title", max_length=200)
    quantities = forms.MultipleChoiceField(label="Columns", widget=forms.CheckboxSelectMultiple)
    is_aligned = forms.BooleanField(
        label="The same decimals down every column", required=False, initial=True,
        help_text="Otherwise each number ends where its own error begins.",
    )  # fmt: skip

    def __init__(self, *args: Any, table: SavedTable, ready: ReadyTable, shown: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [QUANTITIES[name] for name in ready.offered if name in QUANTITIES]
        choose(self.fields["quantities"], [(one.name, called(one)) for one in offered])
        self.initial = {
            "title": table.title, "quantities": list(shown), "is_aligned": table.recipe.get("is_aligned", True),
            **self.initial,
        }  # fmt: skip

    def changes(self) -> dict[str, Any]:
        """Return the record's fields as they are to be."""
        recipe = {"quantities": self.cleaned_data["quantities"], "is_aligned": self.cleaned_data["is_aligned"]}
        return {"title": self.cleaned_data["title"].strip(), "recipe": recipe}


def called(quantity: Quantity) -> str:
    """Return what a column is called where nothing can be lowered."""
    return quantity.label if "_" in quantity.symbol else f"{quantity.symbol} – {quantity.label}"


class OptionField(forms.CharField):
    """A number of a figure's options, with a decimal point or comma; empty is the usual one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, required=False, **kwargs)
        self.widget.attrs.update(inputmode="decimal", autocomplete="off")

    def clean(self, value: Any) -> float | None:
        """Return the number that was typed."""
        text = super().clean(value)
        told = number(text)
        if text and told is None:
            raise forms.ValidationError("Type a number.")
        return told


OPTION_FIELDS: dict[Option, forms.Field] = {
    Option.NORMALISE: forms.ChoiceField(
        label="Normalise", required=False, choices=[one for one in NORMALISATIONS.items() if one[0] != "at"]
    ),
    Option.OFFSET: OptionField(label="Lift each line by", help_text="A part of the greatest height; 0 for none."),
    Option.X_FROM: OptionField(label="Axis from"),
    Option.X_TO: OptionField(label="Axis to"),
    Option.LOG: forms.BooleanField(label="Logarithmic", required=False),
}


class FigureForm(forms.Form):
    """What a figure is called, says and looks like."""

    title = forms.CharField(label="Title", max_length=200)
    caption = forms.CharField(
        label="Caption", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    preset = forms.ChoiceField(label="Size and type", choices=[(one.key, one.label) for one in PRESETS.values()])

    def __init__(self, *args: Any, figure: SavedFigure, kind: FigureKind, shown: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options, self.recipe = kind.options, figure.recipe
        for option in kind.options:
            self.fields[option.value] = deepcopy(OPTION_FIELDS[option])
        told = {option.value: written(shown.get(option.value)) for option in kind.options}
        preset = figure.recipe.get("preset", kind.preset)
        self.initial = {"title": figure.title, "caption": figure.caption, "preset": preset, **told, **self.initial}

    def changes(self) -> dict[str, Any]:
        """Return the record's fields as they are to be."""
        told = {option.value: self.cleaned_data[option.value] for option in self.options}
        recipe = {**self.recipe, "preset": self.cleaned_data["preset"], "options": told}
        return {
            "title": self.cleaned_data["title"].strip(),
            "caption": self.cleaned_data["caption"].strip(),
            "recipe": recipe,
        }


def written(value: Any) -> Any:
    """Return an option as its field shows it."""
    return f"{value:g}" if isinstance(value, float) else value
