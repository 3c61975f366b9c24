"""Files that people send: kept in memory up to a limit, and never written to a place of this machine.

What is larger is not kept: the rest of it runs past, and the form says so. What says at once that it is
many times larger is not even read.
"""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

# What a form holds besides its file, and what stands around it.
ROOM = 100_000
# So many times the limit is read to its end, so that the browser shows the answer to it.
PATIENCE = 5


class BoundedUpload(FileUploadHandler):
    """Keeps files of one request in memory, LOAD_MAX_BYTES of them together."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.left = settings.LOAD_MAX_BYTES
        self.announced = 0

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.announced = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()
        if self.announced > self.left + ROOM:
            self.refuse(for_good=self.announced > PATIENCE * self.left)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.left -= len(raw_data)
        if self.left < 0:
            self.refuse()
        self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def refuse(self, *, for_good: bool = False) -> None:
        self.request.upload_was_too_large = True  # type: ignore[union-attr]
        raise StopUpload(connection_reset=for_good)


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file that was sent with this request was refused for its size: known once it was read."""
    return getattr(request, "upload_was_too_large", False)
