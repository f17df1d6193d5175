"""Reading the journal: each note as it stands now, with what it said before."""

from collections.abc import Iterable

from django.db import connection

from borgere.models import Journalnotat

_TIDLIGERE = """
WITH RECURSIVE kaede AS (
    SELECT id AS nyeste, retter_id AS id FROM borgere_journalnotat
     WHERE id = ANY(%(nyeste)s) AND retter_id IS NOT NULL
     UNION ALL
    SELECT kaede.nyeste, n.retter_id FROM kaede JOIN borgere_journalnotat n ON n.id = kaede.id
     WHERE n.retter_id IS NOT NULL)
SELECT id, nyeste FROM kaede
"""


def tidligere_udgaver(notater: Iterable[Journalnotat]) -> dict[int, list[Journalnotat]]:
    """By the id of each corrected note: its earlier editions, newest first. Two statements."""
    rettede = [notat.pk for notat in notater if notat.retter_id is not None]
    with connection.cursor() as markoer:
        markoer.execute(_TIDLIGERE, {"nyeste": rettede})
        nyeste_for: dict[int, int] = dict(markoer.fetchall())
    tidligere: dict[int, list[Journalnotat]] = {}
    fundne = Journalnotat.objects.filter(pk__in=nyeste_for).select_related("forfatter")
    for notat in fundne.order_by("-pk"):
        tidligere.setdefault(nyeste_for[notat.pk], []).append(notat)
    return tidligere
