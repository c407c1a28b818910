"""Fields for codes of samples, typed or scanned; a page never lists all samples to choose from."""

import re
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import Q

from labbook.models import Code, Lab, User
from labbook.services.codes import normalized
from samples.kinds import SampleKind
from samples.models import Sample


class SampleCodeField(forms.CharField):
    """A code, a tag or a scanned label; what it cleans is the sample, as the person may see it."""

    def __init__(self, *, kinds: tuple[SampleKind, ...] = (), **kwargs: Any) -> None:
        super().__init__(max_length=120, **kwargs)
        self.kinds = kinds
        self.user: User | None = None
        self.lab: Lab | None = None
        self.widget.attrs.update(autocomplete="off", autocapitalize="characters", spellcheck="false")

    def asked_by(self, user: User, lab: Lab) -> None:
        """Say who asks; without it nothing is found."""
        self.user, self.lab = user, lab

    def prepare_value(self, value: Any) -> Any:
        """Show a sample as its code."""
        return value.code if isinstance(value, Sample) else value

    def clean(self, value: Any) -> Any:
        """Return the sample, or None for an empty field that may be."""
        text = super().clean(value)
        if not text:
            return None
        found = self._find(text.strip().rsplit("/", maxsplit=1)[-1])
        if found is None:
            raise forms.ValidationError(f"There is no sample {text[:40]} here.")
        if self.kinds and found.kind not in self.kinds:
            wanted = " or ".join(kind.label for kind in self.kinds)
            raise forms.ValidationError(f"{found.code} is a {found.get_kind_display()}, not a {wanted}.")
        return found

    def _find(self, text: str) -> Sample | None:
        if self.user is None or self.lab is None:
            return None
        samples = Sample.objects.visible_to(self.user).filter(lab=self.lab).select_related("fraction")
        codes = Code.objects.filter(lab=self.lab, record_type="sample")
        # A code as it stands, then a tag read from a label, then a code typed without its dashes.
        for wanted in (Q(code=text), Q(tag=text.upper()), Q(normalized=normalized(text))):
            found = samples.filter(pk__in=codes.filter(wanted).values("record_id")).first()
            if found is not None:
                return found
        return None


class SampleCodesField(SampleCodeField):
    """Several codes with commas between them; what it cleans is the samples, each once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length = 2000
        self.validators = [one for one in self.validators if not isinstance(one, MaxLengthValidator)]
        self.validators.append(MaxLengthValidator(self.max_length))
        self.widget.attrs.pop("maxlength", None)

    def clean(self, value: Any) -> Any:
        """Return the samples in the order they were named."""
        text = forms.CharField.clean(self, value)
        found = [super(SampleCodesField, self).clean(one) for one in re.split(r"[,;\s]+", text) if one]
        return list({one.pk: one for one in found}.values())
