"""Exemptions and the draft to the team: written on the plan page, refused in plain words."""

from datetime import date, timedelta
from io import BytesIO

import pypdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from borgere.models import Fase, Tildeling
from indsatsplan import garantiside, genforelaeggelse, services
from indsatsplan.garanti import Tilstand
from indsatsplan.models import Fritagelse, Genforelaeggelse
from rehabilitering.models import Indsatstype
from rehabilitering.sagspakke.dokumenter import valgbare
from ressource.datoer import Enhed, tilfoej
from ressource.kalender import i_dag
from ressource.models import Haendelse
from tests.factories import (
    BrugerFactory,
    FritagelseFactory,
    GenforelaeggelseFactory,
    IndsatsFactory,
    IndsatsplanFactory,
    IndstillingslinjeFactory,
    LinjeforklaringFactory,
    MaalFactory,
    RessourceforloebFactory,
    TildelingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def forloeb(db):
    """Begun 250 days ago, an approved plan, and nothing that counts has begun."""
    forloeb = RessourceforloebFactory(
        sag__fase=Fase.OPFOELGNING, start_dato=i_dag() - timedelta(days=250)
    )
    MaalFactory(forloeb=forloeb, rang=1)
    IndsatsplanFactory(
        forloeb=forloeb,
        godkendt=True,
        borger_enig="uenig",
        uenig_tekst="Jeg vil hellere i skole.",
        indhold={"maal": [{"id": 1, "rang": 1, "tekst": "Job", "art": "job", "indsatser": []}]},
    )
    return forloeb


@pytest.fixture
def klient(som, forloeb):
    """The coordinating caseworker who answers for the case, signed in."""
    klient = som("koordinerende")
    TildelingFactory(sag=forloeb.sag, bruger=klient.bruger, art=Tildeling.Art.ANSVARLIG)
    return klient


def mentor(forloeb, **felter):
    return IndsatsFactory(
        forloeb=forloeb,
        maal=forloeb.maal.first(),
        i_gang=True,
        beskrivelse="Mentor Sanne",
        indsatstype=Indsatstype.objects.get(kode="mentor"),
        **felter,
    )


def skriv(forloeb, **felter) -> Fritagelse:
    faste = {
        "art": "fritaget",
        "fra_dato": forloeb.start_dato,
        "til_dato": forloeb.start_dato + timedelta(days=9),
        "begrundelse": "Indlagt",
        "af": BrugerFactory(),
    }
    return services.gem_fritagelse(forloeb, **faste | felter)


def url(navn, pk):
    return reverse(f"indsatsplan:{navn}", args=[pk])


# Exemptions


def test_exemption_moves_the_last_day_and_is_logged_once(forloeb):
    skriv(forloeb)

    ur = garantiside.hent(forloeb, i_dag()).ur
    assert ur.sidste_dag == tilfoej(forloeb.start_dato, 6, Enhed.MAANEDER) + timedelta(days=10)
    assert Haendelse.objects.filter(kode="plan.fritagelse_gemt").count() == 1


def test_exemption_taken_out_no_longer_counts(forloeb):
    fritagelse = skriv(forloeb)

    services.fjern_fritagelse(fritagelse, af=BrugerFactory())

    assert garantiside.hent(forloeb, i_dag()).ur.pause_dage == 0
    with pytest.raises(ValidationError, match="taget ud imens"):
        services.fjern_fritagelse(fritagelse, af=BrugerFactory())


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"fra_dato": date(2020, 1, 1)}, "uden for forløbet"),
        ({"til_dato": date(2080, 1, 1)}, "uden for forløbet"),
        ({"begrundelse": ""}, "ikke være tomt"),
    ],
)
def test_exemption_that_cannot_be_is_refused_in_plain_words(forloeb, felter, besked):
    with pytest.raises(ValidationError) as fejl:
        skriv(forloeb, **felter)
    assert besked in str(fejl.value)


def test_exemption_can_be_agreed_ahead_but_no_contact_cannot(forloeb):
    om_lidt = {"fra_dato": i_dag() + timedelta(days=3), "til_dato": None}

    with pytest.raises(ValidationError, match="fremtiden"):
        skriv(forloeb, art="uden_kontakt", **om_lidt)
    assert skriv(forloeb, **om_lidt)


def test_exemption_is_written_in_the_plan_page(klient, forloeb):
    aaben = klient.get(url("fritagelse_ny", forloeb.sag_id), follow=True).content.decode()
    assert 'id="fritagelse-ny"' in aaben
    data = {"art": "fritaget", "fra_dato": "", "begrundelse": "Indlagt på Rold", "laas": 0}

    afvist = klient.post(url("fritagelse_ny", forloeb.sag_id), data)
    assert afvist.status_code == 422
    assert "Indlagt på Rold" in afvist.content.decode()
    gemt = klient.post(
        url("fritagelse_ny", forloeb.sag_id),
        data | {"fra_dato": f"{forloeb.start_dato:%d.%m.%Y}"},
        follow=True,
    )

    assert gemt.redirect_chain[-1][0].endswith("#garanti")
    assert "varer ved" in gemt.content.decode()
    assert "Indlagt på Rold" in gemt.content.decode()


