"""What was written out of the database's answers is made again as soon as one of them is another."""

import itertools
from functools import partial

import pytest
from django.test import override_settings

from common.answered import heard, not_to_be_kept, while_answered_alike
from common.prepared import ask
from engagements.models import Engagement
from tests.factories import make_engagement

pytestmark = pytest.mark.django_db

keys = itertools.count()


def by_key(key: int):
    return Engagement.objects.filter(pk=key)


class Page:
    """Made of two questions, and counts how often it was made."""

    def __init__(self, engagement: Engagement, also=None) -> None:
        self.pk, self.also = engagement.pk, also
        self.made, self.key = 0, ("tried", next(keys))

    def make(self) -> str:
        self.made += 1
        (found,) = ask("tried answers", by_key, key=self.pk)
        besides = self.also() if self.also else ""
        return f"{found.title_en}: {besides}"

    def open(self) -> str:
        return while_answered_alike(self.key, self.make)


def titled(title: str, engagement: Engagement) -> None:
    Engagement.objects.filter(pk=engagement.pk).update(title_en=title)


def test_it_is_made_once_for_as_long_as_everything_is_answered_alike(django_assert_num_queries):
    page = Page(make_engagement(title_en="Visit"))
    page.open()

    for _ in range(2):
        with django_assert_num_queries(1):
            assert page.open() == "Visit: "

    assert page.made == 1


def test_it_is_made_again_of_the_answers_that_were_just_heard(django_assert_num_queries):
    engagement = make_engagement(title_en="Visit")
    page = Page(engagement)
    page.open()
    titled("Mission", engagement)

    with django_assert_num_queries(1):
        assert page.open() == "Mission: "

    titled("Visit", engagement)
    assert page.open() == "Visit: "


def test_another_key_is_another_page():
    first, second = Page(make_engagement(title_en="One")), Page(make_engagement(title_en="Two"))

    assert [page.open() for page in (first, second, first)] == ["One: ", "Two: ", "One: "]


def test_what_else_was_answered_is_asked_again():
    said = ["1"]
    page = Page(make_engagement(title_en="Visit"), also=partial(heard, lambda: said[0]))

    told = [page.open(), page.open()]
    said[0] = "2"

    assert [*told, page.open(), page.open()] == ["Visit: 1", "Visit: 1", "Visit: 2", "Visit: 2"]
    assert page.made == 2


@pytest.mark.parametrize(
    "also",
    [lambda: Engagement.objects.count(), not_to_be_kept],
    ids=["asked of the database in another way", "for this once"],
)
def test_what_nobody_could_hold_against_an_answer_is_not_kept(also):
    page = Page(make_engagement(), also=also)

    for _ in range(3):
        page.open()

    assert page.made == 3


def test_what_is_asked_for_another_answer_is_no_question_of_the_page():
    def count() -> int:
        return len(ask("tried others", by_key, key=0)) + Engagement.objects.count()

    page = Page(make_engagement(title_en="Visit"), also=partial(heard, count))
    page.open()
    assert (page.open(), page.made) == ("Visit: 1", 1)

    make_engagement()

    assert (page.open(), page.made) == ("Visit: 2", 2)


def test_while_templates_are_written_nothing_is_kept():
    page = Page(make_engagement())

    with override_settings(DEBUG=True):
        page.open()
        page.open()

    assert page.made == 2


def test_what_broke_off_is_not_kept():
    engagement = make_engagement(title_en="Visit")
    page = Page(engagement)
    page.open()
    Engagement.objects.filter(pk=engagement.pk).delete()

    for _ in range(2):
        with pytest.raises(ValueError, match="not enough values"):
            page.open()
