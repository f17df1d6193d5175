"""Complaints: deadlines, reconsideration, sent on, result, closed; letters and the appeal pack."""

from datetime import date, timedelta
from io import BytesIO

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from django.urls import reverse
from django.utils import timezone

from borgere.models import Dokument, Fase
from borgere.services.bevaring import bevar_sag
from rehabilitering import klagebreve, klagepakke
from rehabilitering.models import Afgoerelse, Klage
from rehabilitering.services import klage as services
from ressource.kalender import i_dag
from ressource.models import Haendelse, Rolle
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import (
    AfgoerelseFactory,
    BrugerFactory,
    DokumentFactory,
    IndstillingFactory,
    KlageFactory,
    SagFactory,
)

pytestmark = pytest.mark.django_db

IDAG = date(2026, 12, 8)
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def tirsdag(time_machine):
    time_machine.move_to("2026-12-08 09:00:00+01:00", tick=False)


@pytest.fixture
def ansvarlig():
    return BrugerFactory(
        roller=[Rolle.KOORDINERENDE], navn="Maja Kirkegaard", telefon="12 34 56 78"
    )


def afgjort(ansvarlig, **sagsfelter):
    """A decision made 24 November that the citizen got the same day."""
    sag = SagFactory(fase=Fase.PLAN, ansvarlig=ansvarlig, **sagsfelter)
    indstilling = IndstillingFactory(punkt__sag=sag, afsluttet=True, moede_dato=date(2026, 11, 20))
    return AfgoerelseFactory(
        indstilling=indstilling,
        truffet=True,
        afgoerelse_dato=date(2026, 11, 24),
        modtaget_dato=date(2026, 11, 24),
        skrevet_af=ansvarlig,
    )


@pytest.fixture
def afgoerelse(ansvarlig):
    return afgjort(ansvarlig)


def klag(afgoerelse, af, **andet):
    data = {
        "modtaget_dato": IDAG,
        "maade": "skriftligt",
        "klager": afgoerelse.sag.borger.navn,
        "indhold": "Jeg kan ikke arbejde så meget.",
    }
    return services.registrer(afgoerelse, **data | andet, af=af)


def genvurder(klage, af, resultat="fastholdt"):
    return services.genvurder(
        klage,
        genvurdering=resultat,
        begrundelse="Der er ikke kommet nye oplysninger.",
        dato=IDAG,
        laas=None,
        af=af,
    )


def sendt(klage, af):
    klage = genvurder(klage, af)
    klage.pakke = DokumentFactory(sag=klage.sag, titel="Klagesag")
    klage.save()
    return services.send_videre(klage, dato=IDAG, laas=None, af=af)


def resultat(klage, af, kode):
    return services.registrer_resultat(
        klage, resultat=kode, dato=IDAG, tekst="Sagen er afgjort.", laas=None, af=af
    )


def test_complaint_gets_its_deadlines_and_keeps_the_case(afgoerelse, ansvarlig):
    klage = klag(afgoerelse, ansvarlig)

    assert klage.klagefrist == date(2026, 12, 22)
    assert klage.genvurdering_frist == date(2027, 1, 5)
    assert not klage.er_for_sent
    sag = afgoerelse.sag
    sag.refresh_from_db()
    assert (sag.bevares, sag.bevares_grund) == (True, services.BEVARES)
    assert Haendelse.objects.filter(kode="klage.registreret").count() == 1


def test_late_complaint_is_registered_and_marked(afgoerelse, ansvarlig, time_machine):
    time_machine.move_to("2026-12-23 09:00:00+01:00", tick=False)

    klage = klag(afgoerelse, ansvarlig, modtaget_dato=date(2026, 12, 23))

    assert klage.er_for_sent
    felter = klagebreve.felter(klage, "klage_modtaget")
    assert felter["overskredet_frist"] == "22. december 2026"


@pytest.mark.parametrize(
    ("andet", "besked"),
    [
        ({"modtaget_dato": date(2026, 11, 23)}, "før 24.11.2026, da afgørelsen er truffet"),
        ({"modtaget_dato": date(2026, 12, 9)}, "ikke kommet endnu"),
        ({"indhold": " "}, "ikke være tomt"),
    ],
)
def test_complaint_that_cannot_be_is_refused(afgoerelse, ansvarlig, andet, besked):
    with pytest.raises(ValidationError, match=besked):
        klag(afgoerelse, ansvarlig, **andet)


