"""The stylesheet as production serves it: one file in place of forty, none of which a new browser has yet."""

from collections.abc import Callable, Iterable

from django.contrib.staticfiles import finders
from django.templatetags.static import static

from config.static import SHEET, joined


def read(name: str) -> str:
    with open(finders.find(name), encoding="utf-8") as file:
        return file.read()


def with_one_sheet(application: Callable) -> Callable:
    """A WSGI application that answers the sheet's address by itself."""
    path, sheet = static(SHEET), joined(SHEET, read).encode()

    def answer(environ: dict, start_response: Callable) -> Iterable[bytes]:
        if environ["PATH_INFO"] != path:
            return application(environ, start_response)
        headers = {"Content-Type": "text/css; charset=utf-8", "Content-Length": str(len(sheet))}
        start_response("200 OK", [*headers.items(), ("Cache-Control", "max-age=3600")])
        return [sheet]

    return answer
