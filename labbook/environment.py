"""How settings are read from the environment: flags, lists, the secret key and the database address."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def flag(name: str, *, default: bool) -> bool:
    """Return an on/off setting; only 1, true, yes and on mean on."""
    text = os.environ.get(name)
    return default if text is None else text.strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str) -> list[str]:
    """Return a setting that lists words separated by spaces or commas."""
    return os.environ.get(name, default).replace(",", " ").split()


def secret_key(data_dir: Path) -> str:
    """Return LABBOOK_SECRET_KEY, or a key made once and kept readable by its owner only."""
    from_environment = os.environ.get("LABBOOK_SECRET_KEY")
    if from_environment:
        return from_environment
    path = data_dir / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


def database_from_url(url: str | None, data_dir: Path) -> dict[str, Any]:
    """Return Django's database settings for a postgresql:// address, or for SQLite in the data folder."""
    if not url:
        return sqlite_database(data_dir / "labbook.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite_database(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL must start with postgresql:// or sqlite://, not {parts.scheme}://")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "labbook",
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        # A socket folder arrives in the query: a host part cannot hold slashes.
        "HOST": unquote(query.pop("host", "") or parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


def sqlite_database(path: Path) -> dict[str, Any]:
    """Return settings for SQLite with one writer at a time and readers that never wait.

    WAL with IMMEDIATE transactions is what keeps eight writers from "database is locked".
    `synchronous=FULL` makes an acknowledged record survive a power cut.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
        },
    }
