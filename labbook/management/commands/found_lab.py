"""Founds a lab with its first owner; everybody else is invited from the People page."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from labbook.errors import Refusal
from labbook.models import User
from labbook.services.labs import found_lab


class Command(BaseCommand):
    """`manage.py found_lab NAME --email ADDRESS --initials AV [--slug SHORT] [--time-zone Europe/Rome]`."""

    help = "Found a lab, furnished with the shipped recipes and first places, and make a person its owner."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--email", required=True, help="the first owner; made when the address is new")
        parser.add_argument("--initials", required=True, help="what the owner signs records with")
        parser.add_argument("--slug", default="", help="the short name in addresses; by default made from the name")
        parser.add_argument("--time-zone", default="Europe/Rome")

    def handle(
        self, *_args: Any, name: str, email: str, initials: str, slug: str, time_zone: str, **_options: Any
    ) -> str:
        owner = User.objects.filter(email=email.strip().lower()).first()
        try:
            # A refused lab leaves no person behind.
            with transaction.atomic():
                person = owner or User.objects.create_user(email)
                lab = found_lab(name=name, slug=slug, owner=person, initials=initials, time_zone=time_zone)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        return f"{lab.name} is founded. Let its owner in with: manage.py sign_in_link --email {email}"
