"""The tests: quick passwords, files in memory, migrations run, DATABASE_URL picks the database."""

from .base import *

SECRET_KEY = "tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, so that every thread has a connection of its own, as in the real thing; nobody would
    # miss it after a power cut.
    DATABASES["default"]["TEST"] = {"NAME": BASE_DIR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    # A page that queries row by row fails its test; it would do so on either database.
    INSTALLED_APPS += ["zeal"]
    MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
    # Signing out reads the session, and reads it again to delete it: two rows of one.
    ZEAL_ALLOWLIST = [{"model": "sessions.Session"}]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Its own test switches the lock-out on.
AXES_ENABLED = False
WHITENOISE_AUTOREFRESH = True
# Within a test's transaction the database counts; whatever runs outside one is counted by the index.
ENGAGEMENT_INDEX = "at once"
GALLERY = True
