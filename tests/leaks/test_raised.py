"""An engagement that was marked higher since: its own author, not cleared for it, learns no more of it."""

import re
import uuid

import pytest
from django.urls import reverse

from accounts.models import Sensitivity
from engagements.kinds import Stage
from engagements.models import Engagement
from tests.engagements.telling import address, enough
from tests.factories import make_engagement
from tests.leaks.asking import Asker, without

KEY = uuid.UUID(int=1)


@pytest.fixture
def raised(staff):
    """What staff, cleared to Protected A, logged and somebody marked Protected B."""
    return make_engagement(
        reference="IE-2027-7003",
        pk=707003,
        logged_by=staff,
        form_key=KEY,
        stage=Stage.APPROVED,
        sensitivity=Sensitivity.PROTECTED_B,
    )


@pytest.mark.parametrize("sent", [None, {}, {"do": "autosave"}, {"form_key": str(KEY)}])
@pytest.mark.parametrize("name", ["edit_draft", "discard_draft"])
def test_the_address_of_its_draft_leads_nowhere(staff, raised, name, sent):
    ask = Asker(staff)

    of_raised = ask(reverse(f"engagements:{name}", args=[raised.pk]), sent=sent)
    of_nothing = ask(reverse(f"engagements:{name}", args=[707999]), sent=sent)

    # A draft that is kept anew has the next key: on PostgreSQL one that was undone is not given again.
    found = without(of_raised.whole, ["707003"]), without(of_nothing.whole, ["707999"])
    first, second = (
        re.sub(rb'(drafts/|brouillons/|ebauches/|"record": )\d+', rb"\1N", one) for one in found
    )
    assert first == second


def test_the_form_it_was_told_in_logs_another(client, staff, raised):
    client.force_login(staff)

    response = client.post(address(), enough(form_key=str(KEY)))

    assert response.status_code == 302
    assert raised.reference not in response.url
    assert Engagement.objects.filter(logged_by=staff).count() == 2


@pytest.mark.parametrize("do", ["draft", "autosave"])
def test_the_form_it_was_told_in_is_kept_as_another_draft(client, staff, raised, do):
    client.force_login(staff)

    response = client.post(address(), enough(form_key=str(KEY), do=do))

    assert response.status_code in {200, 302}
    assert raised.reference not in str(response.headers) + response.text
    assert Engagement.objects.drafts_of(staff).count() == 1
