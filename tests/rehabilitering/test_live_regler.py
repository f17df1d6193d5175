"""What the database refuses of the meeting's notes, of texts laid aside and of those who take part."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from rehabilitering.models import Indstilling, Moedenote, Punktdeltager, Sidelagtindstilling
from tests.factories import (
    BrugerFactory,
    IndstillingFactory,
    MoedenoteFactory,
    PunktdeltagerFactory,
)

pytestmark = pytest.mark.django_db


def to_ark_af_samme_slags():
    note = MoedenoteFactory()
    Moedenote.objects.create(punkt=note.punkt, forfatter=note.forfatter, er_faelles=True)


def ukendt_art():
    PunktdeltagerFactory(art="nabo")


def bruger_paa_en_bisidder():
    PunktdeltagerFactory(art="bisidder", bruger=BrugerFactory())


def to_borgere():
    en = PunktdeltagerFactory()
    Punktdeltager.objects.create(
        punkt=en.punkt, art="borger", navn="En til", tilfoejet_af=en.tilfoejet_af
    )


@pytest.mark.parametrize(
    ("bryd", "navn"),
    [
        (to_ark_af_samme_slags, "moedenote_et_ark"),
        (ukendt_art, "punktdeltager_art_kendt"),
        (bruger_paa_en_bisidder, "punktdeltager_kilde_passer"),
        (to_borgere, "punktdeltager_en_borger"),
    ],
)
def test_database_refuses(bryd, navn):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        bryd()


@pytest.mark.parametrize("hvad", ["update", "delete"])
def test_text_laid_aside_stays_as_it_was(hvad):
    indstilling = IndstillingFactory()
    lagt = Sidelagtindstilling.objects.create(
        indstilling=indstilling, felt="maal", tekst="Mit", skrevet_af=BrugerFactory()
    )
    alle = Sidelagtindstilling.objects.filter(pk=lagt.pk)

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        alle.update(tekst="Andet") if hvad == "update" else alle.delete()

    assert Indstilling.objects.get().sidelagte.get().tekst == "Mit"
