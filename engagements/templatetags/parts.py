"""A part of a page that is kept by what it is told: engagements/index/parts.py."""

from typing import Any

from django import template
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.context import Context

from engagements.index.parts import part

register = template.Library()


class PartNode(template.Node):
    def __init__(self, name: str, told: dict[str, FilterExpression]) -> None:
        self.name, self.told = name, told
        self.found: Any = None

    def render(self, context: Context) -> str:
        if self.found is None:
            self.found = context.template.engine.get_template(self.name)  # type: ignore[union-attr]
        told = {name: value.resolve(context) for name, value in self.told.items()}
        return part(self.name, told, lambda: self.found.render(context.new(told)))


@register.tag("part")
def part_of_page(parser: Parser, token: Token) -> PartNode:
    """{% part "partners/_row.html" row=row filters=filters.links %}: it sees these values and no others."""
    _tag, name, *bits = token.split_contents()
    told = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(
            f"part: {name} is given values by name, and nothing else"
        )
    return PartNode(name.strip("\"'"), told)
