"""Editing the letters: draft, approval by another, the old version kept, mistakes said."""

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, transaction
from django.urls import reverse
from django.utils import timezone

from rehabilitering.models import Brevskabelon
from rehabilitering.services import brevskabelon as services
from ressource.models import Besked, Haendelse
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import BrugerFactory

pytestmark = pytest.mark.django_db

KODE = "klage_videre"
TEKST = "Vi fik klagen {modtaget_dato} og sendte den {sendt_dato}."


@pytest.fixture
def administrator():
    return BrugerFactory(roller=["administrator"])


def url(navn, *args):
    return reverse(f"rehabilitering:{navn}", args=[KODE, *args])


def kladde(af, tekst=TEKST, laas=0):
    return services.gem(KODE, overskrift="Sendt", tekst=tekst, laas=laas, af=af)


def test_draft_is_approved_by_another_and_the_old_version_is_kept(administrator):
    gammel = Brevskabelon.objects.gaeldende().get(kode=KODE)
    teamleder = BrugerFactory(roller=["teamleder"])

    ny = services.indsend(kladde(administrator), laas=1, af=administrator)
    services.godkend(ny, laas=2, af=teamleder)

    gammel.refresh_from_db()
    ny.refresh_from_db()
    assert (ny.nr, ny.status, ny.godkendt_af) == (2, "gaeldende", teamleder)
    assert gammel.status == "afloest"
    assert gammel.afloest_den == ny.godkendt_den
    assert Besked.objects.get().modtager == administrator
    assert list(
        Haendelse.objects.filter(kode__startswith="brevskabelon.")
        .order_by("id")
        .values_list("kode", flat=True)
    ) == ["brevskabelon.gemt", "brevskabelon.indsendt", "brevskabelon.godkendt"]


def test_nobody_who_wrote_in_it_approves_it(administrator):
    medforfatter = BrugerFactory(roller=["administrator", "teamleder"])
    udkast = kladde(medforfatter)
    udkast = kladde(administrator, TEKST + "\nMere.", laas=1)
    services.indsend(udkast, laas=None, af=administrator)

    for bruger in (administrator, medforfatter):
        with pytest.raises(ValidationError, match="selv skrevet i brevet"):
            services.godkend(udkast, laas=None, af=bruger)


def test_letter_comes_back_with_a_reason_and_can_be_thrown_away(administrator, som):
    konsulent = BrugerFactory(roller=["faglig_konsulent"])
    udkast = services.indsend(kladde(administrator), laas=None, af=administrator)
    with pytest.raises(ValidationError, match="hvad der skal ændres"):
        services.afvis(udkast, grund=" ", af=konsulent)
    services.afvis(udkast, grund="Skriv, hvem der svarer.", af=konsulent)

    html = som("administrator").get(url("brevskabelon")).content.decode()
    assert "Skriv, hvem der svarer." in html
    services.kasser(udkast, af=administrator)
    with pytest.raises(ValidationError, match="kasseret imens"):
        services.indsend(udkast, laas=None, af=administrator)
    assert Brevskabelon.objects.filter(kode=KODE).count() == 1


@pytest.mark.parametrize(
    ("goer", "besked"),
    [
        (lambda u, a: services.tag_tilbage(u, af=a), "venter ikke længere"),
        (lambda u, a: services.godkend(u, laas=None, af=BrugerFactory()), "venter ikke længere"),
        (lambda u, a: kladde(a, "Uden felter.", laas=1), r"skal indeholde \{modtaget_dato\}"),
        (lambda u, a: kladde(a, TEKST + "{navn}", laas=1), r"\{navn\} kendes ikke"),
    ],
)
def test_what_cannot_be_done_to_a_draft(administrator, goer, besked):
    udkast = kladde(administrator)

    with pytest.raises(ValidationError, match=besked):
        goer(udkast, administrator)


