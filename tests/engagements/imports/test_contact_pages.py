"""A list of contacts through the pages: sent, mapped, asked about, shown, loaded, undone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from engagements.models import Load
from partners.models import Contact, Partner
from tests.factories import make_contact, make_partner

LIST = """Family name,Given name,Title,Organization,E-mail,Fax
Somebody,A.,Director,KPS,a@kps.example,1
Someone,B.,Warden,Hill Society,b@hill.example,2
Known,C.,Warden,KPS,c@kps.example,3
Wrong,D.,Clerk,KPS,at the desk,4
"""


@pytest.fixture(autouse=True)
def kps():
    partner = make_partner("KPS", name_en="Kenya Prisons Service", acronym_en="KPS")
    make_contact(partner, name="C. Known", post_en="Warden")
    return partner


def sent(client, user, subject="contacts"):
    client.force_login(user)
    file = SimpleUploadedFile("people.csv", LIST.encode())
    return client.post(reverse("imports:start"), {"file": file, "subject": subject})


def at(step, load):
    return reverse(f"imports:{step}", args=[load.key])


def test_a_list_goes_through_every_step_and_back(client, staff, kps):
    assert sent(client, staff).status_code == 302
    load = Load.objects.get()

    page = client.get(at("columns", load))
    fields = [page.context["form"][f"column-{letter}"].value() for letter in "ABCDEF"]
    assert fields == ["family_name", "given_name", "post", "partners", "email", "ignore"]
    assert [label for label, columns in page.context["needed"] if columns] == [
        *("Name or post", "Partner"),
    ]

    page = client.get(at("questions", load))
    [asked] = page.context["form"].words
    assert (asked.question.value, asked.question.rows) == ("Hill Society", (3,))
    answer = {"kind-0": "partners", "text-0": "Hill Society", "answer-0": "create", "do": "next"}
    assert client.post(at("questions", load), answer).status_code == 302

    page = client.get(at("preview", load))
    text = page.content.decode()
    assert "2 new contacts" in text
    assert "new, and created with it" in text
    assert "C. Known, Warden is known at Kenya Prisons Service (KPS)." in text
    assert kps.contacts.get().get_absolute_url() in text
    assert "add it as another one" in text
    assert (Contact.objects.count(), Partner.objects.count()) == (1, 1)

    client.post(at("preview", load), {"do": "load", "digest": page.context["plan"].digest})
    assert Contact.objects.count() == 3
    assert Contact.objects.get(name="B. Someone").partner.name == "Hill Society"
    page = client.get(at("load", load))
    assert "contacts added" in page.content.decode()
    assert (page.context["created"], page.context["updated"]) == (2, 0)
    assert "1 partner that was not here yet was created with them." in page.content.decode()
    left_out = client.get(at("left_out", load)).content.decode()
    assert "Write a whole e-mail address" in left_out
    assert "b@hill.example" not in left_out

    page = client.get(at("undo", load))
    assert "A. Somebody, Director" in page.content.decode()
    assert "1 partner that was created with them is taken away" in page.content.decode()
    client.post(at("undo", load))
    assert (Contact.objects.get().name, Partner.objects.get()) == ("C. Known", kps)


def test_one_who_is_here_is_changed_where_that_is_chosen(client, staff):
    sent(client, staff)
    load = Load.objects.get()
    client.get(at("preview", load))

    client.post(at("preview", load), {"row-4": "update", "was-4": "skip", "do": "look"})
    page = client.get(at("preview", load))

    [row] = page.context["parts"]["changed"].rows
    assert [(d.label, d.before, d.after) for d in row.differences] == [
        ("E-mail", "", "c@kps.example")
    ]


def test_staff_are_offered_contacts_and_no_partners(client, staff):
    client.force_login(staff)
    page = client.get(reverse("imports:start"))

    offered = [value for value, _label in page.context["form"].fields["subject"].choices]

    assert offered == ["engagements", "contacts"]
    assert sent(client, staff, subject="partners").status_code == 422
    assert not Load.objects.exists()