def test_draft_cannot_be_complained_about_and_a_complaint_comes_once(afgoerelse, ansvarlig):
    klag(afgoerelse, ansvarlig)
    with pytest.raises(ValidationError, match="allerede registreret"):
        klag(afgoerelse, ansvarlig)
    kladde = AfgoerelseFactory(
        indstilling=IndstillingFactory(punkt__sag=SagFactory(ansvarlig=ansvarlig), afsluttet=True)
    )
    with pytest.raises(ValidationError, match="når afgørelsen er truffet"):
        klag(kladde, ansvarlig)


def test_upheld_complaint_goes_on_and_is_closed_with_the_answer(afgoerelse, ansvarlig):
    klage = klag(afgoerelse, ansvarlig)
    with pytest.raises(ValidationError, match="skal genvurderes"):
        services.send_videre(klage, dato=IDAG, laas=None, af=ansvarlig)
    klage = genvurder(klage, ansvarlig)
    with pytest.raises(ValidationError, match="Saml sagens papirer"):
        services.send_videre(klage, dato=IDAG, laas=None, af=ansvarlig)
    with pytest.raises(ValidationError, match="sendt videre, før der er svar"):
        resultat(klage, ansvarlig, "stadfaestet")
    with pytest.raises(ValidationError, match="allerede genvurderet"):
        genvurder(klage, ansvarlig)
    klage.pakke = DokumentFactory(sag=klage.sag)
    klage.save()
    klage = services.send_videre(klage, dato=IDAG, laas=None, af=ansvarlig)
    with pytest.raises(ValidationError, match="før der er svar på den"):
        services.luk(klage, laas=None, af=ansvarlig)

    klage = resultat(klage, ansvarlig, "stadfaestet")
    services.luk(klage, laas=klage.laas, af=ansvarlig)

    klage.sag.refresh_from_db()
    assert not klage.sag.bevares
    assert not Klage.objects.aabne().exists()
    with pytest.raises(ValidationError, match="er lukket"):
        services.luk(klage, laas=None, af=ansvarlig)


@pytest.mark.parametrize("grund", ["Retssag om erstatning", services.BEVARES])
def test_case_kept_for_another_reason_stays_kept(afgoerelse, ansvarlig, grund):
    bevar_sag(afgoerelse.sag, grund=grund, af=ansvarlig)
    klage = resultat(klag(afgoerelse, ansvarlig), ansvarlig, "trukket")

    services.luk(klage, laas=None, af=ansvarlig)

    klage.sag.refresh_from_db()
    assert klage.sag.bevares is (grund != services.BEVARES)


@pytest.mark.parametrize("kode", ["medhold", "delvist_medhold"])
def test_citizen_who_is_right_gets_a_new_decision_first(afgoerelse, ansvarlig, kode):
    klage = genvurder(klag(afgoerelse, ansvarlig), ansvarlig, kode)

    ny = Afgoerelse.objects.get(erstatter=afgoerelse)
    assert not ny.er_truffet
    with pytest.raises(ValidationError, match=r"ikke sendes videre|Træf først den nye"):
        services.send_videre(klage, dato=IDAG, laas=None, af=ansvarlig)
    felter = klagebreve.felter(klage, "genvurdering")
    # Partly right: the citizen reads the new decision and says whether the complaint stands.
    assert (felter["sendes_til"], felter["medhold"]) == ("", "ny afgørelse")
    assert felter["opretholdes_inden"] == ("" if kode == "medhold" else "4 uger")
    if kode != "medhold":
        resultat(klage, ansvarlig, "trukket")
    with pytest.raises(ValidationError, match="Træf den nye afgørelse"):
        services.luk(klage, laas=None, af=ansvarlig)


def test_complaint_is_closed_when_the_new_decision_is_made(afgoerelse, ansvarlig):
    klage = genvurder(klag(afgoerelse, ansvarlig), ansvarlig, "medhold")
    Afgoerelse.objects.filter(erstatter=afgoerelse).delete()
    AfgoerelseFactory(indstilling=None, sag=afgoerelse.sag, erstatter=afgoerelse, truffet=True)

    assert services.luk(klage, laas=None, af=ansvarlig).lukket_den


