"""The decision: follow or send back, the period by the rule set, and the letter."""

from datetime import date, timedelta
from io import BytesIO

import page
import pypdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from borgere.models import Dokument, Fase
from rehabilitering import dokumenter
from rehabilitering.brev import afgoerelse as brevafgoerelse
from rehabilitering.models import Afgoerelse
from rehabilitering.services import afgoerelse as services
from ressource.kalender import i_dag
from ressource.models import Haendelse, Regelsaet, Rolle, Stedfortraeder
from ressource.pdf import PdfUtilgaengelig
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import (
    AfgoerelseFactory,
    BrugerFactory,
    IndstillingFactory,
    IndstillingslinjeFactory,
    PersonnummerFactory,
    SagFactory,
)

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def tirsdag(time_machine):
    time_machine.move_to("2026-11-24 09:00:00+01:00", tick=False)


@pytest.fixture
def ansvarlig():
    return BrugerFactory(
        roller=[Rolle.KOORDINERENDE], navn="Maja Kirkegaard", telefon="12 34 56 78"
    )


@pytest.fixture
def indstilling(ansvarlig):
    """A finalised recommendation of 24 months, from the meeting four days ago."""
    sag = SagFactory(fase=Fase.AFGOERELSE, ansvarlig=ansvarlig)
    indstilling = IndstillingFactory(
        afsluttet=True, punkt__sag=sag, moede_dato=IDAG - timedelta(days=4)
    )
    IndstillingslinjeFactory(
        indstilling=indstilling, beskrivelse="Praktik på bibliotek", start_dato=date(2026, 12, 7)
    )
    return indstilling


@pytest.fixture
def uden_pdf(monkeypatch):
    """A letter that costs nothing; the real one has its own tests."""
    monkeypatch.setattr(dokumenter, "afgoerelsesbrev", lambda _: b"%PDF-1.7\n%%EOF\n")


DATA = {
    "virkning_fra": date(2026, 12, 1),
    "maalgruppebetingelse": "1",
    "faktum": "Du er 43 år. Din læge har skrevet en attest i oktober.",
    "uden_partshoering_grund": "Alle oplysninger blev drøftet på mødet.",
    "begrundelse": "Du kan udvikle din arbejdsevne med korte dage og fast støtte.",
}


def kladde(indstilling, af, **data):
    afgoerelse = services.begynd(indstilling, af=af)
    return services.gem(afgoerelse, DATA | data, laas=afgoerelse.laas, af=af)


def fase(indstilling):
    indstilling.sag.refresh_from_db()
    return indstilling.sag.fase


def test_begynd_takes_legal_basis_and_klagevejledning_from_the_rule_set(indstilling, ansvarlig):
    afgoerelse = services.begynd(indstilling, af=ansvarlig)

    regelsaet = indstilling.sag.regelsaet
    assert services.begynd(indstilling, af=ansvarlig) == afgoerelse
    assert afgoerelse.udfald == "ressourceforloeb"
    assert afgoerelse.hjemmel == regelsaet.hjemmel("ressourceforloeb")
    assert afgoerelse.klagevejledning == regelsaet.klagevejledning


def test_begynd_on_another_outcome_takes_the_other_legal_basis(indstilling, ansvarlig):
    indstilling.udfald = "fleksjob"
    indstilling.save()

    afgoerelse = services.begynd(indstilling, af=ansvarlig)

    assert afgoerelse.hjemmel == indstilling.sag.regelsaet.hjemmel(indstilling.udfald)


def test_only_the_responsible_and_their_deputy_can_write(indstilling, ansvarlig):
    kollega, vikar = BrugerFactory(), BrugerFactory()
    Stedfortraeder.objects.create(for_bruger=ansvarlig, vikar=vikar, fra_dato=IDAG)

    with pytest.raises(PermissionDenied, match="ansvarlige sagsbehandler"):
        services.begynd(indstilling, af=kollega)
    assert services.begynd(indstilling, af=vikar).skrevet_af == vikar


