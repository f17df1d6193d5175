"""A finalised indstilling corrected by the chair, handed over, and sent again."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from borgere.models import Fase, Forsendelse, Tildeling
from rehabilitering.models import Indsatstype, Indstillingsudlevering, Indstillingsversion
from rehabilitering.services import indstilling_ret as services
from rehabilitering.services import indstillingsversion
from rehabilitering.services.indstillingsbrev import dan_brev
from rehabilitering.services.udlevering import registrer
from ressource.kalender import i_dag
from ressource.models import Besked, Haendelse, Rolle
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import (
    AfgoerelseFactory,
    BrugerFactory,
    IndstillingFactory,
    IndstillingslinjeFactory,
    IndstillingsudleveringFactory,
    IndstillingsversionFactory,
    MoededeltagerFactory,
    TeammoedeFactory,
    TildelingFactory,
)

pytestmark = pytest.mark.django_db

RETTET = {"begrundelse": "Arbejdsevnen kan udvikles med korte dage og ro."}


@pytest.fixture
def indstilling():
    """A finalised one of yesterday's meeting, with a praktik and a mentor, and a caseworker."""
    moede = TeammoedeFactory(dato=i_dag() - timedelta(days=1))
    MoededeltagerFactory(moede=moede, bruger=moede.moedeleder, fagomraade="beskaeftigelse")
    MoededeltagerFactory(moede=moede)
    indstilling = IndstillingFactory(
        punkt__moede=moede,
        afsluttet=True,
        muligheder="Job på et bibliotek",
        maalgruppebetingelse="1",
        mentor_formaal="Komme af sted",
        mentor_opgaver="Følge den første uge",
    )
    indstilling.sag.fase = Fase.AFGOERELSE
    indstilling.sag.save()
    mentor = Indsatstype.objects.get(kode="mentor")
    IndstillingslinjeFactory(indstilling=indstilling, nr=1)
    IndstillingslinjeFactory(indstilling=indstilling, nr=2, indsatstype=mentor, formaal="Ro")
    TildelingFactory(sag=indstilling.sag)
    indstillingsversion.tag(indstilling, af=indstilling.afsluttet_af)
    return indstilling


@pytest.fixture
def leder(indstilling):
    leder = indstilling.punkt.moede.moedeleder
    TildelingFactory(sag=indstilling.sag, bruger=leder, art=Tildeling.Art.TEAMMOEDE)
    return leder


def linjer(indstilling, **aendringer):
    """The lines as they stand, with `aendringer` on the first."""
    raekker = [
        {"pk": linje.pk, "indsatstype": linje.indsatstype, "formaal": linje.formaal}
        for linje in indstilling.linjer.gaeldende().select_related("indsatstype")
    ]
    raekker[0] |= aendringer
    return raekker


def ret(indstilling, data=RETTET, raekker=None, **andet):
    andet = {"begrundelse": "Der manglede ord", "laas": indstilling.laas} | andet
    andet.setdefault("af", indstilling.afsluttet_af)
    raekker = linjer(indstilling) if raekker is None else raekker
    version = services.ret(indstilling, data, raekker, **andet)
    indstilling.refresh_from_db()
    return version


def test_a_correction_is_the_next_version_and_the_first_stays_as_it_was(indstilling):
    foer = indstilling.versioner.get().indhold

    version = ret(indstilling)

    assert (version.nr, indstilling.version, version.begrundelse) == (2, 2, "Der manglede ord")
    assert indstilling.begrundelse == RETTET["begrundelse"]
    assert indstilling.versioner.get(nr=1).indhold == foer
    assert version.indhold["hoved"]["begrundelse"] == RETTET["begrundelse"]
    assert Haendelse.objects.get(kode="indstilling.rettet").data == {"nr": 2}


def test_lines_keep_their_row_when_they_are_corrected_or_taken_out(indstilling):
    praktik, mentor = indstilling.linjer.all()
    nye = linjer(indstilling, formaal="Prøve to dage")
    nye[1] = {"indsatstype": Indsatstype.objects.get(kode="traening"), "formaal": "Mere energi"}

    ret(indstilling, {"uden_mentor_begrundelse": "Søsteren støtter"}, nye)

    praktik.refresh_from_db()
    mentor.refresh_from_db()
    assert (praktik.formaal, praktik.fjernet_den) == ("Prøve to dage", None)
    assert mentor.fjernet_den is not None
    assert [x.formaal for x in indstilling.linjer.gaeldende()] == ["Prøve to dage", "Mere energi"]


