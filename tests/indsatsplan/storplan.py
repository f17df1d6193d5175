"""A plan of five years with sixty efforts: what the longest forløb may look like."""

from datetime import date, timedelta

from django.utils import timezone

from indsatsplan.models import Delmaal, Fritagelse, Indsats, Indsatspause
from rehabilitering.models import Indsatstype
from tests.factories import MaalFactory, OpfoelgningsmoedeFactory, klokken

START, I_DAG = date(2022, 3, 1), date(2025, 11, 25)
AAR = 5
NAVNE = (
    "Mentor",
    "Virksomhedspraktik i Egelund Byggecenter, lager og udbringning",
    "Psykolog",
    "Støtte i hjemmet to gange om ugen og ledsagelse til møder",
    "Kørekort",
    "Smertehåndtering på hold",
)


def fyld(forloeb, antal=60):
    """Give `forloeb` two goals, `antal` efforts spread over five years, milestones and marks."""
    maal = [MaalFactory(forloeb=forloeb, rang=rang) for rang in (1, 2)]
    typer = {t.omraade: t for t in Indsatstype.objects.order_by("-kode")}
    omraader = list(typer.values())
    indsatser = Indsats.objects.bulk_create(
        _indsats(forloeb, maal[nr % 2], omraader[nr % 3], nr) for nr in range(antal)
    )
    begyndte = [i for i in indsatser if i.faktisk_start and not i.faktisk_slut]
    Indsatspause.objects.bulk_create(
        Indsatspause(
            indsats=i, fra_dato=i.faktisk_start, til_dato=i.faktisk_start, begrundelse="Syg"
        )
        for i in begyndte
    )
    Delmaal.objects.bulk_create(
        Delmaal(
            maal=maal[nr % 2],
            tekst=f"Delmål {nr}: ti timer om ugen og med bussen alene hver dag",
            naaet_dato=START + timedelta(days=110 * nr) if nr % 2 else None,
            forventet_dato=START + timedelta(days=120 * nr),
        )
        for nr in range(min(antal, 14))
    )
    Fritagelse.objects.create(
        forloeb=forloeb,
        art="fritaget",
        fra_dato=date(2023, 2, 1),
        til_dato=date(2023, 4, 1),
        begrundelse="Operation",
    )
    for nr in range(min(antal, 30)):
        dag = START + timedelta(days=48 * nr)
        OpfoelgningsmoedeFactory(
            sag=forloeb.sag, nr=nr + 1, afholdt=dag < I_DAG, tidspunkt=klokken(dag, 9)
        )
    assert timezone.localdate() == I_DAG


def _indsats(forloeb, maal, indsatstype, nr):
    fra = START + timedelta(days=29 * nr + nr % 7 * 5)
    til = fra + timedelta(days=12 + nr * 53 % 200)
    begyndt, sluttet = fra <= I_DAG, til <= I_DAG
    return Indsats(
        forloeb=forloeb,
        maal=maal,
        indsatstype=indsatstype,
        beskrivelse=NAVNE[nr % len(NAVNE)],
        formaal="Et skridt nærmere job",
        tilfoejet_begrundelse="Borgerens ønske",
        status="afsluttet" if sluttet else "i_gang" if begyndt else "planlagt",
        planlagt_start=fra,
        planlagt_slut=til,
        faktisk_start=fra if begyndt else None,
        faktisk_slut=til if sluttet else None,
        ansvarlig="Tina Vestergaard",
        er_skitse=nr % 4 == 0,
    )
