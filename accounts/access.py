"""Who may open which page.

Signing in is required everywhere (accounts.middleware.SignInRequired). On top of that, every view states its
audience with one of these decorators; tests/test_conventions.py fails for a view that does not.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase

from accounts.http import PortalRequest
from accounts.models import User

View = Callable[..., HttpResponseBase]


def audience(test: Callable[[User], bool]) -> Callable[[View], View]:
    """A decorator that lets through whom `test` accepts and answers 403 to the others."""

    def decorator(view: View) -> View:
        @wraps(view)
        def wrapper(request: PortalRequest, *args, **kwargs) -> HttpResponseBase:
            if not test(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        setattr(wrapper, "audience", test)  # noqa: B010 -- read by tests/test_conventions.py
        return wrapper

    return decorator


def everyone(view: View) -> View:
    """Open without signing in: the way in, and the health of the process."""
    setattr(view, "audience", lambda user: True)  # noqa: B010
    return login_not_required(view)


everyone_signed_in = audience(lambda user: True)
contributors_only = audience(lambda user: user.is_contributor)
managers_only = audience(lambda user: user.is_manager)
administrators_only = audience(lambda user: user.is_administrator)
approvers_only = audience(lambda user: user.is_approver)
contributors_and_approvers = audience(lambda user: user.is_contributor or user.is_approver)
