"""A worker process that knows the kinds of the tests: `worker_process DATABASE LEASE_S [--burst]`."""

import sys

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    """Work on the database that is named, as `manage.py worker` does on its own."""
    database, lease_s, *options = sys.argv[1:]
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from tests.labbook.job_kinds import KINDS

    settings.JOB_KINDS.update(KINDS)
    settings.JOB_LEASE_S = float(lease_s)
    call_command("worker", *options, interval=0.05)


if __name__ == "__main__":
    main()
