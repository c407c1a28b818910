"""The form by which a person chooses the fit that counts for a sample."""

from collections.abc import Iterable
from typing import Any

from django import forms

from analysis.models import Fit, Result
from analysis.publishing.rounding import printed
from analysis.publishing.symbols import unit_text
from analysis.queries.fit_numbers import number_of
from analysis.queries.fit_page import title_of

ALL = ""


class ChooseForm(forms.Form):
    """One of the fits that count, or the mean of all of them."""

    fit = forms.ChoiceField(label="What counts", required=False, widget=forms.RadioSelect)
    reason = forms.CharField(label="Reason", max_length=300, required=False)

    def __init__(self, *args: Any, results: Iterable[Result], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fits = {str(one.fit_id): one.fit for one in results}
        field = self.fields["fit"]
        if isinstance(field, forms.ChoiceField):
            several = "the mean of all of them" if len(self.fits) > 1 else "every fit that counts"
            field.choices = [(ALL, several), *((str(one.fit_id), words_of(one)) for one in results)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("fit") and not cleaned.get("reason"):
            self.add_error("reason", "Say why this one is chosen.")
        return cleaned

    @property
    def chosen(self) -> Fit | None:
        """The fit that is to count, none for all of them."""
        return self.fits.get(self.cleaned_data.get("fit") or ALL)


def words_of(result: Result) -> str:
    """Return a result and its fit in a line."""
    return f"{printed(number_of(result))} {unit_text(result.unit)}, {title_of(result.fit)} {result.fit_id}"