def test_the_meeting_and_the_caseworkers_are_told_without_personal_data(indstilling):
    ret(indstilling)

    modtagere = {besked.modtager for besked in Besked.objects.all()}
    medlem = indstilling.punkt.moede.deltagere.exclude(bruger=indstilling.afsluttet_af).get()
    assert modtagere == {medlem.bruger, indstilling.sag.tildelinger.ansvarlige().get().bruger}
    besked = Besked.objects.first()
    assert "Version 2 gælder nu." in besked.tekst
    assert indstilling.sag.borger.efternavn not in besked.tekst


@pytest.mark.parametrize(
    ("data", "andet", "felt"),
    [
        (RETTET, {"begrundelse": " "}, "rettelse_begrundelse"),
        ({"maal": ""}, {}, "maal"),
        ({"udfald": "udsat"}, {}, "udfald"),
        ({}, {}, "__all__"),
    ],
)
def test_a_correction_that_is_none_or_lacks_something_is_refused(indstilling, data, andet, felt):
    with pytest.raises(ValidationError) as fejl:
        ret(indstilling, data, **andet)

    assert [felt] == list(fejl.value.message_dict if felt != "__all__" else ["__all__"])
    assert indstilling.versioner.count() == 1


def test_the_outcome_stands_once_it_is_decided(indstilling):
    fleksjob = {"udfald": "fleksjob"}
    assert "fleksjob" in services.mulige_udfald(indstilling)
    AfgoerelseFactory(indstilling=indstilling, sag=indstilling.sag, truffet=True)

    with pytest.raises(ValidationError, match="Udfaldet kan ikke rettes"):
        ret(indstilling, fleksjob)

    assert ret(indstilling).nr == 2


def test_only_the_chair_corrects_and_only_what_was_seen(indstilling):
    anden = BrugerFactory(roller=[Rolle.MOEDELEDER])
    MoededeltagerFactory(moede=indstilling.punkt.moede, bruger=anden)

    with pytest.raises(PermissionDenied):
        ret(indstilling, af=anden)
    ret(indstilling)
    with pytest.raises(ForaeldetVersionError):
        ret(indstilling, {"begrundelse": "Noget andet"}, laas=0)


def test_who_has_an_earlier_letter_is_listed_until_the_new_one_is_sent(som, indstilling, leder):
    def send():
        Forsendelse.objects.create(
            sag=indstilling.sag,
            dokument=dan_brev(indstilling, af=leder),
            informationstype="indstilling",
            modtager_art="part",
            modtager_navn=indstilling.sag.borger.navn,
            kanal="brev",
            afsendt_dato=i_dag(),
            afsendt_af=leder,
        )

    send()
    assert services.har_en_tidligere(indstilling) == []
    ret(indstilling)
    assert services.har_en_tidligere(indstilling) == [f"borgeren, {i_dag():%d.%m.%Y}"]

    fane = som(leder).get(reverse("rehabilitering:sag_moede", args=[indstilling.sag_id])).text
    assert "Skal have den igen" in fane
    assert "Versioner (2)" in fane

    send()
    assert services.har_en_tidligere(indstilling) == []
    breve = indstilling.sag.dokumenter.filter(art="indstilling").order_by("pk")
    assert [", version 2" in brev.titel for brev in breve] == [False, True]


def test_handing_over_keeps_the_letter_and_says_whether_it_was_gone_through(indstilling, leder):
    udlevering = registrer(
        indstilling, dato=i_dag(), maade="udleveret", er_gennemgaaet=True, af=leder
    )

    assert (udlevering.version, udlevering.er_gennemgaaet) == (1, True)
    assert bytes(udlevering.dokument.indhold).startswith(b"%PDF")
    assert Haendelse.objects.get(kode="indstilling.udleveret").data == {"maade": "udleveret"}
    with pytest.raises(ValidationError, match="fra mødet"):
        registrer(
            indstilling,
            dato=i_dag() - timedelta(days=2),
            maade="brev",
            er_gennemgaaet=False,
            af=leder,
        )


def felter(side):
    """Everything the correction's form holds, as a browser would send it."""
    form, raekker = side.context["form"], side.context["linjer"]
    data = {}
    for en in (form, *raekker):
        for felt in en:
            vaerdi = felt.value()
            if vaerdi is not None and vaerdi is not False:
                data[felt.html_name] = felt.field.prepare_value(vaerdi)
    return data


