"""Hearing the citizen before the decision, and deciding without a meeting."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from borgere.models import Fase
from rehabilitering import dokumenter
from rehabilitering.models import Afgoerelse, Partshoering
from rehabilitering.services import afgoerelse as afgoerelser
from rehabilitering.services.afgoerelse import partshoering as services
from ressource.models import Regelsaet, Rolle
from tests.factories import (
    AfgoerelseFactory,
    BrugerFactory,
    DagsordenspunktFactory,
    IndstillingFactory,
    PartshoeringFactory,
    SagFactory,
)
from tests.rehabilitering.klargoering import klar_til_moede
from tests.rehabilitering.svardata import besvaret

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)
# Statements of the pages.
ANTAL_HOERING, ANTAL_NY, ANTAL_EN = 9, 9, 12


@pytest.fixture(autouse=True)
def tirsdag(time_machine, monkeypatch):
    time_machine.move_to("2026-11-24 09:00:00+01:00", tick=False)
    monkeypatch.setattr(dokumenter, "afgoerelsesbrev", lambda _: b"%PDF-1.7\n%%EOF\n")


@pytest.fixture
def klient(som):
    return som(BrugerFactory(roller=[Rolle.KOORDINERENDE]))


@pytest.fixture
def kladde(klient):
    sag = SagFactory(fase=Fase.AFGOERELSE, ansvarlig=klient.bruger)
    indstilling = IndstillingFactory(
        afsluttet=True, punkt__sag=sag, udfald="fleksjob", moede_dato=date(2026, 11, 20)
    )
    afgoerelse = afgoerelser.begynd(indstilling, af=klient.bruger)
    felter = {"virkning_fra": IDAG, "faktum": "Du er 43 år.", "begrundelse": "Du er afklaret."}
    return afgoerelser.gem(afgoerelse, felter, laas=0, af=klient.bruger)


def hoer(kladde, af, **felter):
    data = {
        "oplysninger": "Lægen skriver, at smerterne er taget til.",
        "kanal": "mundtligt",
        "frist_dato": date(2026, 12, 1),
    }
    return services.begynd(kladde, **data | felter, af=af)


def test_an_open_hearing_keeps_the_decision_from_being_made(kladde, klient):
    hoering = hoer(kladde, klient.bruger)
    kladde = afgoerelser.gem(
        kladde, {"uden_partshoering_grund": "x"}, laas=kladde.laas, af=klient.bruger
    )

    with pytest.raises(ValidationError, match="ved at blive hørt"):
        afgoerelser.afslut(kladde, af=klient.bruger)
    with pytest.raises(ValidationError, match="ved at blive hørt"):
        afgoerelser.afvig(
            kladde,
            udfald="hidtidig_indsats",
            begrundelse="Nyt",
            laas=kladde.laas,
            af=klient.bruger,
        )
    with pytest.raises(ValidationError, match="i gang"):
        hoer(kladde, klient.bruger)

    services.afslut(
        hoering, svar="Det er rigtigt", svar_dato=IDAG, vurdering="Indgår.", af=klient.bruger
    )
    assert afgoerelser.afslut(kladde, af=klient.bruger).er_truffet


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        # No answer, and the time to answer has not passed.
        ({"svar": "", "svar_dato": None}, "svar"),
        ({"svar": "Ja", "svar_dato": None}, "svar_dato"),
        ({"svar": "", "svar_dato": IDAG}, "svar"),
        ({"svar": "Ja", "svar_dato": date(2026, 11, 25)}, "svar_dato"),
        ({"svar": "Ja", "svar_dato": date(2026, 11, 23)}, "svar_dato"),
        ({"svar": "Ja", "svar_dato": IDAG, "vurdering": " "}, "vurdering"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_on_its_field(kladde, klient, felter, felt):
    hoering = hoer(kladde, klient.bruger)

    with pytest.raises(ValidationError) as fejl:
        services.afslut(hoering, **{"vurdering": "Indgår."} | felter, af=klient.bruger)

    assert felt in fejl.value.message_dict


def test_without_answer_it_is_closed_when_the_time_has_passed(kladde, klient, time_machine):
    hoering = hoer(kladde, klient.bruger)
    time_machine.move_to("2026-12-02 09:00:00+01:00", tick=False)

    hoering = services.afslut(
        hoering, svar="", svar_dato=None, vurdering="Vi afgør sagen.", af=klient.bruger
    )

    assert hoering.afsluttet_den
    with pytest.raises(ValidationError, match="allerede afsluttet"):
        services.afslut(hoering, svar="", svar_dato=None, vurdering="x", af=klient.bruger)


def test_time_to_answer_begins_when_the_letter_is_there(kladde, klient):
    kladde.sag.borger.er_fritaget_digital_post = True
    kladde.sag.borger.save()

    with pytest.raises(ValidationError, match=r"først oplysningerne 29.11.2026"):
        hoer(kladde, klient.bruger, kanal="brev", frist_dato=date(2026, 11, 29))
    with pytest.raises(ValidationError, match="fritaget for Digital Post"):
        hoer(kladde, klient.bruger, kanal="digital_post")
    with pytest.raises(PermissionDenied):
        hoer(kladde, BrugerFactory())


def test_page_shows_the_letter_then_sends_it_then_takes_the_answer(klient, kladde):
    ny = reverse("rehabilitering:partshoering_ny", args=[kladde.pk])
    data = {
        "oplysninger": "Lægen skriver, at smerterne er taget til.",
        "kanal": "digital_post",
        "frist_dato": "01.12.2026",
    }

    assert klient.post(ny, data | {"frist_dato": ""}).status_code == 422
    udkast = klient.post(ny, data | {"handling": "vis"})
    assert udkast["Content-Type"] == "application/pdf"
    assert not Partshoering.objects.exists()

    sendt = klient.post(ny, data | {"handling": "begynd"})
    hoering = Partshoering.objects.get()
    assert sendt.url == reverse("borgere:dokument_send", args=[hoering.dokument_id])
    assert (
        "Venter på svar"
        in klient.get(reverse("rehabilitering:afgoerelse", args=[kladde.sag_id])).content.decode()
    )

    side = reverse("rehabilitering:partshoering", args=[hoering.pk])
    assert klient.post(side, {"svar": "Ja", "vurdering": "x"}).status_code == 422
    svaret = {"svar": "Ja", "svar_dato": "24.11.2026", "vurdering": "Vi er enige."}
    assert klient.post(side, svaret).status_code == 302
    assert "Vi er enige." in klient.get(side).content.decode()


# Without a meeting


@pytest.fixture
def frivilligt():
    """Where the law asks for no meeting; lies ready, and is not in force."""
    return Regelsaet.objects.get(kode="R2026")


def test_a_case_that_needs_no_meeting_is_decided_from_the_page(klient, frivilligt):
    sag = klar_til_moede(ansvarlig=klient.bruger, regelsaet=frivilligt)
    side = reverse("rehabilitering:afgoerelse_uden_moede", args=[sag.pk])

    assert (
        "Afgør uden et møde"
        in klient.get(reverse("rehabilitering:afgoerelse", args=[sag.pk])).content.decode()
    )
    assert klient.post(side, {"udfald": "fleksjob", "grund": ""}).status_code == 422
    assert klient.post(side, {"udfald": "fleksjob", "grund": "Alt er belyst."}).status_code == 302

    afgoerelse = Afgoerelse.objects.get()
    sag.refresh_from_db()
    assert (sag.fase, afgoerelse.er_uden_moede) == (Fase.AFGOERELSE, True)
    data = {
        "laas": 0,
        "foelger_indstilling": "ja",
        "udfald": "fleksjob",
        "virkning_fra": "24.11.2026",
        "faktum": "Du er 43 år.",
        "begrundelse": "Du er afklaret.",
        "uden_partshoering_grund": "Intet nyt.",
        "hjemmel": "Loven",
        "klagevejledning": "Du kan klage.",
        "handling": "afslut",
    }
    her = reverse("rehabilitering:afgoerelse", args=[sag.pk])
    uden_sparring = klient.post(her, data)
    assert uden_sparring.status_code == 422
    assert "sundhedskoordinator have givet sparring" in uden_sparring.content.decode()

    besvaret(sag)
    assert klient.post(her, data).status_code == 302
    afgoerelse.refresh_from_db()
    assert (afgoerelse.er_truffet, afgoerelse.regelsaet) == (True, frivilligt)


def test_a_case_begun_without_a_meeting_can_be_sent_to_one(klient, frivilligt):
    sag = klar_til_moede(ansvarlig=klient.bruger, regelsaet=frivilligt)
    kladde = afgoerelser.begynd_uden_moede(
        sag, udfald="fleksjob", grund="Alt er belyst", af=klient.bruger
    )

    afgoerelser.afvig(
        kladde, udfald="", begrundelse="Borgeren vil have et møde", laas=0, af=klient.bruger
    )

    sag.refresh_from_db()
    assert sag.fase == Fase.MOEDE
    assert not afgoerelser.afvigelser(sag).exists()
    assert afgoerelser.begynd_uden_moede(
        sag, udfald="fleksjob", grund="Alligevel ikke", af=klient.bruger
    )


def test_without_a_meeting_no_forloeb_is_put_back_before_the_cut_off(klient, frivilligt):
    sag = klar_til_moede(ansvarlig=klient.bruger, regelsaet=frivilligt)
    kladde = afgoerelser.begynd_uden_moede(
        sag, udfald="ressourceforloeb", grund="Alt er belyst", af=klient.bruger
    )
    kladde.virkning_fra, kladde.slut_dato = date(2026, 1, 31), date(2027, 6, 30)

    fundet = afgoerelser.mangler(kladde, IDAG)
    assert "kan tidligst begynde i dag" in fundet["virkning_fra"]

    sag.regelsaet.udfald.remove("ressourceforloeb")
    kladde.sag = sag
    assert "Vælg noget andet" in afgoerelser.mangler(kladde, IDAG)["udfald"]


def lovpligtigt_moede(sag):
    sag.regelsaet = Regelsaet.objects.get(kode="R2022")


def paa_dagsordenen(sag):
    DagsordenspunktFactory(sag=sag)


def uden_attest(sag):
    sag.laegeattester.update(gyldig_til=date(2026, 11, 23))


def i_forberedelse(sag):
    sag.fase = Fase.FORBEREDELSE


@pytest.mark.parametrize(
    ("forhindring", "besked"),
    [
        (lovpligtigt_moede, "skal sagen på et møde"),
        (paa_dagsordenen, "på dagsordenen"),
        (uden_attest, "kan ikke afgøres"),
        (i_forberedelse, "trinnet forberedelse"),
    ],
)
def test_what_stands_in_the_way_of_deciding_without_a_meeting(
    klient, frivilligt, forhindring, besked
):
    sag = klar_til_moede(ansvarlig=klient.bruger, regelsaet=frivilligt)
    forhindring(sag)
    sag.save()

    with pytest.raises(ValidationError, match=besked):
        afgoerelser.begynd_uden_moede(sag, udfald="fleksjob", grund="x", af=klient.bruger)


# The database


def frist_foer_sendt():
    PartshoeringFactory(sendt_dato=IDAG, frist_dato=date(2026, 11, 1))


def lukket_uden_vurdering():
    PartshoeringFactory(sendt_dato=IDAG, frist_dato=IDAG, afsluttet_den=timezone.now())


def to_aabne():
    PartshoeringFactory(afgoerelse=PartshoeringFactory().afgoerelse)


def uden_fakta():
    AfgoerelseFactory(truffet=True, faktum="")


def uden_klagefrist():
    AfgoerelseFactory(truffet=True, klagefrist_uger=None)


def uden_grundlag():
    AfgoerelseFactory(indstilling=None, sag=SagFactory())


def to_uden_moede():
    sag = SagFactory()
    for _ in range(2):
        AfgoerelseFactory(indstilling=None, sag=sag, uden_moede_grund="Alt er belyst")


@pytest.mark.parametrize(
    ("bryd", "navn"),
    [
        (frist_foer_sendt, "partshoering_frist_efter_sendt"),
        (lukket_uden_vurdering, "partshoering_afslutning_hel"),
        (to_aabne, "partshoering_en_aaben"),
        (uden_fakta, "afgoerelse_hel"),
        (uden_klagefrist, "afgoerelse_hel"),
        (uden_grundlag, "afgoerelse_har_grundlag"),
        (to_uden_moede, "afgoerelse_en_uden_moede"),
    ],
)
def test_database_refuses(bryd, navn):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        bryd()


def test_a_decision_that_is_made_never_changes():
    afgoerelse = AfgoerelseFactory(truffet=True)

    with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
        Afgoerelse.objects.filter(pk=afgoerelse.pk).update(begrundelse="En anden")


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_pages_cost_the_same_whatever_was_heard(klient, kladde, django_assert_num_queries, antal):
    hoeringer = [
        PartshoeringFactory(
            afgoerelse=kladde, sendt_dato=IDAG, vurdering="Intet.", afsluttet_den=timezone.now()
        )
        for _ in range(antal)
    ]
    with django_assert_num_queries(ANTAL_HOERING):
        klient.get(reverse("rehabilitering:partshoering", args=[hoeringer[-1].pk]))
    with django_assert_num_queries(ANTAL_NY):
        klient.get(reverse("rehabilitering:partshoering_ny", args=[kladde.pk]))
    with django_assert_num_queries(ANTAL_EN):
        klient.get(reverse("rehabilitering:afgoerelse_en", args=[kladde.pk]))
