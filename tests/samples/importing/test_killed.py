"""An import that is killed in the middle has written nothing, and the notebook is whole afterwards."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

MANAGE = Path(settings.BASE_DIR) / "manage.py"
TABLES = Path(settings.BASE_DIR) / "samples" / "demonstration" / "records"


def command(*words: str) -> list[str]:
    """Return the words that run a command of the notebook."""
    return [sys.executable, str(MANAGE), *words]


def is_writing(database: Path) -> bool:
    """Say whether somebody holds the database's one pen."""
    connection = sqlite3.connect(database, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    finally:
        connection.close()
    return False


def test_an_import_killed_while_it_writes_leaves_nothing_behind(tmp_path: Path) -> None:
    environment = {**os.environ, "LABBOOK_DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    subprocess.run(command("migrate", "-v0"), env=environment, check=True)

    killed = subprocess.Popen(command("import_records", str(TABLES)), env=environment, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not is_writing(tmp_path / "labbook.sqlite3") and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)
    killed.kill()

    audit = subprocess.run(command("audit_graph"), env=environment, capture_output=True, check=False)
    told = json.loads(audit.stdout)
    assert killed.wait() < 0
    assert (told["labs"], told["samples"], told["ok"]) == ([], 0, True)
