"""How long the PDFs of case packages are kept: the retention rule counts from the meeting's day."""

from datetime import date

from django.db.models import QuerySet

from rehabilitering.models import Sagspakkeudgave


def forfaldne(foer: date) -> "QuerySet[Sagspakkeudgave]":
    """The PDFs of packages for meetings before `foer`; that they were published, and read, stays."""
    return Sagspakkeudgave.objects.filter(pakke__punkt__moede__dato__lt=foer)
