from accounts.models import Role
from tests.factories import make_office, make_user


def test_a_person_chooses_the_language(client, staff):
    client.force_login(staff)

    response = client.post("/en/profile/", {"language": "fr"})

    staff.refresh_from_db()
    assert staff.language == "fr"
    assert response.url.startswith("/fr/")


def test_what_gives_rights_is_shown_and_not_taken_from_the_form(client, reader):
    pacific = make_office("PAC")
    client.force_login(reader)

    page = client.get("/en/profile/").content.decode()
    sent = {"role": "administrator", "clearance": "2", "office": pacific.pk, "is_active": "on"}
    client.post("/en/profile/", {"language": "en"} | sent)

    assert "Reader" in page
    assert "Office IR" in page
    assert "ask your administrator" in page
    assert 'name="office"' not in page
    reader.refresh_from_db()
    assert (reader.role, reader.clearance, reader.office.code) == ("reader", 0, "IR")


def test_staff_do_not_come_to_edit_another_offices_records_by_joining_it(client, colleague):
    client.force_login(colleague)
    client.post("/en/profile/", {"language": "en", "office": make_office("IR").pk})

    colleague.refresh_from_db()
    assert colleague.office.code == "PRA"


def test_who_has_no_office_reads_so(client):
    client.force_login(make_user("new", Role.STAFF, office=None))

    assert "No office" in client.get("/en/profile/").content.decode()


def test_an_unknown_language_is_refused(client, staff):
    client.force_login(staff)

    response = client.post("/en/profile/", {"language": "de"})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"language"}


def test_a_person_changes_the_password_and_stays_signed_in(client, staff):
    client.force_login(staff)
    new = "rivers-run-to-the-sea"

    response = client.post(
        "/en/profile/password/",
        {"old_password": "a-long-password", "new_password1": new, "new_password2": new},
        follow=True,
    )

    assert "Your password is changed." in response.content.decode()
    staff.refresh_from_db()
    assert staff.check_password(new)


def test_a_password_changed_wrongly_changes_nothing(client, staff):
    client.force_login(staff)

    response = client.post(
        "/en/profile/password/",
        {"old_password": "wrong", "new_password1": "short", "new_password2": "other"},
    )

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"old_password", "new_password2"}
    staff.refresh_from_db()
    assert staff.check_password("a-long-password")