def test_overlap_and_reversed_days_keep_the_words(klient, forloeb):
    fritagelse = FritagelseFactory(forloeb=forloeb)
    fra = f"{forloeb.start_dato:%d.%m.%Y}"
    data = {"art": "fritaget", "fra_dato": fra, "begrundelse": "Rejse", "laas": 0}

    overlap = klient.post(url("fritagelse_ny", forloeb.sag_id), data).content.decode()
    assert "Der er allerede en fritagelse i de dage." in overlap
    omvendt = klient.post(
        url("fritagelse", fritagelse.pk), data | {"til_dato": "01.01.2001"}
    ).content.decode()
    assert "Den sidste dag ligger før den første." in omvendt
    assert "Rejse" in omvendt


def test_exemption_corrected_by_two_shows_both(klient, forloeb):
    fritagelse = FritagelseFactory(forloeb=forloeb, laas=4)
    data = {
        "art": "uden_kontakt",
        "fra_dato": f"{forloeb.start_dato:%d.%m.%Y}",
        "begrundelse": "Svarer ikke",
        "laas": 3,
    }

    svar = klient.post(url("fritagelse", fritagelse.pk), data)

    assert svar.status_code == 409
    fritagelse.refresh_from_db()
    assert fritagelse.begrundelse == "Indlagt"


def test_exemption_is_taken_out_by_a_button(klient, forloeb):
    fritagelse = FritagelseFactory(forloeb=forloeb)

    svar = klient.post(url("fritagelse_fjern", fritagelse.pk), follow=True)

    assert "Fritagelsen er taget ud" in svar.content.decode()
    assert not forloeb.fritagelser.gaeldende().exists()


# What the section says


def test_section_says_when_it_ended_and_what_does_not_count(klient, forloeb):
    mentor(forloeb)
    FritagelseFactory(forloeb=forloeb)

    side = klient.get(url("plan", forloeb.sag_id)).content.decode()

    assert "Ingen indsats, der tæller, er begyndt senest" in side
    assert "10 dage på pause" in side
    assert "Mentor Sanne (" in side
    assert "Skriv udkast til teamet" in side
    assert "LAB § 113, stk. 2" in side


SAETNINGER = [
    ("virksomhedspraktik", 100, Tilstand.BEGYNDT, "Fristen var"),
    ("virksomhedspraktik", 240, Tilstand.BEGYNDT_FOR_SENT, "men fristen var"),
    ("ordinaere_timer", 100, Tilstand.ORDINAERE_TIMER, "ordinære timer"),
]


@pytest.mark.parametrize(("kode", "dag", "tilstand", "ord_"), SAETNINGER)
def test_sentence_follows_what_began(forloeb, kode, dag, tilstand, ord_):
    IndsatsFactory(
        forloeb=forloeb,
        maal=forloeb.maal.first(),
        i_gang=True,
        planlagt_start=forloeb.start_dato + timedelta(days=dag),
        indsatstype=Indsatstype.objects.get(kode=kode),
    )

    side = garantiside.hent(forloeb, i_dag())

    assert side.ur.tilstand == tilstand
    assert ord_ in side.saetning
    assert side.maerke[1]


def test_section_costs_three_statements(forloeb, django_assert_num_queries):
    FritagelseFactory(forloeb=forloeb)
    mentor(forloeb)
    hentet = type(forloeb).objects.til_plan().get(pk=forloeb.pk)

    with django_assert_num_queries(3):
        garantiside.hent(hentet, i_dag())


# The draft to the team


def test_draft_tells_what_was_recommended_and_what_became_of_it(forloeb):
    indstilling = forloeb.afgoerelse.indstilling
    linje = IndstillingslinjeFactory(indstilling=indstilling, nr=1, beskrivelse="Psykolog")
    IndstillingslinjeFactory(indstilling=indstilling, nr=2, beskrivelse="Praktik")
    LinjeforklaringFactory(forloeb=forloeb, linje=linje, begrundelse="Ingen plads i år.")
    FritagelseFactory(forloeb=forloeb, art="uden_kontakt", begrundelse="Svarede ikke.")
    mentor(forloeb)

    tekst = genforelaeggelse.foerste_udkast(forloeb, i_dag())

    assert "1. Psykolog: opgivet. Ingen plads i år." in tekst
    assert "2. Praktik: ikke begyndt efter" in tekst
    assert "0 af 2 linjer er begyndt" in tekst
    assert "uden kontakt. Svarede ikke." in tekst
    assert "- Mentor Sanne, fra" in tekst
    assert "Jeg vil hellere i skole." in tekst
    assert len(genforelaeggelse.mangler(tekst)) == 3


