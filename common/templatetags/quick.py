"""Django's own translate, url and include, which do not find out again what they found out before.

A page says some hundred sentences, names some forty addresses and is put together of as many parts; to look
each of them up took as long as everything else that is done to write it out. What is kept here follows from
the code alone, the language and the address: nothing of what people are shown.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.template.loader_tags import IncludeNode, do_include
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation.trans_real import catalog

register = template.Library()

# Addresses that are kept in each process: those of pages, and of the records that were shown last.
ADDRESSES = 5_000


class Translated(TranslateNode):
    """A sentence that stands in the template, as it was said last in each language."""

    def __init__(self, plain: TranslateNode) -> None:
        self.__dict__.update(plain.__dict__)
        # By language, with the catalogue it was found in: in development that is read anew.
        self.said: dict[str | None, tuple[Any, str]] = {}

    def render(self, context: Context) -> str:
        known, now = self.said.get(language := get_language()), catalog()
        if known is None or known[0] is not now:
            known = self.said[language] = (now, super().render(context))
        return known[1]


@register.tag("translate")
def translate(parser: Parser, token: Token) -> TranslateNode:
    plain = do_translate(parser, token)
    said = plain.filter_expression
    is_constant = said.var.literal is not None and not said.filters and not plain.asvar
    context = plain.message_context
    if is_constant and (context is None or (not context.is_var and not context.filters)):
        return Translated(plain)
    return plain


class Address(URLNode):
    """As Django's; the address of what was named before is known."""

    def render(self, context: Context) -> str:
        args = tuple(str(arg.resolve(context)) for arg in self.args)
        kwargs = tuple((name, str(value.resolve(context))) for name, value in self.kwargs.items())
        name = self.view_name.resolve(context)
        try:
            url = address_of(name, args, kwargs, _current_app(context))
        except NoReverseMatch:
            if self.asvar is None:
                raise
            url = ""
        if self.asvar:
            context[self.asvar] = url
            return ""
        return conditional_escape(url) if context.autoescape else url


@register.tag("url")
def url(parser: Parser, token: Token) -> URLNode:
    plain = django_url(parser, token)
    return Address(plain.view_name, plain.args, plain.kwargs, plain.asvar)


def _current_app(context: Context) -> str | None:
    """As Django finds it: which of several instances of one app is meant."""
    request: Any = getattr(context, "request", None)
    if hasattr(request, "current_app"):
        return request.current_app
    return getattr(getattr(request, "resolver_match", None), "namespace", None)


def address_of(
    name: str,
    args: tuple[str, ...] = (),
    kwargs: tuple[tuple[str, str], ...] = (),
    current_app: str | None = None,
) -> str:
    """As `reverse`, remembered."""
    among = (get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), get_language())
    return _address(among, str(name), args, kwargs, current_app)


@lru_cache(maxsize=ADDRESSES)
def _address(
    among: tuple[str | None, ...],
    name: str,
    args: tuple[str, ...],
    kwargs: tuple[tuple[str, str], ...],
    current_app: str | None,
) -> str:
    """`among`: which map of the site, beneath which address, in which language."""
    return reverse(name, args=args, kwargs=dict(kwargs), current_app=current_app)


class Included(IncludeNode):
    """A part that is named in the template, looked up once: templates themselves are kept by then."""

    def __init__(self, plain: IncludeNode) -> None:
        self.__dict__.update(plain.__dict__)
        self.found: Any = None

    def render(self, context: Context) -> SafeString:
        if self.found is None:
            self.found = context.template.engine.get_template(self.template.var)  # type: ignore[union-attr]
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        if self.isolated_context:
            return self.found.render(context.new(values))
        with context.push(**values):
            return self.found.render(context)


@register.tag("include")
def include(parser: Parser, token: Token) -> IncludeNode:
    plain = do_include(parser, token)
    named = plain.template
    is_constant = isinstance(named.var, str) and not named.filters
    return Included(plain) if is_constant else plain