def test_begynd_before_the_team_is_done_is_refused(ansvarlig):
    sag = SagFactory(fase=Fase.INDSTILLING, ansvarlig=ansvarlig)

    with pytest.raises(ValidationError, match="trinnet indstilling"):
        services.begynd(IndstillingFactory(punkt__sag=sag), af=ansvarlig)


def test_end_date_is_the_day_before_the_duration_has_passed(indstilling, ansvarlig):
    afgoerelse = kladde(indstilling, ansvarlig)

    assert afgoerelse.slut_dato == date(2028, 11, 30)


def test_end_date_follows_along_until_somebody_writes_another(indstilling, ansvarlig):
    afgoerelse = kladde(indstilling, ansvarlig)
    uroert = {"virkning_fra": date(2027, 1, 1), "slut_dato": afgoerelse.slut_dato}

    afgoerelse = services.gem(afgoerelse, uroert, laas=afgoerelse.laas, af=ansvarlig)
    assert afgoerelse.slut_dato == date(2028, 12, 31)

    rettet = {"virkning_fra": date(2027, 2, 1), "slut_dato": date(2028, 6, 30)}
    afgoerelse = services.gem(afgoerelse, rettet, laas=afgoerelse.laas, af=ansvarlig)
    assert afgoerelse.slut_dato == date(2028, 6, 30)


def test_second_of_two_saves_of_the_same_version_is_refused(indstilling, ansvarlig):
    afgoerelse = kladde(indstilling, ansvarlig)

    with pytest.raises(ForaeldetVersionError):
        services.gem(afgoerelse, {"begrundelse": "Andet"}, laas=0, af=ansvarlig)

    afgoerelse.refresh_from_db()
    assert afgoerelse.begrundelse == DATA["begrundelse"]


@pytest.mark.usefixtures("uden_pdf")
def test_afslut_moves_the_case_to_plan_and_stores_the_letter(indstilling, ansvarlig):
    afgoerelse = services.afslut(kladde(indstilling, ansvarlig), af=ansvarlig)

    afgoerelse.refresh_from_db()
    assert (afgoerelse.afgoerelse_dato, afgoerelse.modtaget_dato) == (IDAG, IDAG)
    assert afgoerelse.afsluttet_af == ansvarlig
    assert fase(indstilling) == Fase.PLAN
    assert afgoerelse.brev.art == Dokument.Art.AFGOERELSE
    assert afgoerelse.brev.er_dannet
    assert Haendelse.objects.filter(kode="afgoerelse.truffet", objekt_id=afgoerelse.pk).count() == 1


@pytest.mark.usefixtures("uden_pdf")
def test_without_digital_post_the_letter_arrives_five_days_later(indstilling, ansvarlig):
    indstilling.sag.borger.er_fritaget_digital_post = True
    indstilling.sag.borger.save()

    afgoerelse = services.afslut(kladde(indstilling, ansvarlig), af=ansvarlig)

    assert afgoerelse.modtaget_dato == IDAG + timedelta(days=5)


@pytest.mark.usefixtures("uden_pdf")
@pytest.mark.parametrize(
    "data", [{"modtaget_dato": date(2026, 12, 24)}, {"virkning_fra": date(2027, 11, 24)}]
)
def test_the_last_possible_days_are_accepted(indstilling, ansvarlig, data):
    indstilling.udfald = "fleksjob"
    indstilling.save()

    assert services.afslut(kladde(indstilling, ansvarlig, **data), af=ansvarlig).er_truffet


def test_a_decision_on_an_old_meeting_reaches_a_year_back(indstilling, ansvarlig):
    indstilling.moede_dato = date(2025, 10, 1)
    indstilling.save()
    afgoerelse = kladde(indstilling, ansvarlig, virkning_fra=date(2025, 11, 23))

    with pytest.raises(ValidationError) as fejl:
        services.afslut(afgoerelse, af=ansvarlig)

    assert "24.11.2025" in fejl.value.message_dict["virkning_fra"][0]


