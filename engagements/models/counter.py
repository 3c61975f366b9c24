"""Reference numbers: a running number in each fiscal year."""

from django.db import models


class ReferenceCounter(models.Model):
    """The last running number given in a fiscal year. It only grows: no number is given twice."""

    fiscal_year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.fiscal_year}: {self.last}"