def test_what_waits_is_neither_changed_nor_thrown_away(administrator):
    udkast = services.indsend(kladde(administrator), laas=None, af=administrator)

    with pytest.raises(ValidationError, match="venter på godkendelse"):
        kladde(administrator, TEKST + " Ny.", laas=2)
    with pytest.raises(ValidationError, match="Kun en kladde"):
        services.kasser(udkast, af=administrator)
    with pytest.raises(ValidationError, match="ikke længere en kladde"):
        services.indsend(udkast, laas=None, af=administrator)


def test_same_words_as_the_letter_in_use_are_no_draft(administrator):
    gammel = Brevskabelon.objects.gaeldende().get(kode=KODE)

    with pytest.raises(ValidationError, match="ikke ændret noget"):
        services.gem(
            KODE, overskrift=gammel.overskrift, tekst=gammel.tekst, laas=0, af=administrator
        )


def test_who_saw_an_older_draft_gets_both_versions(som):
    administrator = som("administrator")
    kladde(administrator.bruger)
    with pytest.raises(ForaeldetVersionError):
        kladde(administrator.bruger, TEKST + " Nyt.")

    svar = administrator.post(
        url("brevskabelon_ret"), {"laas": 0, "overskrift": "Sendt", "tekst": TEKST + " Andet."}
    )

    assert svar.status_code == 409
    assert "Andet." in svar.content.decode()


def test_editor_keeps_what_was_typed_when_it_cannot_be_used(som):
    svar = som("administrator").post(
        url("brevskabelon_ret"), {"laas": 0, "overskrift": "Nyt", "tekst": "Kære {navnet}"}
    )

    html = svar.content.decode()
    assert svar.status_code == 422
    assert "Kære {navnet}" in html
    assert "{navnet} kendes ikke i dette brev" in html


def test_pages_show_the_letter_the_draft_and_what_changed(som, django_assert_num_queries):
    administrator = som("administrator")
    administrator.post(url("brevskabelon_ret"), {"laas": 0, "overskrift": "A", "tekst": TEKST})
    side = administrator.get(url("brevskabelon")).content.decode()
    assert "Vi fik klagen 8. december 2026" in side
    assert "Forskelle fra det brev" in side
    administrator.post(url("brevskabelon_skift"), {"handling": "indsend", "laas": 1})

    teamleder = som("teamleder")
    assert "Godkend, så brevet bruges" in teamleder.get(url("brevskabelon")).content.decode()
    assert teamleder.post(url("brevskabelon_svar"), {"handling": "afvis"}).status_code == 422
    teamleder.post(url("brevskabelon_svar"), {"handling": "godkend", "laas": 2})

    assert Brevskabelon.objects.gaeldende().get(kode=KODE).nr == 2
    pdf = teamleder.get(url("brevskabelon_pdf", 2))
    assert pdf.content.startswith(b"%PDF-1.7")


def _ny(**felter):
    data = {"kode": KODE, "nr": 9, "overskrift": "A", "tekst": "B"} | felter
    return Brevskabelon.objects.create(**data)


@pytest.mark.parametrize(
    ("bryd", "navn"),
    [
        (lambda: _ny(nr=1), "brevskabelon_nr"),
        (lambda: _ny(status="gaeldende", godkendt_den=timezone.now()), "brevskabelon_en_gaeldende"),
        (lambda: (_ny(), _ny(nr=10)), "brevskabelon_et_udkast"),
        (lambda: _ny(status="afloest"), "brevskabelon_status_hel"),
        (
            lambda: _ny(**dict.fromkeys(("skrevet_af", "godkendt_af"), BrugerFactory())),
            "brevskabelon_godkendt_af_anden",
        ),
        (lambda: Brevskabelon.objects.filter(nr=1).update(tekst="X"), "brevskabelon"),
        (lambda: Brevskabelon.objects.filter(kode=KODE).delete(), "brevskabelon"),
    ],
)
def test_database_refuses(bryd, navn):
    with pytest.raises(Error, match=navn), transaction.atomic():
        bryd()
