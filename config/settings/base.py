"""What every environment shares. dev, test and prod hold only their differences."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import validate

from common.planning import PLANNING
from config.env import env

BASE_DIR = Path(__file__).resolve().parents[2]

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    # Ours, first so that our templates and static files win.
    "common",
    "accounts",
    "objectives",
    "partners",
    "engagements",
    "dashboards",
    # Third party
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "template_partials",
    # Django
    "config.admin.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "common.middleware.compressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.WhoIsSignedIn",
    "accounts.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "common.middleware.private_pages",
    "common.middleware.remember_language",
    "common.middleware.page_for_wrong_method",
    "axes.middleware.AxesMiddleware",
    "engagements.index.current.middleware",
    "common.busy.TurnTaken",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "common.context_processors.portal",
            ],
            "builtins": [
                "common.templatetags.liaison",
                "django.templatetags.i18n",
                # Last: its tags stand in the place of Django's own.
                "common.templatetags.quick",
            ],
        },
    },
]
FORM_RENDERER = "config.forms.PortalRenderer"

# SQLite beside the code, or PostgreSQL by DATABASE_URL.
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock when a transaction begins, so that two writers queue instead
    # of failing; FULL keeps an acknowledged save through a power cut (docs/decisions).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Where a pooler hands connections on after each transaction, nothing may stay on one: neither cursors
    # nor what is prepared.
    if env.bool("DATABASE_POOLED", default=False):
        DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
    else:
        DATABASES["default"].setdefault("OPTIONS", {}).update(PLANNING)
# Opening a connection costs as much as a page: SQLite reads all that a database is made of anew.
DATABASES["default"]["CONN_MAX_AGE"] = 60

# What pages count by is kept in each process, made "beside" its other work; or "at once" when it is first
# wanted; or "never": the database counts.
ENGAGEMENT_INDEX = env.str(
    "ENGAGEMENT_INDEX",
    default="beside",
    validate=validate.OneOf(["beside", "at once", "never"]),
)

# People
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "dashboards:home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.PortalBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "accounts.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

# Mail
# Where the portal is reached, for the links in what it mails.
SITE_ADDRESS = env.str("SITE_ADDRESS", default="http://127.0.0.1:8000").rstrip("/")
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="Liaison <liaison@localhost>")
EMAIL_TIMEOUT = 20  # seconds

# Languages
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Toronto"
USE_THOUSAND_SEPARATOR = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# What is read of a file that somebody loads. The pages state them; docs/production.md says what they cost.
LOAD_MAX_BYTES = env.int("LOAD_MAX_BYTES", default=20_000_000)
LOAD_MAX_ROWS = env.int("LOAD_MAX_ROWS", default=100_000)  # of one sheet
LOAD_MAX_COLUMNS = env.int("LOAD_MAX_COLUMNS", default=500)  # of one sheet
LOAD_MAX_CELL = env.int("LOAD_MAX_CELL", default=100_000)  # characters
LOAD_MAX_CELLS = env.int("LOAD_MAX_CELLS", default=6_000_000)
LOAD_MAX_UNPACKED = env.int("LOAD_MAX_UNPACKED", default=400_000_000)  # bytes in a workbook, a zip
LOAD_MAX_SECONDS = env.int("LOAD_MAX_SECONDS", default=60)
LOAD_MAX_MEMORY = env.int("LOAD_MAX_MEMORY", default=1_500_000_000)  # bytes
# So many rows are checked and saved while the page waits; more are handed to a process of their own.
LOAD_AT_ONCE = env.int("LOAD_AT_ONCE", default=1_000)
# How long a file is kept with what was answered about it; what came of its rows stays.
LOAD_KEPT_DAYS = env.int("LOAD_KEPT_DAYS", default=30)
# In memory and no further: nothing that people send is written beside the code.
FILE_UPLOAD_HANDLERS = ["common.uploads.BoundedUpload"]

# What a browser may do with our pages: load from here, and nowhere else.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "accounts.again.unproven"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 10
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Only a copy with the demonstration in it names its people on the sign-in page.
DEMONSTRATION = False
# The password of its people; empty: the one every demonstration starts with.
DEMO_PASSWORD = ""
# The component gallery, for developers.
GALLERY = False