def test_the_page_shows_the_difference_before_it_stores_it(som, indstilling, leder):
    klient, adresse = som(leder), reverse("rehabilitering:indstilling_ret", args=[indstilling.pk])
    data = felter(klient.get(adresse)) | RETTET | {"rettelse_begrundelse": "Der manglede ord"}

    vist = klient.post(adresse, data | {"handling": "gem"})
    assert vist.status_code == 200
    assert "<ins>" in vist.text
    assert indstilling.versioner.count() == 1

    # What the page that shows it holds is what is sent.
    svar = klient.post(adresse, felter(vist) | {"handling": "gem"}, follow=True)
    assert svar.redirect_chain[-1][0] == reverse(
        "rehabilitering:indstilling_versioner", args=[indstilling.pk]
    )
    assert "Derfor rettet:" in svar.text
    assert "Version 2" in svar.text


def test_the_page_keeps_what_was_typed_when_another_was_first(som, indstilling, leder):
    klient, adresse = som(leder), reverse("rehabilitering:indstilling_ret", args=[indstilling.pk])
    data = felter(klient.get(adresse)) | {"rettelse_begrundelse": "Mine ord"} | RETTET
    aftryk = re.search(r'name="set_aftryk" value="(\w+)"', klient.post(adresse, data).text)[1]
    ret(indstilling, {"muligheder": "Job på et plejehjem"})

    svar = klient.post(adresse, data | {"handling": "gem", "set_aftryk": aftryk})

    assert svar.status_code == 409
    assert "En anden har rettet indstillingen imens" in svar.text
    assert RETTET["begrundelse"] in svar.text
    assert indstilling.versioner.count() == 2


def test_a_correction_without_reason_is_shown_again(som, indstilling, leder):
    adresse = reverse("rehabilitering:indstilling_ret", args=[indstilling.pk])
    klient = som(leder)

    svar = klient.post(adresse, felter(klient.get(adresse)) | RETTET)

    assert svar.status_code == 422
    assert "Skriv, hvorfor indstillingen rettes." in svar.text
    assert RETTET["begrundelse"] in svar.text


def test_the_citizens_letter_is_registered_from_the_tab(som, indstilling):
    klient = som(indstilling.sag.tildelinger.get().bruger)
    fane = reverse("rehabilitering:sag_moede", args=[indstilling.sag_id])
    assert "Borgeren har ikke fået indstillingen i skrift endnu." in klient.get(fane).text

    adresse = reverse("rehabilitering:indstilling_udlever", args=[indstilling.pk])
    daarlig = klient.post(adresse, {"dato": "01.01.2020", "maade": "brev"})
    assert daarlig.status_code == 422
    klient.post(adresse, {"dato": "", "maade": "brev"})
    svar = klient.post(
        adresse,
        {"dato": f"{i_dag():%d.%m.%Y}", "maade": "udleveret", "er_gennemgaaet": "on"},
        follow=True,
    )

    assert "Gennemgået sammen." in svar.text
    assert "Egen læge må ikke få indstillingen" in svar.text


def to_versioner_med_samme_nummer():
    version = IndstillingsversionFactory()
    IndstillingsversionFactory(indstilling=version.indstilling)


def rettelse_uden_grund():
    IndstillingsversionFactory(nr=2)


def samme_udlevering_to_gange():
    udlevering = IndstillingsudleveringFactory()
    IndstillingsudleveringFactory(indstilling=udlevering.indstilling)


def ukendt_maade():
    IndstillingsudleveringFactory(maade="fax")


def aarsag_uden_udsaettelse():
    IndstillingFactory(afsluttet=True, aarsag="helbred")


@pytest.mark.parametrize(
    ("bryd", "navn"),
    [
        (to_versioner_med_samme_nummer, "indstillingsversion_nr"),
        (rettelse_uden_grund, "indstillingsversion_rettelse_begrundet"),
        (samme_udlevering_to_gange, "indstillingsudlevering_en_gang"),
        (ukendt_maade, "indstillingsudlevering_maade_kendt"),
        (aarsag_uden_udsaettelse, "indstilling_aarsag_passer"),
    ],
)
def test_database_refuses(bryd, navn):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        bryd()


@pytest.mark.parametrize("model", [Indstillingsversion, Indstillingsudlevering])
def test_what_was_said_and_handed_over_never_changes(model):
    fabrik = {
        Indstillingsversion: IndstillingsversionFactory,
        Indstillingsudlevering: IndstillingsudleveringFactory,
    }[model]
    raekke = fabrik()

    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        model.objects.filter(pk=raekke.pk).delete()
