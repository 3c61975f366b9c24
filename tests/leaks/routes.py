"""Every route of the site, by walking its URLconf, the admin's included."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver, reverse
from django.urls.resolvers import URLResolver


@dataclass(frozen=True)
class Route:
    """`key`: its name with its namespace (engagements:detail), or the path of a nameless one.

    `arguments`: what its address names, such as reference or pk.
    """

    key: str
    name: str
    path: str
    view: Callable[..., Any]
    arguments: tuple[str, ...]


def every_route() -> dict[str, Route]:
    return {route.key: route for route in walk(get_resolver())}


def walk(
    resolver: URLResolver, spaces: tuple = (), path: str = "", arguments: tuple[str, ...] = ()
) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        here = path + without_language(str(entry.pattern))
        named = (*arguments, *(entry.pattern.converters or entry.pattern.regex.groupindex))
        if isinstance(entry, URLPattern):
            name = ":".join([*spaces, entry.name]) if entry.name else ""
            yield Route(name or here, name, here, entry.callback, named)
        else:
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from walk(entry, inner, here, named)


def address_of(route: Route, arguments: Mapping[str, Any]) -> str:
    """The address in the reader's language; of a route without a name, in English."""
    if route.name:
        return reverse(route.name, kwargs=dict(arguments))
    path = route.path.removesuffix("$")
    for name, value in arguments.items():
        path = re.sub(rf"<path:{name}>|\(\?P<{name}>.*?\)", str(value), path)
    return f"/en/{path}" if path.startswith("admin/") else f"/{path}"


def without_language(path: str) -> str:
    return path.removeprefix("en/").removeprefix("fr/")
