"""The walk of one case, with JavaScript and without: every step of the course, on real parts."""

from datetime import date

import pytest
import time_machine
from django.core.management import call_command

from borgere.models import Fase, Sag
from indsatsplan.models import Ressourceforloeb
from opfoelgning.models import Frist
from tests.browser import gang as trin
from tests.browser.conftest import log_ind
from tests.factories import BrugerFactory, LaegepraksisFactory, TeamFactory, klokken

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROLLER = (
    "sagsbehandler",
    "koordinerende",
    "faglig_konsulent",
    "moedekoordinator",
    "sundhedskoordinator",
    "moedeleder",
    "teammedlem",
    "mentor",
)


@pytest.mark.parametrize("javascript", [True, False], ids=["med", "uden"])
def test_one_case_walks_from_screening_to_closing(ny_side, live_server, javascript):
    with time_machine.travel(klokken(date(2026, 11, 3), 9)) as ur:
        team = TeamFactory(navn="Team Nord")
        LaegepraksisFactory(navn="Lægehuset Torvet")
        folk = {
            rolle: BrugerFactory(
                brugernavn=rolle, navn=f"{rolle.capitalize()} Holm", team=team, roller=[rolle]
            )
            for rolle in ROLLER
        }
        sider = {
            rolle: ny_side(bruger, javascript=javascript)
            for rolle, bruger in folk.items()
            if rolle not in {"teammedlem", "mentor"}
        }

        def rejs(dato: date) -> None:
            """A later day: everyone signs in again."""
            ur.move_to(klokken(dato, 9))
            for rolle, side in sider.items():
                log_ind(side, folk[rolle], live_server.url)

        # axe needs JavaScript in the page; one of the two walks looks at every screen.
        gang = trin.Gang(sider, axe=javascript)
        trin.registrer_sag(gang)
        trin.screen(gang)
        trin.skriv_forberedende_del(gang)
        trin.faa_laegeattest(gang)
        trin.giv_samtykke(gang)
        trin.faa_sparring(gang)
        rejs(date(2026, 11, 9))
        trin.kvalitetssikr(gang)
        omraader = {
            "beskaeftigelse": folk["moedeleder"],
            "social": folk["teammedlem"],
            "sundhed": BrugerFactory(roller=["teammedlem"]),
            "region": folk["sundhedskoordinator"],
        }
        trin.saet_paa_moede(gang, omraader)
        rejs(date(2026, 11, 12))
        trin.indstil(gang)
        rejs(date(2026, 11, 13))
        trin.afgoer(gang)
        trin.tildel_koordinerende(gang, folk["koordinerende"], folk["mentor"])
        rejs(date(2026, 11, 17))
        trin.skriv_plan(gang)

        rejs(date(2026, 11, 20))
        call_command("frister")
        overskredet = Frist.objects.overskredne(date(2026, 11, 20)).get(flaget_den__isnull=False)
        assert overskredet.regel.kode == "FOERSTE_OPFOELGNING"
        trin.frist_er_overskredet(gang)
        trin.hold_opfoelgning(gang, date(2026, 11, 20), date(2026, 12, 4))
        trin.fristen_er_opfyldt(gang)
        rejs(date(2026, 11, 30))
        trin.afslut(gang)

    sag = Sag.objects.get()
    assert (sag.fase, sag.afslutningsaarsag) == (Fase.AFSLUTNING, "fleksjob_ansat")
    assert Ressourceforloeb.objects.get().afsluttet_dato == date(2026, 11, 30)
