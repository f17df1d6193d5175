"""A letter to a GP or a relative without a valid consent cannot leave by any path."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from borgere import deling, services
from borgere.deling import Modtager
from borgere.models import Forsendelse
from borgere.services.forsendelse import Afsendelse
from ressource.kalender import i_dag
from ressource.models import Haendelse, Opslag
from tests.borgere.delingsdata import (
    DAG,
    LAEGEN,
    UDEN_GRUNDLAG,
    en_sag,
    paaroerende,
    planen,
    samtykke,
)
from tests.factories import DokumentFactory, FuldmagtFactory, SagFactory

pytestmark = pytest.mark.django_db

# Session, user, document, case, look-up, circle, facts; consents, fuldmagter, network,
# the GP; reminders.
SENDESIDE = 12
# … ; count and page of dispatches.
LISTESIDE = 9


@pytest.fixture
def maja(som):
    return som("sagsbehandler")


@pytest.fixture
def sag(maja):
    return en_sag(ansvarlig=maja.bruger)


def send(dokument, modtager=LAEGEN, **felter):
    return services.send_dokument(dokument, modtager=modtager, kanal="brev", **felter, af=None)


def raekke(dokument, **felter):
    """The fields of a dispatch of the plan to the GP, as a hand at the database has them."""
    return {
        "sag": dokument.sag,
        "dokument": dokument,
        "informationstype": "plan",
        "modtager_art": "egen_laege",
        "modtager_navn": "Lægehuset",
        "kanal": "brev",
        "afsendt_dato": i_dag(),
    } | felter


# What each path does with a GP who may not have it


def ad_tjenesten(maja, dokument, aftale):
    send(dokument)


def ad_flere(maja, dokument, aftale):
    services.send_flere([Afsendelse(dokument, LAEGEN, "brev")], af=maja.bruger)


def ad_siden(maja, dokument, aftale):
    """A forged POST, or a page from before the consent ended: it offers no such choice now."""
    svar = maja.post(
        reverse("borgere:dokument_send", args=[dokument.pk]), {"modtagere": ["egen_laege"]}
    )
    assert svar.status_code == 422
    assert "egen læge får indsatsplan" in str(svar.context["form"].non_field_errors()) or (
        "gælder andre oplysninger" in str(svar.context["form"].non_field_errors())
    )
    assert Haendelse.objects.filter(kode="deling.afvist", sag_id=dokument.sag_id).count() == 1
    raise ValidationError("422")


def ad_create(maja, dokument, aftale):
    Forsendelse.objects.create(**raekke(dokument, samtykke=aftale))


def ad_bulk_create(maja, dokument, aftale):
    Forsendelse.objects.bulk_create([Forsendelse(**raekke(dokument, samtykke=aftale))])


def ad_sql(maja, dokument, aftale):
    with connection.cursor() as markoer:
        markoer.execute(
            "INSERT INTO borgere_forsendelse (sag_id, dokument_id, informationstype, modtager_art,"
            " modtager_navn, samtykke_id, kanal, afsendt_dato, oprettet_den)"
            " VALUES (%s, %s, 'plan', 'egen_laege', 'Lægehuset', %s, 'brev', %s, now())",
            [dokument.sag_id, dokument.pk, aftale.pk if aftale else None, i_dag()],
        )


@pytest.mark.parametrize("tilstand", UDEN_GRUNDLAG)
@pytest.mark.parametrize(
    "vej", [ad_tjenesten, ad_flere, ad_siden, ad_create, ad_bulk_create, ad_sql]
)
def test_nothing_leaves_without_a_consent_that_holds(maja, sag, vej, tilstand):
    aftale = UDEN_GRUNDLAG[tilstand](sag)

    with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
        vej(maja, planen(sag), aftale)

    assert not Forsendelse.objects.exists()


def test_nothing_leaves_to_a_relative_on_another_ones_consent(sag):
    laila, _ = paaroerende(sag, navn="Laila")
    farid, til_farid = paaroerende(sag, navn="Farid")
    aftale = samtykke(sag, "netvaerk", netvaerksperson=laila)
    plan = planen(sag)

    with pytest.raises(ValidationError, match="at Farid får"):
        send(plan, til_farid)
    felter = {"modtager_art": "netvaerk", "samtykke": aftale, "netvaerksperson": farid}
    with (
        pytest.raises(IntegrityError, match="ikke et samtykke eller en fuldmagt"),
        transaction.atomic(),
    ):
        Forsendelse.objects.create(**raekke(plan, **felter))


def test_a_health_document_does_not_go_as_something_else(sag):
    aftale = samtykke(sag)
    attest = DokumentFactory(sag=sag, art="laegeattest")

    with pytest.raises(ValidationError, match="andre oplysninger"):
        send(attest, indhold="plan")
    with pytest.raises(IntegrityError, match="hører ikke til sagen"), transaction.atomic():
        Forsendelse.objects.create(**raekke(attest, samtykke=aftale))


def test_another_citizens_document_does_not_go_on_this_ones_consent(sag):
    fremmed = raekke(planen(SagFactory()), sag=sag, samtykke=samtykke(sag))

    with pytest.raises(IntegrityError, match="hører ikke til sagen"), transaction.atomic():
        Forsendelse.objects.create(**fremmed)


def test_fuldmagt_names_who_gets_it(sag):
    fuldmagt = FuldmagtFactory(borger=sag.borger, navn="Advokat Holm")
    felter = {"modtager_art": "partsrepraesentant", "fuldmagt": fuldmagt}

    with (
        pytest.raises(IntegrityError, match="ikke et samtykke eller en fuldmagt"),
        transaction.atomic(),
    ):
        Forsendelse.objects.create(**raekke(planen(sag), **felter))
    sendt = send(planen(sag), Modtager("partsrepraesentant", "Advokat Holm"))
    assert (sendt.modtager_navn, sendt.fuldmagt, sendt.samtykke) == ("Advokat Holm", fuldmagt, None)


# What may go


def test_dispatch_says_what_it_rests_on_and_leaves_one_event(sag):
    aftale = samtykke(sag)

    sendt = send(planen(sag))

    assert (sendt.samtykke, sendt.modtager_navn) == (aftale, str(sag.borger.laegepraksis))
    assert list(Haendelse.objects.values_list("kode", flat=True)) == ["forsendelse.sendt"]


def test_same_document_goes_to_the_same_recipient_once_a_day(sag):
    samtykke(sag)
    plan = planen(sag)
    send(plan)

    with pytest.raises(ValidationError, match="allerede sendt til modtageren i dag"):
        send(plan)
    with pytest.raises(IntegrityError, match="en_gang_om_dagen"), transaction.atomic():
        Forsendelse.objects.create(
            **raekke(
                plan,
                samtykke=samtykke(sag, til_dato=i_dag()),
                modtager_navn=str(sag.borger.laegepraksis),
            )
        )


def test_several_go_all_or_none_and_every_reason_is_said(maja, sag):
    samtykke(sag)
    plan = planen(sag)
    _, til_laila = paaroerende(sag, navn="Laila")
    valgte = [
        Afsendelse(plan, modtager, "brev") for modtager in (LAEGEN, Modtager("region"), til_laila)
    ]

    with pytest.raises(ValidationError) as fejl:
        services.send_flere(valgte, af=maja.bruger)

    assert len(fejl.value.messages) == 2
    assert not Forsendelse.objects.exists()
    assert Haendelse.objects.filter(kode="deling.afvist").count() == 2
    assert Haendelse.objects.filter(kode="forsendelse.sendt").count() == 0
    assert len(services.send_flere(valgte[:1], af=maja.bruger)) == 1


@pytest.mark.parametrize(
    ("valg", "besked"),
    [
        (lambda sag: [], "mindst én modtager"),
        (
            lambda sag: [Afsendelse(planen(s), LAEGEN, "brev") for s in (sag, SagFactory())],
            "samme sag",
        ),
    ],
)
def test_several_need_to_be_something_of_one_case(maja, sag, valg, besked):
    with pytest.raises(ValidationError, match=besked):
        services.send_flere(valg(sag), af=maja.bruger)


def test_document_of_no_kind_goes_only_as_what_the_sender_says(sag):
    samtykke(sag)
    andet = DokumentFactory(sag=sag, art="andet")

    for indhold in ("", "vrøvl"):
        with pytest.raises(ValidationError, match="Vælg, hvad dokumentet indeholder"):
            send(andet, indhold=indhold)
    assert send(andet, indhold="plan").informationstype == "plan"


def test_gp_nobody_knows_and_post_the_citizen_cannot_read_are_refused(sag):
    samtykke(sag)
    sag.borger.laegepraksis = None
    sag.borger.er_fritaget_digital_post = True
    sag.borger.save()

    with pytest.raises(ValidationError, match="ingen praktiserende læge"):
        send(planen(sag))
    with pytest.raises(ValidationError, match="fritaget for Digital Post"):
        services.send_dokument(
            planen(sag), modtager=Modtager(deling.PART), kanal="digital_post", af=None
        )


def test_dispatch_is_not_changed_or_removed_but_for_the_day_it_arrived(maja, sag):
    samtykke(sag)
    sendt = send(planen(sag))
    egne = Forsendelse.objects.filter(pk=sendt.pk)

    with pytest.raises(ProgrammingError), transaction.atomic():
        egne.update(modtager_navn="En anden")
    with pytest.raises(ProgrammingError), transaction.atomic():
        egne.delete()
    with pytest.raises(ValidationError, match="fremtiden"):
        services.registrer_modtaget(sendt, dato=i_dag() + DAG, af=maja.bruger)
    with pytest.raises(ValidationError, match="før det er sendt"):
        services.registrer_modtaget(sendt, dato=i_dag() - DAG, af=maja.bruger)
    services.registrer_modtaget(sendt, dato=i_dag(), af=maja.bruger)
    with pytest.raises(ValidationError, match="allerede registreret"):
        services.registrer_modtaget(sendt, dato=i_dag(), af=maja.bruger)
    assert egne.get().modtaget_dato == i_dag()


# The pages


def test_send_page_offers_only_those_who_may_and_says_why_not(maja, sag):
    samtykke(sag)
    paaroerende(sag, navn="Laila")
    plan = planen(sag)

    svar = maja.get(reverse("borgere:dokument_send", args=[plan.pk]))

    html = svar.content.decode()
    tilbudt = [linje["mulighed"].noegle for linje in svar.context["linjer"] if linje["kanal"]]
    assert tilbudt == ["part", "egen_laege"]
    assert "Borgeren har ikke givet samtykke til, at Laila får indsatsplan" in html
    assert f"/sager/{sag.pk}/samtykker/ny/?modtager=netvaerk" in html
    assert 'value="region"' not in html
    assert list(Opslag.objects.values_list("handling", "objekt")) == [("se", "send_dokument")]


def test_document_is_sent_from_its_page_to_those_chosen(maja, sag):
    samtykke(sag)
    plan = planen(sag)
    adresse = reverse("borgere:dokument_send", args=[plan.pk])

    svar = maja.post(
        adresse, {"modtagere": ["part", "egen_laege"], "kanal_part": "udleveret"}, follow=True
    )

    assert set(Forsendelse.objects.values_list("modtager_art", "kanal")) == {
        ("part", "udleveret"),
        ("egen_laege", "sikker_mail"),
    }
    assert str(sag.borger.laegepraksis) in svar.content.decode()
    igen = maja.post(adresse, {"modtagere": ["part"]})
    assert igen.status_code == 422
    assert "allerede sendt" in igen.content.decode()
    assert maja.post(adresse, {}).status_code == 422


def test_replaced_edition_does_not_leave_and_leads_to_the_newest(maja, sag):
    gammel = planen(sag)
    ny = DokumentFactory(sag=sag, art="plan", titel="Planen, rettet", erstatter=gammel)
    adresse = reverse("borgere:dokument_send", args=[gammel.pk])

    html = maja.get(adresse).content.decode()
    assert "Send «Planen, rettet» i stedet" in html
    assert reverse("borgere:dokument_send", args=[ny.pk]) in html
    assert "Registrér som sendt" not in html
    forfalsket = maja.post(adresse, {"modtagere": ["part"]})
    assert forfalsket.status_code == 422
    assert "erstattet af en nyere udgave" in forfalsket.content.decode()
    with pytest.raises(ValidationError, match="erstattet af en nyere udgave"):
        services.send_flere([Afsendelse(gammel, deling.Modtager("part"), "brev")], af=None)
    liste = maja.get(reverse("borgere:dokumenter", args=[sag.pk]), {"vis": "alle"})
    assert adresse not in liste.content.decode()
    assert not Forsendelse.objects.exists()


def test_recipients_of_another_citizen_are_no_choice(maja, sag):
    fremmed = SagFactory()
    person, _ = paaroerende(fremmed)
    fuldmagt = FuldmagtFactory(borger=fremmed.borger)
    samtykke(fremmed, "netvaerk", netvaerksperson=person)
    adresse = reverse("borgere:dokument_send", args=[planen(sag).pk])

    for noegle in (f"person-{person.pk}", f"fuldmagt-{fuldmagt.pk}"):
        svar = maja.post(adresse, {"modtagere": [noegle]})
        assert svar.status_code == 422
        assert "Modtageren må ikke få dokumentet" in svar.content.decode()
    assert not Forsendelse.objects.exists()


def test_representative_is_chosen_before_the_citizen_who_may_have_a_copy(maja, sag):
    fuldmagt = FuldmagtFactory(borger=sag.borger, navn="Advokat Holm")

    svar = maja.get(reverse("borgere:dokument_send", args=[planen(sag).pk]))

    assert svar.context["form"]["modtagere"].value() == [f"fuldmagt-{fuldmagt.pk}"]
    assert "Som kopi. Brevet går til Advokat Holm." in svar.content.decode()


@pytest.mark.parametrize(("fritaget", "kanal"), [(True, "brev"), (False, "digital_post")])
def test_channel_is_suggested_by_what_the_citizen_can_read(maja, sag, fritaget, kanal):
    sag.borger.er_fritaget_digital_post = fritaget
    sag.borger.save()

    svar = maja.get(reverse("borgere:dokument_send", args=[planen(sag).pk]))

    assert svar.context["form"]["kanal_part"].value() == kanal


def test_document_of_no_kind_asks_what_it_holds_first(maja, sag):
    adresse = reverse("borgere:dokument_send", args=[DokumentFactory(sag=sag, art="andet").pk])

    for spoerg in (adresse, f"{adresse}?indhold=vrøvl"):
        svar = maja.get(spoerg)
        assert "Vis modtagere" in svar.content.decode()
        assert "Registrér som sendt" not in svar.content.decode()
    assert "Registrér som sendt" in maja.get(f"{adresse}?indhold=moeder").content.decode()
    assert maja.post(adresse, {"modtagere": ["part"]}).status_code == 422


def test_protected_address_is_nowhere_on_the_pages_about_others(maja):
    hemmelig = {"adresse": "Hemmelig vej 1", "telefon": "10203040", "by": "Skjulby"}
    sag = en_sag(
        ansvarlig=maja.bruger,
        borger__er_adressebeskyttet=True,
        **{f"borger__{felt}": vaerdi for felt, vaerdi in hemmelig.items()},
    )
    paaroerende(sag)
    FuldmagtFactory(borger=sag.borger)
    samtykke(sag)
    send(planen(sag))

    sider = [
        reverse(f"borgere:{navn}", args=[sag.pk])
        for navn in ("netvaerk", "samtykker", "repraesentation", "forsendelser", "bisidder_ny")
    ]
    for adresse in [*sider, reverse("borgere:dokument_send", args=[planen(sag).pk])]:
        html = maja.get(adresse).content.decode()
        assert not [ord_ for ord_ in hemmelig.values() if ord_ in html], adresse


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_pages_cost_the_same_however_much_there_is(maja, sag, antal, django_assert_num_queries):
    plan = planen(sag)
    for nr in range(antal):
        person, til = paaroerende(sag)
        samtykke(sag, "netvaerk", netvaerksperson=person)
        samtykke(sag, "virksomhed", modtager_navn=f"Bager {nr}")
        send(plan, til)
    # What is looked up once per process.
    maja.get(reverse("borgere:forsendelser", args=[sag.pk]))

    with django_assert_num_queries(SENDESIDE):
        maja.get(reverse("borgere:dokument_send", args=[plan.pk]))
    with django_assert_num_queries(LISTESIDE):
        maja.get(reverse("borgere:forsendelser", args=[sag.pk]))


def test_arrival_is_registered_from_the_list(maja, sag):
    samtykke(sag)
    sendt = send(planen(sag))
    adresse = reverse("borgere:forsendelse_modtaget", args=[sendt.pk])

    assert maja.get(adresse).status_code == 200
    assert maja.post(adresse, {"modtaget_dato": "01.01.2020"}).status_code == 422
    svar = maja.post(adresse, {"modtaget_dato": i_dag().strftime("%d.%m.%Y")})

    assert svar.status_code == 302
    assert Forsendelse.objects.get().modtaget_dato == i_dag()
