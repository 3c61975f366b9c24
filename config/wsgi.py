"""What gunicorn serves: `gunicorn config.wsgi` (settings: prod unless told otherwise)."""

import os
import re

from django.core.wsgi import get_wsgi_application

from common.room import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

CHARSET = re.compile(r";\s*charset\*?\d*\*?\s*=[^;]*", re.IGNORECASE)


def in_utf8(portal):
    """Addresses and forms are read in UTF-8, whatever encoding a request claims.

    Others bring in what no database keeps (utf-7), or are not even encodings of text (hex).
    """

    def application(environ, start_response):
        environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
        return portal(environ, start_response)

    return application


application = with_room(in_utf8(get_wsgi_application()))
