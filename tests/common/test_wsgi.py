"""What reaches the portal through the server."""

import io

import pytest
from django.test import RequestFactory

from config.wsgi import application


def answer(method: str, address: str, body: bytes = b"", **headers) -> tuple[str, str]:
    started = []
    environ = RequestFactory().generic(method, address, body).environ | headers
    environ["wsgi.input"] = io.BytesIO(body)
    page = b"".join(application(environ, lambda status, headers: started.append(status)))
    return started[0][:3], page.decode()


@pytest.mark.parametrize(
    "claimed",
    [
        "charset=utf-7",
        "charset=hex",
        "Charset = undefined",
        "charset=unicode_escape",
        "charset*=hex''a",
    ],
)
def test_whatever_encoding_is_claimed_it_is_read_in_utf8(claimed):
    asked = "/en/sign-in/?next=/en/%2B2AA-%5Cud800"

    status, page = answer(
        "GET", asked, CONTENT_TYPE=f"application/x-www-form-urlencoded; {claimed}"
    )

    assert (status, 'value="/en/+2AA-\\ud800"' in page) == ("200", True)
