from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class PortalRequest(HttpRequest):
    """What our views receive: SignInRequired has let nobody else through."""

    user: User  # type: ignore[assignment]
    htmx: HtmxDetails
