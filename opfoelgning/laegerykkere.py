"""LÆ 265: when the GP must answer, and the reminders that are made when the day has passed.

A reminder is a row the caseworker sends as a letter (`rehabilitering.services.laegerykker`). The
job asks the database what is due, so a missed night is made good by the next, two at once make one
row (the number is unique), and a worker that dies leaves nothing half made.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.urls import reverse

from opfoelgning.fristregelvis import laengde
from opfoelgning.models import Frist
from rehabilitering.models import Laegeattestrykker
from rehabilitering.services.laegeattest import FASER
from rehabilitering.svarfrist import Svarfrist
from ressource import beskeder, haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger

KODE = "LAE265_SVAR"

# The first when the deadline has passed, the next so many days after the last as the case's rule
# set says. The requests are locked: an answer registered meanwhile makes the reminder needless.
_DAN = """
WITH forfaldne AS MATERIALIZED (
     SELECT l.id
       FROM rehabilitering_laegeattest l
       JOIN opfoelgning_frist f ON f.anker_type = 'laegeattest' AND f.anker_id = l.id
        AND f.opfyldt_dato IS NULL AND f.bortfaldet_dato IS NULL AND f.forfald_dato < %(dato)s
       JOIN opfoelgning_fristregel r ON r.id = f.regel_id AND r.kode = %(kode)s
       JOIN borgere_sag s ON s.id = l.sag_id AND s.fase = ANY(%(faser)s)
       JOIN ressource_regelsaet g ON g.id = s.regelsaet_id
      WHERE l.modtaget_dato IS NULL AND l.annulleret_dato IS NULL
        AND NOT EXISTS (
            SELECT 1 FROM rehabilitering_laegeattestrykker y
             WHERE y.attest_id = l.id AND y.dato + g.laegeattest_rykker_dage > %(dato)s)
      ORDER BY l.id
        FOR NO KEY UPDATE OF l)
INSERT INTO rehabilitering_laegeattestrykker (attest_id, nr, dato)
SELECT o.id,
       1 + COALESCE((SELECT max(y.nr) FROM rehabilitering_laegeattestrykker y
                      WHERE y.attest_id = o.id), 0),
       %(dato)s
  FROM forfaldne o
    ON CONFLICT (attest_id, nr) DO NOTHING
RETURNING id
"""


def svarfrister(attester: Collection[int]) -> dict[int, Svarfrist]:
    """The open deadlines of these certificates, by the certificate's id. One statement."""
    frister = Frist.objects.aabne().filter(
        regel__kode=KODE, anker_type="laegeattest", anker_id__in=attester
    )
    return {
        frist.anker_id: Svarfrist(
            frist.forfald_dato,
            f"{laengde(frist.regel)} efter bestillingen",
            reverse("opfoelgning:frist_hvorfor", args=[frist.pk]),
        )
        for frist in frister.select_related("regel")
    }


@transaction.atomic
def dan_rykkere(dato: date | None = None) -> int:
    """Make the reminders that are due on `dato` (default today), and return how many.

    Writes an event for each and a notice to the case's caseworker. The same day again makes none.
    """
    parametre: dict[str, Any] = {
        "dato": dato or i_dag(),
        "kode": KODE,
        "faser": [str(fase) for fase in FASER],
    }
    with connection.cursor() as markoer:
        markoer.execute(_DAN, parametre)
        nye = [pk for (pk,) in markoer.fetchall()]
    rykkere = list(Laegeattestrykker.objects.filter(pk__in=nye).select_related("attest"))
    haendelser.log_mange(
        "laegeattest.rykker_dannet",
        [(rykker, rykker.attest.sag_id, {"nr": rykker.nr}) for rykker in rykkere],
        af=None,
    )
    ejere = _ejere([rykker.attest_id for rykker in rykkere])
    for rykker in rykkere:
        if ejer := ejere.get(rykker.attest_id):
            _giv_besked(rykker, ejer)
    return len(rykkere)


def _ejere(attester: Collection[int]) -> dict[int, Bruger]:
    """Whose deadline each certificate's is: the one who answers for the case."""
    frister = Frist.objects.filter(
        regel__kode=KODE, anker_type="laegeattest", anker_id__in=attester, ejer__isnull=False
    )
    return {frist.anker_id: frist.ejer for frist in frister.select_related("ejer") if frist.ejer}


def _giv_besked(rykker: Laegeattestrykker, ejer: Bruger) -> None:
    beskeder.opret(
        ejer,
        noegle=f"laegerykker-{rykker.pk}",
        emne="En læge har ikke svaret",
        tekst=f"Der er lavet en rykker nr. {rykker.nr} for en LÆ 265. Send den fra sagen.",
        sti=reverse("rehabilitering:laegeattest", args=[rykker.attest.sag_id]),
    )
