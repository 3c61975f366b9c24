"""Many rows at once are read back as they were given, on either database."""

from common.writing import write
from engagements.models import WordMemory

ODD = ["", r"\N", "\\", r"\.", "a\tb", "two\nlines", "two\r\nlines", r"\t", "é « ␣ »", "'\""]


def test_odd_texts_are_kept_as_they_are(staff):
    names = ["person_id", "about", "key", "text", "code", "sensitivity", "answered_at"]
    memory = WordMemory(person=staff)
    rows = [
        (staff.pk, "partners", key, text, "", 0, memory.answered_at) for key, text in enumerate(ODD)
    ]

    write(WordMemory, names, rows)

    assert list(WordMemory.objects.order_by("pk").values_list("text", flat=True)) == ODD