@pytest.mark.parametrize("kode", ["aendret", "hjemvist", "ugyldig"])
def test_answer_that_overturns_begins_a_new_decision(afgoerelse, ansvarlig, kode):
    klage = resultat(sendt(klag(afgoerelse, ansvarlig), ansvarlig), ansvarlig, kode)

    assert Afgoerelse.objects.filter(erstatter=afgoerelse).exists()
    with pytest.raises(ValidationError, match="Træf den nye afgørelse"):
        services.luk(klage, laas=None, af=ansvarlig)


def test_who_saw_an_older_complaint_overwrites_nothing(afgoerelse, ansvarlig, som):
    klage = genvurder(klag(afgoerelse, ansvarlig), ansvarlig)

    with pytest.raises(ForaeldetVersionError):
        services.send_videre(klage, dato=IDAG, laas=0, af=ansvarlig)


def tekst(indhold):
    sider = pypdf.PdfReader(BytesIO(indhold)).pages
    return " ".join(" ".join(side.extract_text() for side in sider).split())


def test_letters_come_as_the_complaint_goes_on_and_once(afgoerelse, ansvarlig):
    klage = klag(afgoerelse, ansvarlig)
    with pytest.raises(ValidationError, match="ikke nået så langt"):
        klagebreve.dan(klage, "genvurdering", af=ansvarlig)

    kvittering = klagebreve.dan(klage, "klage_modtaget", af=ansvarlig)
    assert klagebreve.dan(klage, "klage_modtaget", af=ansvarlig) == kvittering
    assert "senest tirsdag 5. januar 2027" in tekst(kvittering.indhold)
    assert "efter fristen" not in tekst(kvittering.indhold)

    svar = tekst(klagebreve.dan(genvurder(klage, ansvarlig), "genvurdering", af=ansvarlig).indhold)
    assert "vi fastholder afgørelsen" in svar
    assert "Vi sender klagen til Ankestyrelsen" in svar
    assert "ny afgørelse" not in svar


def test_pack_holds_the_papers_in_order_and_says_what_is_missing(ansvarlig):
    afgoerelse = afgjort(
        ansvarlig, borger__er_adressebeskyttet=True, borger__adresse="Hemmelig vej 1"
    )
    sag = afgoerelse.sag
    sag.notater.create(
        dato=IDAG, overskrift="Delt", tekst="Det aftalte vi.", er_delt=True, forfatter=ansvarlig
    )
    sag.notater.create(dato=IDAG, overskrift="Internt", tekst="Kun for os.", forfatter=ansvarlig)
    klage = klag(afgoerelse, ansvarlig)
    with pytest.raises(ValidationError, match="skal genvurderes"):
        klagepakke.saml(klage, af=ansvarlig)
    klage = genvurder(klage, ansvarlig)

    pakke = klagepakke.saml(klage, af=ansvarlig)
    klage.refresh_from_db()
    assert klage.pakke == pakke

    laest = tekst(pakke.indhold)
    assert "Den skriftlige klage ligger ikke på sagen som fil." in laest
    assert "Jeg kan ikke arbejde så meget." in laest
    assert "Det aftalte vi." in laest
    # What the case file lacks is ours to see to, not to tell.
    assert set(klagepakke.ikke_med(klage)) < set(klagepakke.mangler(klage))
    assert not [
        m for m in klagepakke.mangler(klage)[len(klagepakke.ikke_med(klage)) :] if m in laest
    ]
    assert "Kun for os." not in laest
    assert "Hemmelig" not in laest
    igen = klagepakke.saml(klage, af=ansvarlig)
    titler = [punkt.title for punkt in pypdf.PdfReader(BytesIO(igen.indhold)).outline
              if not isinstance(punkt, list)]  # fmt: skip
    assert titler == [
        "Forside og indhold",
        "Klagen og genvurderingen",
        "Indstilling fra teammødet 20.11.2026",
        "Journal, det der er delt med borgeren",
        "Lægeattest LÆ 265, 08.12.2026",
    ]


