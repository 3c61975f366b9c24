"""A newcomer's machine: `make run`."""

from config.env import env

from .base import *

DEBUG = env.bool("DEBUG", default=True)
DEMONSTRATION = env.bool("DEMONSTRATION", default=True)
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="")
# Not a secret: this copy holds demonstration data and listens on this machine only.
SECRET_KEY = "only-for-this-machine-and-never-in-production"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
GALLERY = True
# Last, next to the views: Django's own page for what is missing names every address of the portal.
MIDDLEWARE += ["common.middleware.own_missing_page"]
