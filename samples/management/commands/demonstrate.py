"""Loads the demonstration lab: `demonstrate`."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from labbook.models import Lab
from samples.demonstration.loading import load_demonstration


class Command(BaseCommand):
    """Prints what was created as one JSON line."""

    help = "Found the demonstration lab and load its tables."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it once."""
        if Lab.objects.filter(slug="demonstration").exists():
            raise CommandError("The demonstration lab is already here.")
        self.stdout.write(json.dumps(load_demonstration().plain(), ensure_ascii=False))
