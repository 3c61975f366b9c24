"""What changed, as the database itself notes it."""

from django.db import models


class Change(models.Model):
    """One note of the database's own triggers, in the transaction that changed something.

    The portal never writes it and no page shows it: engagements.index reads what to catch up with.
    `token` tells a database that was restored from the one that a process read before.
    """

    class Scope(models.IntegerChoices):
        ENGAGEMENT = 0, "this engagement, or what hangs on it"
        AROUND = 1, "what engagements are told by: partners, objectives, countries, offices"
        EVERYTHING = 2, "so much that all is to be read again"

    # No key: an engagement that was taken away is noted too.
    engagement_key = models.BigIntegerField(null=True)
    scope = models.PositiveSmallIntegerField(choices=Scope)
    token = models.CharField(max_length=32)
    # On PostgreSQL the number of the transaction: notes appear as transactions end, not as they are numbered.
    transaction_number = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["transaction_number"], name="change_transaction")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_scope_display()}"
