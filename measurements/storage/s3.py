"""S3-compatible storage as a store; keys are content-addressed, so a second writer of the same bytes is no conflict."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from measurements.storage.stores import StoreUnavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

# Above this a file is sent in parts; a part that fails is sent again by itself.
WHOLE_BYTES = 64 * 1024 * 1024
IS_THERE = {"412", "PreconditionFailed", "409", "ConditionalRequestConflict"}
IS_MISSING = {"404", "NoSuchKey", "NotFound"}


class S3Store:
    """Keeps each key as an object of a bucket; credentials come from the environment, as S3 tools read them."""

    def __init__(self, bucket: str, prefix: str, *, endpoint: str | None, region: str | None) -> None:
        self.bucket, self.prefix, self.endpoint, self.region = bucket, prefix, endpoint, region

    @cached_property
    def client(self) -> "S3Client":
        """The connection; boto3 is imported by the first who needs it."""
        import boto3

        return boto3.client("s3", endpoint_url=self.endpoint, region_name=self.region)

    def name(self, key: str) -> str:
        """Return the object's name."""
        return f"{self.prefix}/{key}" if self.prefix else key

    def put(self, key: str, path: Path) -> None:
        """Upload a file unless the bytes are there; it returns when the storage has confirmed."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            if path.stat().st_size > WHOLE_BYTES:
                if not self.has(key):
                    self.client.upload_file(str(path), self.bucket, self.name(key))
                return
            with path.open("rb") as stream:
                self.client.put_object(Bucket=self.bucket, Key=self.name(key), Body=stream, IfNoneMatch="*")
        except ClientError as error:
            if error.response["Error"]["Code"] not in IS_THERE:
                raise StoreUnavailable(f"The file could not be stored: {error}.") from error
        except (BotoCoreError, OSError) as error:
            raise StoreUnavailable(f"The file storage cannot be reached: {error}.") from error

    def has(self, key: str) -> bool:
        """Say whether the object is there."""
        from botocore.exceptions import ClientError

        try:
            self.client.head_object(Bucket=self.bucket, Key=self.name(key))
        except ClientError as error:
            if error.response["Error"]["Code"] in IS_MISSING:
                return False
            raise
        return True

    def open(self, key: str) -> BinaryIO:
        """Return the object's stream."""
        from botocore.exceptions import ClientError

        try:
            answer = self.client.get_object(Bucket=self.bucket, Key=self.name(key))
        except ClientError as error:
            if error.response["Error"]["Code"] in IS_MISSING:
                raise FileNotFoundError(key) from error
            raise
        return cast(BinaryIO, answer["Body"])

    @contextmanager
    def as_path(self, key: str) -> Iterator[Path]:
        """Download the object to a temporary file for as long as it is read."""
        with tempfile.NamedTemporaryFile(prefix="labbook-") as copy, self.open(key) as stream:
            while block := stream.read(1024 * 1024):
                copy.write(block)
            copy.flush()
            yield Path(copy.name)
