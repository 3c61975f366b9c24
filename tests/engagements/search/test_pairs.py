"""What finds what: the same table on both databases."""

from engagements.models import Engagement
from tests.engagements.search.pairs import PAIRS, make_world


def test_every_query_finds_just_what_it_should(staff):
    letters = {record.pk: letter for letter, record in make_world(logged_by=staff).items()}

    found = {}
    for query, _letters in PAIRS:
        those = Engagement.objects.visible_to(staff).matching(query)
        found[query] = "".join(sorted(letters[pk] for pk in those.values_list("pk", flat=True)))

    assert len(found) == len(PAIRS) > 60
    assert found == dict(PAIRS)
