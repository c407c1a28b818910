"""The stores keep bytes for good, once, under their hash: a local folder, and a real S3 interface."""

import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from measurements.storage.local import LocalStore
from measurements.storage.s3 import S3Store
from measurements.storage.stores import Store, StoreUnavailable, raw_key, store

BUCKET = "nanocrystals"


@pytest.fixture(scope="module")
def s3_address() -> Iterator[str]:
    """Start an S3 server on this machine and make a bucket there."""
    before = {name: os.environ.get(name) for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    os.environ.update(dict.fromkeys(before, "testing"))
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    boto3.client("s3", endpoint_url=address, region_name="us-east-1").create_bucket(Bucket=BUCKET)
    yield address
    server.stop()
    for name, value in before.items():
        if value is None:
            os.environ.pop(name)
        else:
            os.environ[name] = value


@pytest.fixture(params=["folder", "S3"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """A store of either kind."""
    if request.param == "folder":
        return LocalStore(tmp_path / "files")
    address = request.getfixturevalue("s3_address")
    return S3Store(BUCKET, f"lab/{tmp_path.name}", endpoint=address, region="us-east-1")


def file_of(folder: Path, content: bytes) -> tuple[Path, str]:
    path = folder / "arriving"
    path.write_bytes(content)
    return path, raw_key(hashlib.sha256(content).hexdigest())


def test_bytes_come_back_exactly(kept: Store, tmp_path: Path) -> None:
    content = os.urandom(300_000)
    path, key = file_of(tmp_path, content)

    kept.put(key, path)

    assert kept.has(key)
    with kept.open(key) as stream:
        assert stream.read() == content
    with kept.as_path(key) as there:
        assert there.read_bytes() == content


def test_the_same_bytes_twice_are_no_conflict(kept: Store, tmp_path: Path) -> None:
    path, key = file_of(tmp_path, b"the same")
    kept.put(key, path)
    again, _ = file_of(tmp_path, b"the same")

    kept.put(key, again)

    with kept.open(key) as stream:
        assert stream.read() == b"the same"


def test_what_is_not_there_is_not_found(kept: Store) -> None:
    key = raw_key("0" * 64)

    assert not kept.has(key)
    with pytest.raises(FileNotFoundError):
        kept.open(key)


def test_a_large_file_goes_to_s3_in_parts(s3_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("measurements.storage.s3.WHOLE_BYTES", 1024)
    content = os.urandom(5_000)
    path, key = file_of(tmp_path, content)
    kept = S3Store(BUCKET, "parts", endpoint=s3_address, region="us-east-1")

    kept.put(key, path)

    with kept.open(key) as stream:
        assert stream.read() == content


def test_a_storage_that_cannot_be_reached_is_said(tmp_path: Path, s3_address: str) -> None:
    path, key = file_of(tmp_path, b"lost")
    kept = S3Store("no-such-bucket", "", endpoint=s3_address, region="us-east-1")

    with pytest.raises(StoreUnavailable):
        kept.put(key, path)


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path, key = file_of(tmp_path, b"too much")
    kept = LocalStore(tmp_path / "files")
    monkeypatch.setattr("measurements.storage.local.os.fsync", full)

    with pytest.raises(StoreUnavailable, match="No space left"):
        kept.put(key, path)

    assert not kept.has(key)
    assert [one for one in (tmp_path / "files").rglob("*") if one.is_file()] == []


def test_a_stored_file_cannot_be_written_to(tmp_path: Path) -> None:
    path, key = file_of(tmp_path, b"raw")
    kept = LocalStore(tmp_path / "files")

    kept.put(key, path)

    assert (tmp_path / "files" / key).stat().st_mode & 0o222 == 0


def test_one_setting_names_the_storage(settings: Settings, tmp_path: Path) -> None:
    store.cache_clear()
    settings.FILES = "s3://nanocrystals/lab?endpoint=http://127.0.0.1:9000&region=us-east-1"
    remote = store()
    store.cache_clear()
    settings.FILES = str(tmp_path)
    local = store()
    store.cache_clear()

    assert isinstance(remote, S3Store)
    assert (remote.bucket, remote.prefix, remote.endpoint) == ("nanocrystals", "lab", "http://127.0.0.1:9000")
    assert isinstance(local, LocalStore)
