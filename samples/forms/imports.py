"""The form that takes a lab's tables."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from samples.services.uploads import MOST_FILES, is_too_large


class SeveralFilesInput(forms.ClearableFileInput):
    """A file box that takes several files."""

    allow_multiple_selected = True


class TablesField(forms.FileField):
    """Several uploaded tables."""

    widget = SeveralFilesInput(attrs={"accept": ".csv,.tsv,.xlsx"})

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        """Return the files; too many or too large ones are refused by name."""
        one_or_none = [data] if data else []
        files: list[UploadedFile[bytes]] = list(data) if isinstance(data, list | tuple) else one_or_none
        if not files:
            raise forms.ValidationError("Choose the tables to import.")
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"At most {MOST_FILES} files at once.")
        for file in files:
            if is_too_large(file.size or 0):
                raise forms.ValidationError(f"{(file.name or '')[:60]} is too large for a table of records.")
        return files


class ImportForm(forms.Form):
    """The tables to check."""

    tables = TablesField(
        label="Tables",
        help_text="CSV, TSV or Excel files, such as bottles.csv, precursors.csv, syntheses.csv, rounds.csv, uses.csv.",
    )
