"""Brings the database up to date and runs the web server with a worker beside it: `make run`."""

import os
import socket
import sys
from io import StringIO

from scripts.console import say, stop
from scripts.front_end import install_front_end

THREADS = "8"


def main() -> None:
    """Migrate, load the demonstration lab into an empty database, print a sign-in link, serve."""
    address = os.environ.get("LABBOOK_ADDRESS", "127.0.0.1:8000")
    refuse_a_taken_port(address)
    install_front_end(dev=False)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labbook.settings")
    prepare_database()
    print_link(address)
    serve(address)


def refuse_a_taken_port(address: str) -> None:
    """Stop with a sentence when the address cannot be listened on."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        stop(f"LABBOOK_ADDRESS is host:port, such as 127.0.0.1:8000, not {address!r}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
        except OSError as error:
            stop(f"{address} cannot be used ({error.strerror}). Another one: LABBOOK_ADDRESS=127.0.0.1:8001 make run")


def prepare_database() -> None:
    """Bring the tables up to date; an empty database gets the demonstration lab, unless it is told not to."""
    import django
    from django.core.management import call_command

    django.setup()
    from labbook.models import Lab

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    if not Lab.objects.exists() and os.environ.get("LABBOOK_DEMONSTRATION", "1") != "0":
        say("The database is empty; loading the demonstration lab …")
        call_command("demonstrate", stdout=StringIO())


def print_link(address: str) -> None:
    """Print where the notebook is and the link that signs the owner in."""
    from django.core.management import CommandError, call_command

    print(f"Labbook is at http://{address}/ (Ctrl-C stops it). Sign in once, within an hour, with:\n", flush=True)
    try:
        call_command("sign_in_link", address=address)
    except CommandError as error:
        say(str(error))
    print(flush=True)


def serve(address: str) -> None:
    """Become the small process that keeps the web server and the worker; this one holds a whole Django."""
    os.execv(sys.executable, [sys.executable, "-m", "scripts.serving", address, THREADS])


if __name__ == "__main__":
    main()
