"""Production's settings, but for what costs time and proves nothing here."""

from config.settings.prod import *  # noqa: F403, TID251

# A crowd signs in at once; how slowly a password is guessed is not what is looked at.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Plain names: nobody has run collectstatic.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING["root"]["level"] = "WARNING"  # noqa: F405
