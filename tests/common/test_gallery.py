import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_gallery_draws_every_component(client, staff, language):
    client.force_login(staff)
    with override(language):
        response = client.get(reverse("gallery"))

    for part in [
        "badge-cancelled",
        "stamp-open",
        "error-summary",
        "pagination",
        "empty",
        "side-by-side",
    ]:
        assertContains(response, f"{part}")
