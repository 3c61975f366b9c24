"""Rules that every page and module of the portal keeps."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.urls import URLPattern, get_resolver

from common.forms import Cautious
from common.text import PlainTextField

ROOT = Path(settings.BASE_DIR)
OUR_APPS = ("accounts", "common", "dashboards", "engagements", "objectives", "partners")

# Which app may import which: the arrows of docs/decisions/0001.
MAY_IMPORT = {
    "common": set(),
    "accounts": {"common"},
    "objectives": {"common", "accounts"},
    "partners": {"common", "accounts"},
    "engagements": {"common", "accounts", "objectives", "partners"},
    "dashboards": {"common", "accounts", "objectives", "partners", "engagements"},
}


def our_patterns(resolver=None):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        elif entry.app_name != "admin":
            yield from our_patterns(entry)


def our_pages(resolver=None, space=""):
    """Each route of ours by its whole name, with its entry."""
    for entry in (resolver or get_resolver()).url_patterns:
        if not isinstance(entry, URLPattern):
            if entry.app_name != "admin":
                yield from our_pages(entry, entry.namespace or space)
        elif entry.name and entry.callback.__module__.startswith(OUR_APPS):
            yield f"{space or entry.callback.__module__.split('.')[0]}:{entry.name}", entry


def our_views():
    for entry in our_patterns():
        if "whitenoise" not in entry.lookup_str:
            yield pytest.param(entry.callback, id=entry.lookup_str)


@pytest.mark.parametrize("view", list(our_views()))
def test_every_view_names_its_audience(view):
    assert hasattr(view, "audience"), "decorate it with one from accounts.access"


def test_only_signing_in_and_the_health_of_the_process_are_open_to_all():
    open_to_all = {
        entry.name or str(entry.pattern)
        for entry in our_patterns()
        if not getattr(entry.callback, "login_required", True)
    }

    assert open_to_all == {"front_door", "sign_in", "sign_out", "healthz", "readyz"}


def modules(app: str) -> list[Path]:
    return [path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]


@pytest.mark.parametrize("app", OUR_APPS)
def test_dependencies_point_one_way(app):
    files = modules(app)
    assert files
    strangers = {
        (str(path.relative_to(ROOT)), name)
        for path in files
        for name in imported(path)
        if name in {*OUR_APPS, "config"} and name != app and name not in MAY_IMPORT[app]
    }
    assert strangers == set()


def imported(path: Path) -> set[str]:
    """First parts of every name a module imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def test_no_template_has_an_inline_style_script_or_handler():
    files = templates()
    assert len(files) > 20
    inline = re.compile(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*\ssrc=)|hx-on|\"js:", re.I)
    found = {str(path.relative_to(ROOT)) for path in files if inline.search(as_a_page(path))}
    assert found == set()


def as_a_page(path: Path) -> str:
    """Without the styles of a mail: its programs read no style sheet, and no policy forbids them."""
    text = path.read_text()
    return re.sub(r'\sstyle="[^"{]*"', "", text) if path.parent.name == "mail" else text


def test_no_note_to_editors_shows_on_a_page():
    # Over two lines, what stands between {# and #} is text.
    found = {
        str(path.relative_to(ROOT))
        for path in templates()
        if any("{#" in line and "#}" not in line for line in path.read_text().splitlines())
    }
    assert found == set()


def test_no_page_asks_another_host_for_anything():
    away = re.compile(
        r"""(?:src|href|action|url\()\s*=?\s*["'(]?\s*(?:https?:)?//(?!www\.w3\.org)"""
    )
    files = [*templates(), *(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")]
    assert len(files) > 40
    found = {str(path.relative_to(ROOT)) for path in files if away.search(path.read_text())}
    assert found == set()


def test_no_component_has_a_raw_colour():
    files = [
        p for p in (ROOT / "static/css").rglob("*.css") if p.name not in {"tokens.css", "print.css"}
    ]
    assert len(files) > 15
    raw = re.compile(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)")
    found = {p.name: raw.findall(p.read_text()) for p in files if raw.search(p.read_text())}
    assert found == {}


def test_every_form_in_which_people_write_asks_before_a_number_of_a_person_is_saved():
    """The others search, sign in, or are a developer's sample."""
    others = {"SampleForm", "FilterForm", "SearchForm", "SignInForm", "NewPasswordForm"}
    for path in (path for app in OUR_APPS for path in modules(app) if "forms" in str(path)):
        import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    written = {
        form.__name__: form
        for form in subclasses(forms.BaseForm)
        if form.__module__.split(".")[0] in OUR_APPS
        and any(isinstance(field, PlainTextField) for field in form.base_fields.values())
    }
    assert len(written) > 6
    careless = {name for name, form in written.items() if not issubclass(form, Cautious)}
    assert careless - others == set()


def subclasses(form):
    for each in form.__subclasses__():
        yield each
        yield from subclasses(each)


def test_modules_and_templates_stay_short():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in [*(p for app in OUR_APPS for p in modules(app)), *templates()]
        if (lines := len(path.read_text().splitlines())) > (450 if path.suffix == ".py" else 160)
    }
    assert long == {}
