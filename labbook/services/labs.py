"""Founding a lab and changing its name and time zone."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.text import slugify

from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Lab, Membership, User
from labbook.queries.addresses import first_words
from labbook.roles import Role
from labbook.services.people import checked_initials
from labbook.services.versions import merged, save_checked


def found_lab(*, name: str, slug: str, owner: User, initials: str, time_zone: str = "Europe/Rome") -> Lab:
    """Make a lab with its first owner, and let the upper floors furnish it with their recipes and places.

    Raises Refusal("name" | "slug" | "initials" | "time_zone").
    """
    with transaction.atomic():
        lab = Lab(name=name.strip(), slug=checked_slug(slug or slugify(name)), time_zone=checked_zone(time_zone))
        lab.save()
        save_checked(lab, ["name"])
        install(lab, owner, initials)
    return lab


def install(lab: Lab, owner: User, initials: str) -> None:
    """Give a new lab its first owner and what the upper floors furnish it with."""
    with journal_of(lab, by=owner) as journal:
        initials = checked_initials(lab, initials)
        membership = Membership.objects.create(lab=lab, user=owner, role=Role.OWNER, initials=initials)
        journal.created(lab, name=lab.name, slug=lab.slug, time_zone=lab.time_zone)
        journal.created(membership, name=owner.name, role=Role.OWNER.label, initials=initials)
        for furnish in settings.LAB_FURNISHERS:
            import_string(furnish)(lab, by=owner)


def change_lab(*, lab: Lab, changes: Mapping[str, Any], token: str, by: User) -> Lab:
    """Change a lab's name or time zone; its slug stays, because printed addresses carry it.

    Raises Conflict or Refusal("name" | "time_zone").
    """
    with journal_of(lab, by=by) as journal:
        lab = Lab.objects.select_for_update().get(pk=lab.pk)
        current = {"name": lab.name, "time_zone": lab.time_zone}
        kept = merged(lab, current=current, wanted=changes, token=token)
        if kept:
            for name, value in kept.items():
                setattr(lab, name, checked_zone(value) if name == "time_zone" else value.strip())
            lab.version += 1
            save_checked(lab, [*kept, "version"])
            journal.changed(lab, "changed", {name: (current[name], getattr(lab, name)) for name in kept})
    return lab


def checked_zone(time_zone: str) -> str:
    """Return a time zone that exists."""
    if time_zone not in available_timezones():
        raise Refusal(f"There is no time zone {time_zone}.", field="time_zone")
    return time_zone


def checked_slug(slug: str) -> str:
    """Return a slug that can stand in front of every address: none taken, and no page's own first word."""
    slug = slugify(slug)
    if not slug or len(slug) > 40:
        raise Refusal("The short name has one to forty letters, digits or dashes.", field="slug")
    if slug in first_words() or Lab.objects.filter(slug=slug).exists():
        raise Refusal(f"{slug} is already taken.", field="slug")
    return slug
