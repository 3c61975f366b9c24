from tests.factories import make_office, make_user


def test_a_person_chooses_language_and_office(client, staff):
    client.force_login(staff)
    pacific = make_office("PAC")

    response = client.post("/en/profile/", {"language": "fr", "office": pacific.pk})

    staff.refresh_from_db()
    assert (staff.language, staff.office) == ("fr", pacific)
    assert response.url.startswith("/fr/")


def test_role_and_clearance_are_shown_and_not_taken_from_the_form(client, reader):
    client.force_login(reader)

    page = client.get("/en/profile/").content.decode()
    client.post("/en/profile/", {"language": "en", "role": "administrator", "clearance": "2"})

    assert "Reader" in page
    assert "ask your administrator" in page
    reader.refresh_from_db()
    assert (reader.role, reader.clearance) == ("reader", 0)


def test_an_unknown_language_or_office_is_refused(client, staff):
    client.force_login(staff)

    response = client.post("/en/profile/", {"language": "de", "office": "999"})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"language", "office"}


def test_a_retired_office_is_offered_to_none_but_its_own_people(client):
    retired = make_office("OLD", retired_on="2020-01-01")
    client.force_login(make_user("theirs", office=retired))
    assert "Office OLD" in client.get("/en/profile/").content.decode()

    client.force_login(make_user("another"))
    assert "Office OLD" not in client.get("/en/profile/").content.decode()


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
