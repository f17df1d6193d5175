"""The database's own rules for bookings and the waiting list, each broken once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from rehabilitering.models import Sparringsbooking, Sparringsdeltager, Sparringstilbud, Venteplads
from ressource.kalender import i_dag
from tests.factories import BrugerFactory, SagFactory, SparringsbookingFactory, SparringstidFactory

pytestmark = pytest.mark.django_db


def plads(**felter):
    standard = {"fra_dato": i_dag(), "til_dato": i_dag(), "sagsbehandler": BrugerFactory()}
    return Venteplads.objects.create(**({"sag": SagFactory()} | standard | felter))


def tilbud(**felter):
    nu = timezone.now()
    standard = {"tilbudt_den": nu, "udloeber_den": nu + timedelta(hours=1)}
    if "tid" not in felter:
        standard["tid"] = SparringstidFactory()
    if "venteplads" not in felter:
        standard["venteplads"] = plads()
    return Sparringstilbud.objects.create(**(standard | felter))


def afvist(regel, skriv):
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        skriv()


def test_a_place_in_line():
    nu = timezone.now()
    afvist("venteplads_slut_efter_start", lambda: plads(til_dato=i_dag() - timedelta(days=1)))
    afvist("venteplads_afslutning_hel", lambda: plads(afsluttet_den=nu))
    foerste = plads()
    afvist("venteplads_en_pr_sag", lambda: plads(sag=foerste.sag))


def test_an_offer():
    nu = timezone.now()
    et = tilbud()
    afvist("sparringstilbud_en_holder_tiden", lambda: tilbud(tid=et.tid))
    afvist("sparringstilbud_et_ad_gangen", lambda: tilbud(venteplads=et.venteplads))
    afvist("sparringstilbud_frist", lambda: tilbud(udloeber_den=nu - timedelta(days=1)))
    afvist("sparringstilbud_svar_helt", lambda: tilbud(svar="taget", besvaret_den=nu))
    Sparringstilbud.objects.update(svar="afslaaet", besvaret_den=nu)
    afvist("sparringstilbud_en_gang_pr_plads", lambda: tilbud(tid=et.tid, venteplads=et.venteplads))


def test_a_booking():
    nu = timezone.now()
    booking = SparringsbookingFactory()
    bookinger = Sparringsbooking.objects.filter(pk=booking.pk)
    afvist("sparringsbooking_en_pr_tid", lambda: SparringsbookingFactory(tid=booking.tid))
    afvist("sparringsbooking_aflysning_hel", lambda: bookinger.update(aflyst_den=nu))
    afvist("sparringsbooking_udeblivelse_hel", lambda: bookinger.update(udeblevet="borger"))
    afvist(
        "sparringsbooking_fagperson_en_anden",
        lambda: bookinger.update(fagperson=booking.sagsbehandler),
    )


def test_who_is_where_follows_the_booking_and_its_slot():
    booking = SparringsbookingFactory(med_borger=True)
    deltagere = Sparringsdeltager.objects.filter(booking=booking)
    senere = timedelta(hours=3)
    booking.tid.start += senere
    booking.tid.slut += senere
    booking.tid.save()

    assert set(deltagere.values_list("start", flat=True)) == {booking.tid.start}
    assert deltagere.count() == 3

    Sparringsbooking.objects.update(med_borger=False)
    assert deltagere.count() == 2
    Sparringsbooking.objects.update(
        aflyst_den=timezone.now(), aflyst_af=booking.booket_af, aflysning="aflyst"
    )
    assert deltagere.count() == 0


def test_nobody_is_in_two_places():
    booking = SparringsbookingFactory(med_borger=True)

    def samtidig(**felter):
        return SparringsbookingFactory(tid=SparringstidFactory(start=booking.tid.start), **felter)

    afvist("sparringsdeltager_bruger_et_sted", lambda: samtidig(booket_af=booking.booket_af))
    afvist("sparringsdeltager_bruger_et_sted", lambda: samtidig(fagperson=booking.booket_af))
    afvist("sparringsdeltager_sag_et_sted", lambda: samtidig(sag=booking.sag, med_borger=True))
    samtidig(sag=booking.sag)


@pytest.mark.parametrize(
    ("regel", "vaerdier"),
    [
        ("sparringsdeltager_en_af_hver", "'sagsbehandler', bruger_id, NULL"),
        ("sparringsdeltager_hvem", "'borger', bruger_id, NULL"),
    ],
)
def test_a_row_written_by_hand(regel, vaerdier):
    booking = SparringsbookingFactory()

    def skriv():
        with connection.cursor() as markoer:
            markoer.execute(
                "INSERT INTO rehabilitering_sparringsdeltager"
                " (booking_id, art, bruger_id, sag_id, start, slut)"
                f" SELECT booking_id, {vaerdier}, start + '1 day', slut + '1 day'"
                "   FROM rehabilitering_sparringsdeltager"
                "  WHERE booking_id = %s AND art = 'sagsbehandler'",
                [booking.pk],
            )

    afvist(regel, skriv)
