"""What an administrator does in the administration is on record as any other change is."""

import pytest
from django.urls import reverse

from accounts.models import Role, User
from common.history.models import Revision
from common.history.tracking import kinds
from common.opened import OPENED
from tests.factories import make_framework, make_objective


@pytest.mark.parametrize("kind", ["office", "framework", "objective", "region", "country"])
def test_what_an_administrator_changes_is_on_record(client, administrator, kind):
    model = kinds()[kind].model
    record = {
        "office": lambda: administrator.office,
        "framework": make_framework,
        "objective": make_objective,
        "region": lambda: model.objects.create(code="150", name_en="Europe", name_fr="Europe"),
        "country": lambda: model.objects.create(iso2="NO", name_en="Norway", name_fr="Norvège"),
    }[kind]()
    page = reverse(f"admin:{model._meta.app_label}_{kind}_change", args=[record.pk])
    client.force_login(administrator)
    opened = client.get(page).context
    form = opened["adminform"].form
    sent = {OPENED: opened["opened_as"]}
    sent |= {name: form[name].value() for name in form.fields if form[name].value() is not None}
    name = next(each for each in ("name_en", "title_en", "short_en") if each in sent)

    response = client.post(page, sent | {name: "Another name"})

    assert response.status_code == 302
    last = Revision.objects.of(kind, [record.pk]).last_of_each().get()
    assert (last.act, last.by, last.state[name]) == ("amended", administrator, "Another name")


def test_whom_an_administrator_adds_and_what_they_may_do_is_on_record(client, administrator):
    client.force_login(administrator)
    sent = {"username": "newcomer", "usable_password": "false", "role": Role.STAFF}
    sent |= {"language": "en", "clearance": "1", "office": administrator.office_id}

    assert client.post(reverse("admin:accounts_user_add"), sent).status_code == 302
    person = User.objects.get(username="newcomer")
    page = reverse("admin:accounts_user_change", args=[person.pk])
    opened = client.get(page).context
    form = opened["adminform"].form
    told = {OPENED: opened["opened_as"]}
    told |= {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert client.post(page, told | {"clearance": "2"}).status_code == 302

    made, raised = Revision.objects.of("person", [person.pk]).order_by("number")
    assert (made.act, made.by, made.state["clearance"]) == ("added", administrator, 1)
    assert (raised.before["clearance"], raised.state["clearance"]) == (1, 2)


def test_many_retired_at_once_are_each_on_record(client, administrator):
    offices = [administrator.office]
    client.force_login(administrator)
    sent = {"action": "retire", "_selected_action": [office.pk for office in offices]}

    client.post(reverse("admin:accounts_office_changelist"), sent)

    last = Revision.objects.of("office", [offices[0].pk]).last_of_each().get()
    assert last.act == "retired"
    assert last.state["retired_on"]


def test_a_password_set_for_a_person_undoes_nothing_else(client, administrator, staff):
    client.force_login(administrator)
    sent = {"password1": "another-long-one", "password2": "another-long-one"}
    sent |= {"usable_password": "true"}

    client.post(reverse("admin:auth_user_password_change", args=[staff.pk]), sent)

    staff.refresh_from_db()
    assert staff.check_password("another-long-one")
    assert staff.role == Role.STAFF