@pytest.mark.usefixtures("uden_pdf")
def test_another_outcome_stays_in_the_step_afgoerelse(indstilling, ansvarlig):
    indstilling.udfald = "foertidspension"
    indstilling.save()

    afgoerelse = services.afslut(kladde(indstilling, ansvarlig), af=ansvarlig)

    assert afgoerelse.slut_dato is None
    assert fase(indstilling) == Fase.AFGOERELSE


@pytest.mark.usefixtures("uden_pdf")
def test_afslut_and_gem_once_more_are_refused(indstilling, ansvarlig):
    indstilling.udfald = "fleksjob"
    indstilling.save()
    afgoerelse = services.afslut(kladde(indstilling, ansvarlig), af=ansvarlig)

    with pytest.raises(ValidationError, match="allerede truffet"):
        services.afslut(afgoerelse, af=ansvarlig)
    with pytest.raises(ValidationError, match="allerede truffet"):
        services.gem(afgoerelse, DATA, laas=afgoerelse.laas, af=ansvarlig)
    assert Dokument.objects.filter(art="afgoerelse").count() == 1


@pytest.mark.parametrize(
    ("aendring", "felt", "tekst"),
    [
        ({"faktum": ""}, "faktum", "oplysninger, som afgørelsen bygger på"),
        ({"uden_partshoering_grund": " "}, "uden_partshoering_grund", "begynd en partshøring"),
        ({"maalgruppebetingelse": ""}, "maalgruppebetingelse", "i målgruppen"),
        ({"begrundelse": " "}, "begrundelse", "Skriv begrundelsen"),
        ({"hjemmel": ""}, "hjemmel", "hvilken lov"),
        ({"klagevejledning": ""}, "klagevejledning", "hvordan borgeren kan klage"),
        ({"virkning_fra": None}, "virkning_fra", "hvornår afgørelsen får virkning"),
        ({"virkning_fra": date(2026, 11, 19)}, "virkning_fra", "før teammødet 20.11.2026"),
        ({"virkning_fra": date(2027, 11, 25)}, "virkning_fra", "24.11.2025 og 24.11.2027"),
        ({"modtaget_dato": date(2026, 11, 23)}, "modtaget_dato", "før den er truffet"),
        ({"modtaget_dato": date(2026, 12, 25)}, "modtaget_dato", "senest 24.12.2026"),
        (
            {"slut_dato": date(2027, 11, 29)},
            "slut_dato",
            "mindst vare 12 måneder (R2022). Det kan tidligst slutte 30.11.2027",
        ),
        (
            {"slut_dato": date(2029, 12, 1)},
            "slut_dato",
            "højst vare 36 måneder, når borgeren er under 40 år (R2022)",
        ),
    ],
)
def test_lack_is_refused_on_its_field_and_nothing_is_decided(
    indstilling, ansvarlig, aendring, felt, tekst
):
    afgoerelse = kladde(indstilling, ansvarlig, **aendring)

    with pytest.raises(ValidationError) as fejl:
        services.afslut(afgoerelse, af=ansvarlig)

    assert list(fejl.value.message_dict) == [felt]
    assert tekst in fejl.value.message_dict[felt][0]
    afgoerelse.refresh_from_db()
    assert not afgoerelse.er_truffet
    assert fase(indstilling) == Fase.AFGOERELSE
    assert not Dokument.objects.filter(art="afgoerelse").exists()


def test_no_new_forloeb_after_the_cut_off_date_by_the_rule_set_of_the_case(indstilling, ansvarlig):
    indstilling.sag.regelsaet = Regelsaet.objects.get(kode="R2026")
    indstilling.sag.save()

    with pytest.raises(ValidationError, match=r"senest begynde 31.01.2026 .R2026."):
        services.afslut(kladde(indstilling, ansvarlig), af=ansvarlig)