def test_looking_at_the_draft_saves_nothing_and_saving_locks(klient, forloeb):
    adresse = url("genforelaeggelse", forloeb.sag_id)

    assert "Ingen indsats, der tæller" in klient.get(adresse).content.decode()
    assert not Genforelaeggelse.objects.exists()

    klient.post(adresse, {"tekst": "Vi beder om flere måneder.", "laas": 0})
    udkast = Genforelaeggelse.objects.get()
    assert udkast.laas == 1
    assert klient.post(adresse, {"tekst": "Noget andet.", "laas": 0}).status_code == 409
    assert klient.post(adresse, {"tekst": "", "laas": 1}).status_code == 422
    udkast.refresh_from_db()
    assert udkast.tekst == "Vi beder om flere måneder."


def test_draft_used_meanwhile_keeps_the_words_and_says_so(klient, forloeb):
    udkast = GenforelaeggelseFactory(forloeb=forloeb, laas=3)
    services.afgoer_med_saerlige_grunde(udkast, saerlige_grunde="Indlagt.", af=klient.bruger)

    svar = klient.post(
        url("genforelaeggelse", forloeb.sag_id), {"tekst": "Min lange tekst.", "laas": 3}
    )

    assert svar.status_code == 422
    assert "Udkastet er brugt imens" in svar.content.decode()
    assert "Min lange tekst." in svar.content.decode()


def test_draft_with_places_left_is_not_used(klient, forloeb):
    udkast = GenforelaeggelseFactory(
        forloeb=forloeb, tekst=genforelaeggelse.foerste_udkast(forloeb, i_dag())
    )

    svar = klient.post(url("genforelaeg", udkast.pk))

    assert svar.status_code == 422
    assert "Udkastet er ikke skrevet færdigt" in svar.content.decode()
    forloeb.sag.refresh_from_db()
    assert forloeb.sag.fase == Fase.OPFOELGNING


def test_finished_draft_begins_a_new_round_and_answers_the_guarantee(klient, forloeb):
    udkast = GenforelaeggelseFactory(forloeb=forloeb)

    svar = klient.post(url("genforelaeg", udkast.pk))

    assert svar.status_code == 302
    udkast.refresh_from_db()
    forloeb.sag.refresh_from_db()
    assert (udkast.er_forelagt, forloeb.sag.fase) == (True, Fase.FORBEREDELSE)
    assert garantiside.hent(forloeb, i_dag()).ur.tilstand == Tilstand.FORELAGT
    assert [d.titel for d in valgbare([forloeb.sag_id])] == ["Til teamet: sagen forelægges igen"]
    side = klient.get(url("genforelaeggelse", forloeb.sag_id)).content.decode()
    assert "ikke brug for et nyt udkast" in side
    assert "Gem udkastet" not in side
    with pytest.raises(ValidationError, match="allerede brugt"):
        services.forelaeg(udkast, af=klient.bruger)


def test_case_whose_plan_was_never_approved_can_be_presented_again(klient, forloeb):
    type(forloeb.sag).objects.filter(pk=forloeb.sag_id).update(fase=Fase.PLAN)

    klient.post(url("genforelaeg", GenforelaeggelseFactory(forloeb=forloeb).pk))

    forloeb.sag.refresh_from_db()
    assert forloeb.sag.fase == Fase.FORBEREDELSE


def test_only_the_responsible_begins_the_round(forloeb):
    with pytest.raises(PermissionDenied):
        services.forelaeg(GenforelaeggelseFactory(forloeb=forloeb), af=BrugerFactory())


def test_special_reasons_need_words_and_answer_the_guarantee(klient, forloeb):
    adresse = url("saerlige_grunde", GenforelaeggelseFactory(forloeb=forloeb).pk)

    assert klient.post(adresse, {"saerlige_grunde": " "}).status_code == 422
    svar = klient.post(adresse, {"saerlige_grunde": "Behandlingen slutter 1. marts."}, follow=True)

    assert "De særlige grunde er gemt" in svar.content.decode()
    assert not garantiside.hent(forloeb, i_dag()).ur.skal_forelaegges
    side = klient.get(url("genforelaeggelse", forloeb.sag_id)).content.decode()
    assert "Behandlingen slutter 1. marts." in side


def test_draft_on_paper_says_it_is_one(klient, forloeb):
    udkast = GenforelaeggelseFactory(
        forloeb=forloeb, tekst="Hvorfor\nIntet er begyndt.\n\nAlene linje"
    )

    svar = klient.get(url("genforelaeggelse_pdf", udkast.pk))

    tekst = pypdf.PdfReader(BytesIO(svar.content)).pages[0].extract_text()
    for ord_ in ("Udkast.", "Intet er begyndt.", "Alene linje", forloeb.sag.sagsnummer):
        assert ord_ in tekst
