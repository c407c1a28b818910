"""Forms about people, projects and the lab."""

from typing import Any
from zoneinfo import available_timezones

from django import forms

from labbook.models import Lab, User
from labbook.roles import Role


class InviteForm(forms.Form):
    """Who is invited, and as what."""

    email = forms.EmailField(label="E-mail", max_length=254)
    name = forms.CharField(label="Name", max_length=120)
    initials = forms.CharField(label="Initials", max_length=8, help_text="They sign records with them.")
    role = forms.TypedChoiceField(label="Role", choices=Role.choices, coerce=int, initial=Role.MEMBER)

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [choice for choice in Role.choices if int(choice[0]) <= most]
        self.fields["role"] = forms.TypedChoiceField(label="Role", choices=choices, coerce=int, initial=Role.MEMBER)


class MemberForm(forms.Form):
    """A member's role, initials and whether they still belong to the lab."""

    role = forms.TypedChoiceField(label="Role", choices=Role.choices, coerce=int)
    initials = forms.CharField(label="Initials", max_length=8)
    is_active = forms.BooleanField(label="Belongs to the lab", required=False)


class LabForm(forms.Form):
    """A lab's name and time zone."""

    name = forms.CharField(label="Name", max_length=120)
    time_zone = forms.CharField(label="Time zone", max_length=60, help_text="Such as Europe/Rome.")

    def clean_time_zone(self) -> str:
        zone: str = self.cleaned_data["time_zone"]
        if zone not in available_timezones():
            raise forms.ValidationError("There is no such time zone.")
        return zone


class ProjectForm(forms.Form):
    """A new project."""

    name = forms.CharField(label="Name", max_length=120)
    is_restricted = forms.BooleanField(
        label="Restricted", required=False, help_text="Only its members see what lies in it."
    )


class ProjectMembersForm(ProjectForm):
    """A project with its members."""

    members = forms.ModelMultipleChoiceField(
        label="Members", queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"] = forms.ModelMultipleChoiceField(
            label="Members",
            queryset=User.objects.filter(memberships__lab=lab, memberships__is_active=True).order_by("name", "email"),
            widget=forms.CheckboxSelectMultiple,
        )
