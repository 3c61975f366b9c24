"""A list of partners through the pages: sent, mapped, asked about, shown, loaded, undone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from engagements.models import Load
from partners.models import Partner
from tests.factories import make_country, make_partner

LIST = """Name (English),Nom français,Type,Pays,Part of,Web site,Remarks
Kenya Prisons Service,,Government,Kenya,Ministry of Interior,https://kps.example.org,
Ministry of Interior,,Government,Kenya,,,
Ghana Police,Police du Ghana,Gendarmerie,Ghana,,,new
World Health Organization,,UN,,,https://who.example,
,,NGO,Ghana,,,no name
"""


@pytest.fixture(autouse=True)
def world():
    make_country("KE", name_en="Kenya", name_fr="Kenya")
    make_country("GH", name_en="Ghana", name_fr="Ghana")
    make_partner("WHO", name_en="World Health Organization", kind="un")


def sent(client, **told):
    file = SimpleUploadedFile("partners.csv", LIST.encode())
    return client.post(reverse("imports:start"), {"file": file, "subject": "partners", **told})


def at(step, load):
    return reverse(f"imports:{step}", args=[load.key])


def test_a_list_goes_through_every_step_and_back(client, administrator):
    client.force_login(administrator)
    assert sent(client, office=administrator.office.code).status_code == 302
    load = Load.objects.get()

    page = client.get(at("columns", load))
    assert page.context["form"]["column-A"].value() == "name_en"
    assert [label for label, columns in page.context["needed"] if columns] == ["Name", "Kind"]
    mapping = {
        f"column-{letter}": page.context["form"][f"column-{letter}"].value() for letter in "ABCDEFG"
    }
    assert client.post(at("columns", load), mapping).status_code == 302

    page = client.get(at("questions", load))
    [asked] = page.context["form"].words
    assert (asked.question.value, asked.question.rows) == ("Gendarmerie", (4,))
    assert {option.code for option in asked.options} == set(Partner.Kind.values)
    answer = {
        "kind-0": "kinds",
        "text-0": "Gendarmerie",
        "answer-0": "foreign_government",
        "do": "next",
    }
    assert client.post(at("questions", load), answer).status_code == 302

    page = client.get(at("preview", load))
    text = page.content.decode()
    assert "3 new partners" in text
    assert reverse("partners:detail", args=["WHO"]) in text
    assert "World Health Organization has this name, or one nearly the same." in text
    assert "add it as another one" in text
    assert Partner.objects.count() == 1

    digest = page.context["plan"].digest
    client.post(at("preview", load), {"do": "load", "digest": digest})
    assert Partner.objects.count() == 4
    assert (
        Partner.objects.get(name_en="Kenya Prisons Service").parent.name_en
        == "Ministry of Interior"
    )
    page = client.get(at("load", load))
    assert "partners added" in page.content.decode()
    left_out = client.get(at("left_out", load)).content.decode()
    assert "no name" in left_out
    assert "Give the partner a name in English or in French." in left_out

    page = client.get(at("undo", load))
    assert "3 records are taken away" in page.content.decode()
    client.post(at("undo", load))
    assert list(Partner.objects.values_list("code", flat=True)) == ["WHO"]


def test_one_that_is_here_is_changed_where_that_is_chosen(client, administrator):
    client.force_login(administrator)
    sent(client, office=administrator.office.code)
    load = Load.objects.get()
    client.get(at("preview", load))

    client.post(at("preview", load), {"row-5": "update", "was-5": "skip", "do": "look"})
    page = client.get(at("preview", load))

    [row] = page.context["parts"]["changed"].rows
    assert [(d.label, d.after) for d in row.differences] == [("Website", "https://who.example")]
    shows = {"shows": "5:website", "do": "look"}
    client.post(at("preview", load), shows)
    page = client.get(at("preview", load))
    assert "changed" not in page.context["parts"]


@pytest.mark.parametrize("role", ["staff", "manager"])
def test_the_others_load_engagements_alone(client, request, role):
    person = request.getfixturevalue(role)
    client.force_login(person)

    sent(client, office=person.office.code if person.office else "")

    assert set(Load.objects.values_list("subject", flat=True)) <= {"engagements"}