def test_no_new_forloeb_after_the_cut_off_date_by_the_rules_in_force(indstilling, ansvarlig):
    Regelsaet.objects.filter(kode="R2022").update(gyldig_til=date(2026, 1, 31))
    Regelsaet.objects.filter(kode="R2026").update(er_aktivt=True)

    with pytest.raises(ValidationError, match=r"31.01.2026 .R2026."):
        services.afslut(kladde(indstilling, ansvarlig), af=ansvarlig)


def test_nothing_is_decided_when_the_letter_cannot_be_made(indstilling, ansvarlig, monkeypatch):
    def mangler_pango(_):
        raise PdfUtilgaengelig("PDF kan ikke laves.")

    afgoerelse = kladde(indstilling, ansvarlig)
    monkeypatch.setattr(dokumenter, "afgoerelsesbrev", mangler_pango)

    with pytest.raises(ValidationError, match=r"ikke truffet. PDF kan ikke laves."):
        services.afslut(afgoerelse, af=ansvarlig)

    afgoerelse.refresh_from_db()
    assert not afgoerelse.er_truffet
    assert fase(indstilling) == Fase.AFGOERELSE


def test_afvig_sends_the_case_back_to_the_team_and_locks_the_afgoerelse(indstilling, ansvarlig):
    afgoerelse = kladde(indstilling, ansvarlig)

    afveget = services.afvig(
        afgoerelse,
        udfald="fleksjob",
        begrundelse="Arbejdsevnen er afklaret",
        laas=afgoerelse.laas,
        af=ansvarlig,
    )

    assert not afveget.foelger_indstilling
    assert fase(indstilling) == Fase.MOEDE
    assert Haendelse.objects.filter(kode="afgoerelse.afveget", sag_id=indstilling.sag_id).exists()
    with pytest.raises(ValidationError, match="sendt tilbage til teamet"):
        services.afslut(afveget, af=ansvarlig)
    with pytest.raises(ValidationError, match="sendt tilbage til teamet"):
        services.gem(afveget, DATA, laas=afveget.laas, af=ansvarlig)


def test_second_departure_goes_to_the_team_too_and_it_reads_both(indstilling, ansvarlig):
    sag = indstilling.sag
    grunde = "Arbejdsevnen er afklaret", "Arbejdsevnen er stadig afklaret"
    for grund in grunde:
        afgoerelse = kladde(sag.indstillinger.latest("pk"), ansvarlig)
        laas = afgoerelse.laas
        services.afvig(afgoerelse, udfald="fleksjob", begrundelse=grund, laas=laas, af=ansvarlig)
        assert fase(indstilling) == Fase.MOEDE
        sag.fase = Fase.AFGOERELSE
        sag.save()
        IndstillingFactory(
            afsluttet=True,
            punkt__sag=sag,
            punkt__behandlet_den=timezone.now(),
            moede_dato=IDAG,
        )

    fundet = [afvigelse.afvigelse_begrundelse for afvigelse in services.afvigelser(sag)]
    assert fundet == list(reversed(grunde))


@pytest.mark.parametrize(
    ("udfald", "begrundelse", "felt"),
    [
        ("fleksjob", " ", "afvigelse_begrundelse"),
        ("ressourceforloeb", "Fordi", "udfald"),
    ],
)
def test_afvig_without_reason_or_difference_is_refused(
    indstilling, ansvarlig, udfald, begrundelse, felt
):
    afgoerelse = kladde(indstilling, ansvarlig)

    with pytest.raises(ValidationError) as fejl:
        services.afvig(
            afgoerelse, udfald=udfald, begrundelse=begrundelse, laas=afgoerelse.laas, af=ansvarlig
        )

    assert list(fejl.value.message_dict) == [felt]
    assert fase(indstilling) == Fase.AFGOERELSE


def test_departing_afgoerelse_cannot_be_made(indstilling, ansvarlig):
    data = DATA | {
        "foelger_indstilling": False,
        "udfald": "fleksjob",
        "afvigelse_begrundelse": "Afklaret",
    }

    with pytest.raises(ValidationError, match="kan ikke træffes, før teamet"):
        services.gem_fra_siden(
            services.ny_afgoerelse(indstilling, af=ansvarlig),
            data,
            laas=0,
            skal_afsluttes=True,
            af=ansvarlig,
        )

    assert not Afgoerelse.objects.exists()


