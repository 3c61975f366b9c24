"""Pages of a list: `page` and `per_page` in the address, and what a page beyond the last gets."""

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import HttpRequest

SIZES = (10, 25, 50, 100)
DEFAULT_SIZE = 25


class NoSuchPage(Exception):
    """The address asks for a page that is not there. `last` is the one to offer instead."""

    def __init__(self, asked: str, last: int) -> None:
        self.asked, self.last = asked, last
        super().__init__(f"page {asked} of {last}")


def paginate(request: HttpRequest, records, *, size: int = DEFAULT_SIZE) -> Page:
    """The page the address asks for. NoSuchPage for one that is not there.

    A `per_page` that is not offered gives the size that is next to it.
    """
    paginator = Paginator(records, page_size(request, size))
    asked = request.GET.get("page") or "1"
    try:
        return paginator.page(asked)
    except (EmptyPage, PageNotAnInteger) as error:
        raise NoSuchPage(asked, paginator.num_pages) from error


def page_size(request: HttpRequest, default: int) -> int:
    try:
        asked = int(request.GET.get("per_page") or default)
    except ValueError:
        return default
    return min((*SIZES, default), key=lambda size: abs(size - asked))
