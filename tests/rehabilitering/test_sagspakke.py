"""Case packages: published, replaced, taken back; who reads what, and until when."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from pypdf import PdfReader

from borgere import grunddata
from borgere.models import Bisidder, Informationstype, Sag, Samtykke, Tildeling
from borgere.services import sletning, traek_samtykke
from rehabilitering import sagspakke as pakker
from rehabilitering.models import Sagspakke, Sagspakkeudgave
from rehabilitering.sagspakke import status, udgivne
from rehabilitering.sagspakke.aendringer import aendringer
from rehabilitering.services import moede as moeder
from rehabilitering.services import sagspakke
from ressource.kalender import i_dag
from ressource.models import Besked, Haendelse, Opslag, Organisation, Rolle
from tests.factories import (
    BrugerFactory,
    DagsordenspunktFactory,
    DokumentFactory,
    ForberedendeDelFactory,
    InhabilitetFactory,
    LaegeattestFactory,
    MoededeltagerFactory,
    PunktdeltagerFactory,
    SagspakkeFactory,
    SagspakkeudgaveFactory,
    SamtykkeFactory,
    SparringsbookingFactory,
)

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


@pytest.fixture(autouse=True)
def tirsdag(time_machine):
    time_machine.move_to("2026-11-24 08:00:00+01:00", tick=True)


@pytest.fixture
def koordinator():
    return BrugerFactory(roller=[Rolle.MOEDEKOORDINATOR])


@pytest.fixture
def punkt():
    """A case on the agenda of a meeting in two weeks."""
    return DagsordenspunktFactory(
        moede__dato=i_dag() + timedelta(days=14), sag__borger__fornavn="Kim"
    )


def medlem(punkt, rolle=Rolle.TEAMMEDLEM, **felter):
    if rolle == Rolle.SUNDHEDSKOORDINATOR:
        felter.setdefault("organisation", Organisation.REGION)
    bruger = BrugerFactory(roller=[rolle], **felter)
    return MoededeltagerFactory(moede=punkt.moede, bruger=bruger).bruger


def samtykke_til_regionen(punkt, **felter):
    return SamtykkeFactory(
        borger=punkt.sag.borger,
        modtager=Samtykke.Modtager.REGION,
        informationstyper=[Informationstype.FORBEREDENDE_DEL, Informationstype.HELBRED],
        **felter,
    )


def ser(bruger, dato=None):
    return Sag.objects.synlige_for(bruger, dato).exists()


def test_members_read_the_case_from_publication_until_days_after_the_meeting(punkt, koordinator):
    bruger = medlem(punkt)
    assert not ser(bruger)

    pakke = sagspakke.udgiv(punkt, af=koordinator)

    sidste = punkt.moede.dato + punkt.sag.regelsaet.sagspakke_adgang_dage * DAG
    assert ser(bruger)
    assert ser(bruger, sidste)
    assert not ser(bruger, sidste + DAG)
    assert Haendelse.objects.filter(kode="sagspakke.udgivet", objekt_id=pakke.pk).count() == 1


def test_publishing_twice_gives_one_package_one_notice_and_one_assignment(punkt, koordinator):
    bruger = medlem(punkt)

    assert sagspakke.udgiv(punkt, af=koordinator) == sagspakke.udgiv(punkt, af=koordinator)

    assert Besked.objects.filter(modtager=bruger).count() == 1
    assert punkt.sag.tildelinger.filter(bruger=bruger).count() == 1


def test_notice_names_neither_the_citizen_nor_the_case(punkt, koordinator):
    medlem(punkt)
    sagspakke.udgiv(punkt, af=koordinator)

    besked = Besked.objects.get()
    assert "Kim" not in besked.tekst + besked.emne + besked.sti
    assert punkt.sag.sagsnummer not in besked.tekst + besked.emne + besked.sti


def test_changed_case_is_published_again_as_the_next_edition(punkt, koordinator):
    bruger = medlem(punkt)
    foerste = sagspakke.udgiv(punkt, af=koordinator)
    DokumentFactory(sag=punkt.sag, art="helbred")

    assert aendringer([foerste])[foerste.pk] == ["der er andre dokumenter i pakken"]
    anden = sagspakke.udgiv(punkt, af=koordinator)

    foerste.refresh_from_db()
    assert (anden.nr, foerste.trukket_den is None) == (2, False)
    assert ser(bruger)
    assert Besked.objects.filter(modtager=bruger, tekst__contains="udgivet igen").count() == 1


def test_each_kind_of_news_is_told(punkt, koordinator):
    pakke = sagspakke.udgiv(punkt, af=koordinator)
    LaegeattestFactory(sag=punkt.sag, modtaget=True)
    SparringsbookingFactory(
        sag=punkt.sag,
        svar="Ja",
        er_afklaret=True,
        besvaret_af=koordinator,
        besvaret_den=timezone.now(),
    )

    assert aendringer([pakke])[pakke.pk] == [
        "der er kommet en lægeattest",
        "sundhedskoordinatoren har svaret",
    ]


def test_taken_back_nobody_reads_the_case(punkt, koordinator):
    bruger = medlem(punkt)
    sagspakke.udgiv(punkt, af=koordinator)

    sagspakke.traek(punkt, af=koordinator)

    assert not ser(bruger)
    with pytest.raises(ValidationError, match="ikke udgivet"):
        sagspakke.traek(punkt, af=koordinator)
    assert sagspakke.udgiv(punkt, af=koordinator).nr == 2
    assert ser(bruger)


def test_taken_off_the_agenda_the_package_is_taken_back_too(punkt, koordinator):
    bruger = medlem(punkt)
    pakke = sagspakke.udgiv(punkt, af=koordinator)

    moeder.tag_af(punkt, af=koordinator)

    pakke.refresh_from_db()
    assert pakke.trukket_den is not None
    assert not ser(bruger)


def test_new_member_gets_the_published_cases_only(punkt, koordinator):
    sagspakke.udgiv(punkt, af=koordinator)
    DagsordenspunktFactory(moede=punkt.moede)
    ny = BrugerFactory(roller=[Rolle.TEAMMEDLEM])

    moeder.tilfoej_deltager(punkt.moede, moeder.Medlem(ny, "social"), af=koordinator)

    assert [sag.pk for sag in Sag.objects.synlige_for(ny)] == [punkt.sag_id]


def test_professional_of_this_case_reads_it_like_a_member(punkt, koordinator):
    fagperson = PunktdeltagerFactory(
        punkt=punkt,
        art="fagperson",
        bruger=BrugerFactory(roller=[Rolle.FAMILIEAFDELING]),
        fagomraade="familie",
    ).bruger

    sagspakke.udgiv(punkt, af=koordinator)

    assert ser(fagperson)


def test_inhabil_and_absent_members_get_nothing(punkt, koordinator):
    inhabil, fravaerende = medlem(punkt), medlem(punkt)
    InhabilitetFactory(borger=punkt.sag.borger, bruger=inhabil)
    punkt.moede.deltagere.filter(bruger=fravaerende).update(afbud_den=timezone.now())

    sagspakke.udgiv(punkt, af=koordinator)

    assert not punkt.sag.tildelinger.filter(bruger__in=[inhabil, fravaerende]).exists()


def test_region_reads_the_case_only_while_the_citizen_agrees(punkt, koordinator):
    regionens = medlem(punkt, Rolle.SUNDHEDSKOORDINATOR)
    sagspakke.udgiv(punkt, af=koordinator)
    assert not ser(regionens)
    (raekke,) = status.for_punkter([punkt], koordinator, planlaegger=True)
    assert [en.kan_ikke for en in raekke.udelukkede] == ["mangler borgerens samtykke til regionen"]

    samtykke = samtykke_til_regionen(punkt, til_dato=i_dag() + 20 * DAG)
    (raekke,) = status.for_punkter([punkt], koordinator, planlaegger=True)
    assert raekke.mangler_adgang
    sagspakke.udgiv(punkt, af=koordinator)
    assert ser(regionens, i_dag() + 20 * DAG)
    assert not ser(regionens, i_dag() + 21 * DAG)

    traek_samtykke(samtykke, sag=punkt.sag, af=koordinator)
    assert not ser(regionens)


def test_access_follows_a_moved_meeting(punkt, koordinator):
    bruger = medlem(punkt)
    sagspakke.udgiv(punkt, af=koordinator)
    punkt.moede.dato += 7 * DAG
    punkt.moede.save()

    moeder.aendring.adgang_til_moede.foelg_moedet(punkt.moede, af=koordinator)

    (tildeling,) = punkt.sag.tildelinger.filter(bruger=bruger)
    assert tildeling.til_dato == punkt.moede.dato + 14 * DAG


@pytest.mark.parametrize(
    ("felter", "hvorfor"),
    [
        ({"taget_af_den": timezone.now}, "taget af dagsordenen"),
        ({"behandlet_den": timezone.now}, "behandlet"),
    ],
)
def test_package_of_a_case_that_is_not_to_come_is_refused(punkt, koordinator, felter, hvorfor):
    type(punkt).objects.filter(pk=punkt.pk).update(**{k: v() for k, v in felter.items()})

    with pytest.raises(ValidationError, match=hvorfor):
        sagspakke.udgiv(punkt, af=koordinator)
    assert not Sagspakke.objects.exists()


def test_whole_meeting_is_sent_at_once_and_again_only_what_changed(punkt, koordinator):
    andet = DagsordenspunktFactory(moede=punkt.moede)
    assert sagspakke.udgiv_moedets(punkt.moede, af=koordinator) == 2
    assert sagspakke.udgiv_moedets(punkt.moede, af=koordinator) == 0
    DokumentFactory(sag=andet.sag, art="helbred")

    assert sagspakke.udgiv_moedets(punkt.moede, af=koordinator) == 1


def test_health_comes_along_until_somebody_chooses(punkt, koordinator):
    helbred = DokumentFactory(sag=punkt.sag, art="helbred")
    tilbud = DokumentFactory(sag=punkt.sag, art="andet", titel="Fra tilbuddet")
    DokumentFactory(sag=punkt.sag, art="samtykke")
    DokumentFactory(sag=punkt.sag, art="andet", er_dannet=True)

    assert sagspakke.udgiv(punkt, af=koordinator).dokumenter == [helbred.pk]
    sagspakke.vaelg_dokumenter(punkt, [tilbud.pk], vist=[helbred.pk], af=koordinator)
    assert sagspakke.udgiv(punkt, af=koordinator).dokumenter == [tilbud.pk]


def test_choice_on_an_old_page_and_of_another_cases_document_are_refused(punkt, koordinator):
    helbred = DokumentFactory(sag=punkt.sag, art="helbred")
    fremmed = DokumentFactory(art="helbred")

    with pytest.raises(ValidationError, match="En anden har ændret"):
        sagspakke.vaelg_dokumenter(punkt, [], vist=[], af=koordinator)
    with pytest.raises(ValidationError, match="kan ikke tages med"):
        sagspakke.vaelg_dokumenter(punkt, [fremmed.pk], vist=[helbred.pk], af=koordinator)


def tekst(indhold):
    return " ".join(" ".join(s.extract_text() for s in PdfReader(BytesIO(indhold)).pages).split())


@pytest.fixture
def skrevet(punkt):
    """A case with text in a health section and in one about work."""
    del_ = punkt.sag.forberedende_dele.first() or ForberedendeDelFactory(sag=punkt.sag)
    for kode, ord_ in (("helbred", "Ondt i ryggen"), ("erfaring_ressourcer", "Ti år i køkken")):
        del_.afsnit.update_or_create(kode=kode, defaults={"egne_ord": ord_})
    punkt.sag.borger.adresse = "Skjulevej 7"
    punkt.sag.borger.adressebeskyttet_fra = i_dag()
    Bisidder.objects.create(borger=punkt.sag.borger, navn="Bo", fra_dato=i_dag())
    return punkt


def test_editions_hold_what_each_reader_may_read(skrevet):
    nu = timezone.now()
    dokument = DokumentFactory(sag=skrevet.sag, art="helbred", titel="Epikrise")
    fuld, uden, uddannelse = (
        tekst(pakker.dan(skrevet, [dokument.pk], udgave, nu)) for udgave in pakker.Udgave.values
    )

    assert "Ondt i ryggen" in fuld
    assert "Epikrise" in fuld
    assert "Borgerens samtykker" in fuld
    for begraenset in (uden, uddannelse):
        assert "Ti år i køkken" in begraenset
        for skjult in ("Ondt i ryggen", "Epikrise", "LÆ 265", "samtykker"):
            assert skjult not in begraenset
    assert "Skjulevej" not in fuld + uden + uddannelse


@pytest.mark.parametrize(
    ("rolle", "udgave"),
    [
        (Rolle.TEAMMEDLEM, "fuld"),
        (Rolle.SUNDHEDSKOORDINATOR, "fuld"),
        (Rolle.VIRKSOMHEDSKONSULENT, "uden_helbred"),
        (Rolle.UDDANNELSESVEJLEDER, "uddannelse"),
    ],
)
def test_edition_follows_the_role(rolle, udgave):
    assert pakker.udgave_for(BrugerFactory(roller=[rolle])) == udgave


def test_job_makes_each_edition_once(punkt, koordinator, monkeypatch):
    lavet = []
    monkeypatch.setattr(udgivne, "dan", lambda *a: lavet.append(a[2]) or b"%PDF-1.7")
    monkeypatch.setattr(udgivne.samlefil, "antal_sider", lambda indhold: 3)
    pakke = sagspakke.udgiv(punkt, af=koordinator)

    assert (udgivne.dan_alle(pakke.pk), udgivne.dan_alle(pakke.pk)) == (3, 0)

    assert lavet == ["fuld", "uden_helbred", "uddannelse"]
    assert set(pakke.udgaver.values_list("sider", flat=True)) == {3}


def test_reading_is_told_from_the_log_and_counts_from_publication(punkt, koordinator):
    laeser, anden = medlem(punkt, navn="Ada"), medlem(punkt, navn="Bo")
    sagspakke.udgiv(punkt, af=koordinator)
    Opslag.objects.create(
        bruger=laeser, organisation="kommune", handling="udskriv", objekt="sagspakke",
        sag_id=punkt.sag_id,
    )  # fmt: skip

    (raekke,) = status.for_moede(punkt.moede, koordinator, planlaegger=True)
    assert (raekke.antal_laest, len(raekke.kan_laese), raekke.ulaeste) == (1, 2, ["Bo"])
    sagspakke.traek(punkt, af=koordinator)
    sagspakke.udgiv(punkt, af=koordinator)
    (raekke,) = status.for_moede(punkt.moede, anden, planlaegger=False)
    assert raekke.ulaeste == ["Ada", "Bo"]


def test_late_package_is_marked_from_the_day_after_the_last(punkt, koordinator, time_machine):
    (raekke,) = status.for_moede(punkt.moede, koordinator, planlaegger=True)
    assert (raekke.senest, raekke.er_for_sent) == (punkt.moede.dato - 8 * DAG, False)

    time_machine.move_to("2026-12-01 08:00:00+01:00")

    (raekke,) = status.for_moede(punkt.moede, koordinator, planlaegger=True)
    assert raekke.er_for_sent


def test_inhabil_planner_is_not_told_whose_case_it_is(punkt, koordinator):
    InhabilitetFactory(borger=punkt.sag.borger, bruger=koordinator)

    (raekke,) = status.for_moede(punkt.moede, koordinator, planlaegger=True)

    assert not raekke.maa_ses


def test_two_packages_cannot_be_in_force_for_one_item(punkt):
    pakke = SagspakkeFactory(punkt=punkt)

    for felter in ({"nr": 2}, {"nr": 1, "trukket_den": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SagspakkeFactory(punkt=punkt, **felter)
    SagspakkeudgaveFactory(pakke=pakke)
    with pytest.raises(IntegrityError), transaction.atomic():
        SagspakkeudgaveFactory(pakke=pakke)
    assert Sagspakkeudgave.objects.count() == 1


def test_access_from_an_earlier_meeting_stays(punkt, koordinator):
    bruger = medlem(punkt)
    tidligere = Tildeling.objects.create(
        sag=punkt.sag,
        bruger=bruger,
        art=Tildeling.Art.TEAMMOEDE,
        fra_dato=i_dag() - 5 * DAG,
        til_dato=i_dag() + 9 * DAG,
    )
    sagspakke.udgiv(punkt, af=koordinator)

    sagspakke.traek(punkt, af=koordinator)

    assert list(punkt.sag.tildelinger.filter(bruger=bruger)) == [tidligere]


def test_pdfs_are_deleted_by_the_retention_rule_counted_from_the_meeting(punkt, koordinator):
    grunddata.indlaes()
    udgave = SagspakkeudgaveFactory(pakke=SagspakkeFactory(punkt=punkt))
    til = punkt.moede.dato + 30 * DAG

    assert (sletning.proev(til).sagspakker, sletning.koer(til).sagspakker) == (1, 1)

    assert Sagspakke.objects.filter(pk=udgave.pakke_id).exists()
    assert not Sagspakkeudgave.objects.exists()


def test_rule_keeps_the_pdfs_until_its_day(punkt):
    grunddata.indlaes()
    SagspakkeudgaveFactory(pakke=SagspakkeFactory(punkt=punkt))

    assert sletning.koer(punkt.moede.dato + 29 * DAG).sagspakker == 0