@pytest.fixture
def brev(indstilling, ansvarlig):
    borger = indstilling.sag.borger
    borger.fornavn, borger.efternavn = "Åse", "Østergård"
    borger.adresse, borger.postnummer, borger.by = "Ængvej 7", "9999", "Egelund"
    borger.save()
    PersonnummerFactory(borger=borger, nummer="7403871234")
    afgoerelse = services.afslut(kladde(indstilling, ansvarlig), af=ansvarlig)
    return bytes(afgoerelse.brev.indhold)


def test_letter_says_what_the_citizen_must_know(brev):
    sider = pypdf.PdfReader(BytesIO(brev)).pages
    tekst = " ".join(" ".join(side.extract_text() for side in sider).split())

    for stykke in (
        "Åse Østergård",
        "Ængvej 7",
        "Personnummer 740387-****",
        "Du får et ressourceforløb",
        "fra 1. december 2026 til og med 30. november 2028",
        "rehabiliteringsteamet 20. november 2026",
        "Du kan udvikle din arbejdsevne",
        "Medhjælper på bibliotek",
        "Praktik på bibliotek fra 07.12.2026: Prøve om opgaverne passer",
        "Maja Kirkegaard er din koordinerende sagsbehandler",
        "§§ 112-115 i lov om en aktiv beskæftigelsesindsats",
        "senest fire uger efter",
        "Telefon 12 34 56 78",
    ):
        assert stykke in tekst
    assert "1234" not in tekst.replace("12 34 56 78", "")


@pytest.mark.parametrize("profil", ["ua1", "2a"])
def test_letter_satisfies_pdf_ua_and_pdf_a(brev, profil):
    svar = page.validate_pdf_bytes(brev, profile=page.ValidationProfile(profil))

    assert svar.is_compliant, svar


def test_long_word_does_not_run_off_the_paper(indstilling, ansvarlig):
    afgoerelse = kladde(indstilling, ansvarlig)
    afgoerelse.begrundelse, afgoerelse.hjemmel = "Ordlangt" * 40, "LAB § 112.\n"

    brev = dokumenter.afgoerelsesbrev(afgoerelse)

    tekst = "\n".join(side.extract_text() for side in pypdf.PdfReader(BytesIO(brev)).pages)
    assert "Ordlangt" * 3 in tekst
    assert "Ordlangt" * 40 not in tekst
    assert "truffet efter LAB § 112.\n" in tekst


def test_letter_of_another_outcome_has_no_period_and_no_goal(indstilling, ansvarlig):
    indstilling.udfald = "fleksjob"
    indstilling.save()
    afgoerelse = kladde(indstilling, ansvarlig)

    assert dokumenter.overskrift(afgoerelse) == "Du kan få et fleksjob"
    felter = brevafgoerelse.felter(afgoerelse)
    assert felter["slut_dato"] == ""
    assert not {"maal", "indsatser"} & set(felter)


def afgoerelse_uden_begrundelse():
    AfgoerelseFactory(truffet=True, begrundelse="")


def afvigelse_uden_grund():
    AfgoerelseFactory(foelger_indstilling=False)


def forloeb_uden_periode():
    AfgoerelseFactory(truffet=True, slut_dato=i_dag())


def to_afgoerelser_paa_en_indstilling():
    AfgoerelseFactory(indstilling=AfgoerelseFactory().indstilling)


@pytest.mark.parametrize(
    ("bryd", "navn"),
    [
        (afgoerelse_uden_begrundelse, "afgoerelse_hel"),
        (afvigelse_uden_grund, "afgoerelse_afvigelse_begrundet"),
        (forloeb_uden_periode, "afgoerelse_forloeb_har_periode"),
        (to_afgoerelser_paa_en_indstilling, "afgoerelse_indstilling_id_key"),
    ],
)
def test_database_refuses(bryd, navn):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        bryd()