def test_complaint_is_registered_with_its_file_and_taken_through_on_its_page(som):
    maja = som("koordinerende")
    afgoerelse = afgjort(maja.bruger)
    sag = afgoerelse.sag
    liste = reverse("rehabilitering:sag_klager", args=[sag.pk])
    data = {
        "afgoerelse": afgoerelse.pk,
        "modtaget_dato": "8.12.2026",
        "maade": "skriftligt",
        "klager": "Anne",
        "indhold": "",
    }
    svar = maja.post(liste, data)
    assert svar.status_code == 422
    fil = SimpleUploadedFile("klage.png", _png(), content_type="image/png")
    adresse = maja.post(liste, data | {"indhold": "Jeg er uenig.", "fil": fil})["Location"]
    klage = Klage.objects.get()
    assert klage.dokument.titel == "Klage"

    assert maja.post(adresse, {"trin": "genvurder", "laas": 0}).status_code == 422
    genvurdering = {"trin": "genvurder", "genvurdering": "fastholdt", "dato": "8.12.2026"}
    svar = maja.post(adresse, genvurdering | {"laas": 7, "begrundelse": "Intet nyt."})
    assert svar.status_code == 422
    assert ">Intet nyt.</textarea>" in svar.content.decode().replace("\n", "")
    assert 'name="laas" value="0"' in svar.content.decode()
    maja.post(adresse, genvurdering | {"laas": 0, "begrundelse": "Intet nyt."})
    igen = maja.post(adresse, genvurdering | {"laas": 0, "begrundelse": "Også mig."})
    assert igen.status_code == 422
    assert "Også mig." in igen.content.decode()
    html = maja.get(adresse).content.decode()
    assert "Saml sagens papirer" in html
    assert "Afgørelsens brev ligger ikke på sagen." in html
    send = maja.post(f"{adresse}brev/", {"brev": "genvurdering"})["Location"]
    assert send == reverse(
        "borgere:dokument_send", args=[Dokument.objects.order_by("pk").last().pk]
    )


def _png():
    from PIL import Image

    ud = BytesIO()
    Image.new("RGB", (4, 4), "white").save(ud, "PNG")
    return ud.getvalue()


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_open_complaints_cost_the_same_and_name_only_those_one_may_read(
    som, antal, django_assert_num_queries
):
    teamleder = som("teamleder")
    for _ in range(antal):
        KlageFactory(
            afgoerelse=afgjort(BrugerFactory(), team=teamleder.bruger.team),
            genvurdering_frist=i_dag() - timedelta(days=1),
        )
    fremmed = KlageFactory(afgoerelse=afgjort(BrugerFactory()))

    with django_assert_num_queries(8):
        html = teamleder.get(reverse("rehabilitering:klager")).content.decode()

    assert html.count("Overskredet") == antal
    egen = Klage.objects.exclude(pk=fremmed.pk).first()
    assert egen.sag.sagsnummer in html
    assert egen.sag.borger.navn not in html
    assert fremmed.sag.sagsnummer not in html


def _klage(**felter):
    return KlageFactory(**felter)


_GENVURDERET = {
    "genvurdering": "fastholdt",
    "genvurdering_begrundelse": "Intet nyt.",
    "genvurdering_dato": IDAG,
}


def _genvurderet(**felter):
    return KlageFactory(genvurdering_af=BrugerFactory(), **_GENVURDERET | felter)


@pytest.mark.parametrize(
    ("bryd", "navn"),
    [
        (lambda: KlageFactory(indhold=""), "klage_har_indhold"),
        (lambda: KlageFactory(genvurdering="fastholdt"), "klage_genvurdering_hel"),
        (
            lambda: _genvurderet(genvurdering_dato=IDAG - timedelta(days=1)),
            "klage_genvurdering_hel",
        ),
        (lambda: KlageFactory(sendt_dato=IDAG), "klage_sendt_efter_genvurdering"),
        (
            lambda: _genvurderet(genvurdering="medhold", sendt_dato=IDAG),
            "klage_sendt_efter_genvurdering",
        ),
        (
            lambda: _genvurderet(resultat="stadfaestet", resultat_dato=IDAG),
            "klage_resultat_helt",
        ),
        (lambda: _genvurderet(lukket_den=timezone.now()), "klage_lukket_med_resultat"),
    ],
)
def test_database_refuses(bryd, navn):
    with pytest.raises(Error, match=navn), transaction.atomic():
        bryd()
