"""For what: one framework against another."""

from functools import partial
from typing import Any

from dashboards.blocks.scope import Scope
from dashboards.findings import findings
from dashboards.metrics.alignment import alignment_matrix, tagged_elsewhere
from dashboards.metrics.amounts import Amounts
from dashboards.metrics.mapping import Mapped, mapped
from dashboards.metrics.served import every_amount, served
from dashboards.options import By
from objectives.models import Framework


def alignment(scope: Scope) -> dict[str, Any] | None:
    """The matrix, what it says, how tags are read; None where nothing can be set against another."""
    axes = scope.axes
    if axes is None:
        return None
    matrix = alignment_matrix(scope.served, axes, by=scope.options.by, reading=scope.reading)
    is_today = scope.reading.heirs is not None
    return {
        "matrix": matrix,
        "findings": findings(
            matrix,
            scope.served,
            scope.frameworks,
            scope.year,
            scope.is_dated,
            frozenset() if is_today else scope.earlier_kinds,
        ),
        "elsewhere": []
        if is_today
        else tagged_elsewhere(scope.as_tagged, [axes.rows, axes.columns], scope.every_framework),
        "mapped": mapping(scope) if is_today else [],
        "offered": offered(scope),
        "countable": By.choices,
        "has_words": is_today or has_words(scope),
        "is_today": is_today,
        # For files, which have more columns than the page.
        "amounts": partial(amounts, scope),
    }


def amounts(scope: Scope) -> Amounts:
    """Everything the cells can be counted by, in the words chosen."""
    assert scope.axes is not None
    found = served(scope.engagements, By.COST, By.PARTNERS)
    if scope.reading.heirs is not None:
        found = found.in_words(scope.reading.heirs)
    rows, columns, split = scope.axes.rows, scope.axes.columns, scope.axes.split
    return every_amount(found, rows.keys, columns.keys, split.keys if split else frozenset())


def mapping(scope: Scope) -> list[Mapped]:
    """Of each axis, what today's words do to it."""
    assert scope.axes is not None
    return mapped(
        scope.as_tagged,
        scope.tags,
        scope.axes.all,
        scope.every_framework,
        scope.crosswalk,
        scope.reading,
    )


def offered(scope: Scope) -> list[Framework]:
    """What may stand in rows and columns: what was adopted, what tags something, what is chosen."""
    assert scope.axes is not None
    shown = {framework for axis in scope.axes.all for framework in axis.frameworks}
    return [
        framework
        for framework in scope.every_framework
        if framework.adopted or framework in shown or is_tagged(scope, framework)
    ]


def has_words(scope: Scope) -> bool:
    """Whether something of a kind shown is tagged under another framework than today's."""
    assert scope.axes is not None
    kinds = {axis.kind for axis in scope.axes.all}
    return any(
        is_tagged(scope, framework)
        for framework in scope.every_framework
        if framework.kind in kinds and framework not in scope.frameworks
    )


def is_tagged(scope: Scope, framework: Framework) -> bool:
    return any(scope.tags[objective.pk] for objective in framework.objectives.all())
