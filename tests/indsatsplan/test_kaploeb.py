"""Several at once write in one plan: the case's lock lets them in one by one, and none stand in ring."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from indsatsplan import services
from indsatsplan.models import FaktiskTimetal, Indsatsplan, Indsatstrin
from indsatsplan.services.praktik import NyKontakt
from ressource.kalender import i_dag
from tests.factories import (
    BrugerFactory,
    IndsatsplanFactory,
    IndsatstrinFactory,
    MaalFactory,
    PraktikFactory,
)
from tests.traade import paa_een_gang, proev

RUNDER = 3


@pytest.mark.django_db(transaction=True)
def test_one_draft_opens_and_ranks_stay_whole_when_many_write_at_once():
    tina = BrugerFactory()
    praktik = PraktikFactory(indsats__i_gang=True, indsats__maal__rang=1)
    indsats, virksomhed = praktik.indsats, praktik.virksomhed
    forloeb, trin = indsats.forloeb, IndsatstrinFactory(indsats=indsats)
    IndsatsplanFactory(forloeb=forloeb, nr=1, godkendt=True)
    andet = MaalFactory(forloeb=forloeb, rang=2, art="job")
    dag = i_dag() - timedelta(days=3)

    for nr in range(RUNDER):
        ny = NyKontakt("kontakt", f"Ida {nr}", "")
        svar = paa_een_gang(
            [
                proev(services.gem_maal, forloeb, tekst=f"Mål {nr}", art="", rang=2, af=tina),
                proev(services.flyt_maal, andet, retning=1, af=tina),
                proev(services.gem_praktik, indsats, nye=[ny], af=tina),
                proev(services.opret_kontakt, virksomhed, {"navn": f"Bo {nr}"}, af=tina),
                proev(services.ret_virksomhed, virksomhed.pk, {"branche": f"Træ {nr}"}, af=tina),
                proev(services.gem_trin, indsats, raekke=trin, opgaver=f"Lager {nr}", af=tina),
                proev(
                    services.gem_timetal,
                    indsats,
                    fra_dato=dag + timedelta(days=nr),
                    timer_pr_uge=Decimal(nr + 1),
                    af=tina,
                ),
            ]
        )
        assert svar == ["ok"] * len(svar)

    assert list(Indsatsplan.objects.values_list("nr", flat=True).order_by("nr")) == [1, 2]
    assert list(forloeb.maal.values_list("rang", flat=True)) == [1, 2, 3, 4, 5]
    assert virksomhed.kontakter.filter(navn__startswith="Ida").count() == RUNDER


@pytest.mark.django_db
def test_step_changed_meanwhile_is_written_as_it_is_now_and_one_taken_out_not_at_all():
    tina, indsats = BrugerFactory(), PraktikFactory(indsats__i_gang=True).indsats
    trin = IndsatstrinFactory(indsats=indsats, dage_pr_uge=1, timer_pr_dag=2)
    vist = Indsatstrin.objects.get(pk=trin.pk)

    services.gem_trin(indsats, raekke=trin, timer_pr_dag=Decimal(3), af=tina)
    services.som_planlagt(vist, af=tina)
    services.fjern_trin(trin, af=tina)
    with pytest.raises(ValidationError, match="taget ud imens"):
        services.som_planlagt(vist, af=tina)

    assert FaktiskTimetal.objects.get().timer_pr_uge == 3
