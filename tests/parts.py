"""What HTMX gets, without a server: by whatever index is at hand just then."""

from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from engagements.views.list import engagement_list


def list_part(reader, query: str = "") -> str:
    """The list, its choices and all."""
    request = RequestFactory().get(f"/en/engagements/?{query}", headers={"HX-Request": "true"})
    request.user, request.htmx = reader, HtmxDetails(request)
    response = engagement_list(request)
    assert response.status_code == 200
    return response.content.decode()
