"""The web process: its addresses import nothing that computes, draws or writes documents."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = (
    "import django, sys; django.setup();"
    "from django.urls import get_resolver; get_resolver().reverse_dict;"
    "heavy = {'numpy', 'scipy', 'pandas', 'matplotlib', 'gemmi', 'docx', 'openpyxl'} & set(sys.modules);"
    "print(sorted(heavy))"
)


def test_the_addresses_of_the_notebook_import_nothing_heavy(tmp_path: Path) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "labbook.settings", "LABBOOK_DATA_DIR": str(tmp_path)}

    told = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"
