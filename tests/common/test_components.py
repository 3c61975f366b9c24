"""The parts every page is made of."""

from django import forms
from django.core.paginator import Paginator
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from common.forms import PortalForm
from config.forms import PortalRenderer


def draw(source, **context):
    return Template(source).render(Context(context))


class VisitForm(PortalForm):
    place = forms.CharField(help_text="City or institution.")
    mood = forms.ChoiceField(choices=[("a", "Good"), ("b", "Bad")], widget=forms.RadioSelect)
    sure = forms.BooleanField(help_text="Say so.")


def page_of(number, address="/en/engagements/?kind=other&page=3"):
    page = Paginator(range(1204), 25).page(number)
    request = RequestFactory().get(address)
    return render_to_string("components/pagination.html", {"page": page}, request)


def test_a_wrong_field_is_tied_to_its_hint_and_its_errors():
    drawn = VisitForm({"place": ""}).as_div()

    assert 'aria-describedby="id_place_helptext id_place_error"' in drawn
    assert 'aria-describedby="id_sure_helptext id_sure_error"' in drawn
    assert drawn.count('id="id_place_error"') == 1
    assert drawn.count('id="id_place_helptext"') == 1


def test_a_group_is_described_by_its_errors_and_its_buttons_are_not_called_wrong():
    drawn = VisitForm({"place": "Oslo", "sure": "on"}).as_div()

    assert 'id="id_mood" tabindex="-1" aria-describedby="id_mood_error"' in drawn
    assert "aria-invalid" not in drawn


def test_a_control_that_describes_itself_keeps_that_and_gains_its_errors():
    form = VisitForm({"place": ""})
    form.fields["place"].widget.attrs["aria-describedby"] = "read-back"

    assert 'aria-describedby="read-back id_place_error"' in str(form["place"])


def test_the_summary_leads_to_each_wrong_field():
    form = VisitForm({"place": ""})

    assert [link.target for link in form.error_links] == ["id_place", "id_mood", "id_sure"]


def test_pages_keep_the_filters_and_leap_over_the_middle():
    drawn = page_of(5)

    assert "101 to 125 of 1,204" in drawn
    assert 'href="?kind=other&amp;page=4" rel="prev"' in drawn
    assert drawn.count('class="dots"') == 2
    assert drawn.count('aria-current="page"') == 1


def test_the_first_page_offers_no_previous_one():
    assert 'rel="prev"' not in page_of(1)


def test_a_protected_page_is_marked_and_an_open_one_is_not():
    marking = '{% include "components/marking.html" with sensitivity=level %}'

    assert "Protected B" in draw(marking, level=2)
    assert draw(marking, level=0).strip() == ""
    assert draw(marking).strip() == ""


def test_breadcrumbs_begin_at_home():
    drawn = draw('{% breadcrumbs "Engagements" "/en/engagements/" %}')

    assert drawn.index("/en/") < drawn.index("/en/engagements/")
    assert drawn.count("<li>") == 2


def test_a_choice_is_drawn_as_django_draws_it():
    choices = [("", "none"), ("a & b", "A & <b>"), ("Group", [(1, "One"), (2, "Two")])]
    widget = forms.Select(attrs={"class": "select", "required": True}, choices=choices)

    ours, djangos = (
        " ".join(widget.render("name", 2, renderer=renderer()).split())
        for renderer in (PortalRenderer, DjangoTemplates)
    )

    assert ours.replace("> <", "><") == djangos.replace("> <", "><")
