"""Prints a one-time link that signs a person in."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from labbook.models import User
from labbook.services.sign_in_links import make_sign_in_link


class Command(BaseCommand):
    """`manage.py sign_in_link [--email ADDRESS]`."""

    help = "Print a link that signs a person in once, within an hour; without --email the first owner of a lab."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", help="who it signs in")
        parser.add_argument("--address", default=os.environ.get("LABBOOK_ADDRESS", "127.0.0.1:8000"))

    def handle(self, *_args: Any, email: str | None = None, address: str, **_options: Any) -> str:
        user = person(email)
        base = address if "://" in address else f"http://{address}"
        return base.rstrip("/") + reverse("sign_in_link", args=[make_sign_in_link(user=user)])


def person(email: str | None) -> User:
    """Return the active person with this e-mail address, or the one who holds the highest role longest."""
    active = User.objects.filter(is_active=True)
    if email:
        found = active.filter(email__iexact=email).first()
    else:
        found = active.filter(memberships__is_active=True).order_by("-memberships__role", "memberships__pk").first()
    if found is None:
        raise CommandError(f"Nobody here has the address {email}." if email else "Nobody belongs to a lab here yet.")
    return found
