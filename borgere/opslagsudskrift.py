"""«Opslag i din sag»: who has looked at a citizen's data, for the citizen.

The log is covered by the right of access (GDPR art. 15; CJEU C-579/21; Datatilsynet 2024-32-0283):
dates, what and why are given. The employees' names are not, as a rule; unit and role are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from borgere.models import Borger, Sag
from borgere.tilsyn import hvad
from ressource.dansk import dato, klokkeslaet
from ressource.kalender import i_dag
from ressource.models import Bruger, Opslag, Organisation, Rolle
from ressource.pdf import A4, skabelon_til_pdf

LAENGSTE_DAGE = 731
# Some fifteen pages: two years of a case that somebody opens every other day.
HOEJST_LINJER = 500
FORMAAL = "Behandling af sagen"
HANDLINGER: dict[str, str] = {
    Opslag.Handling.SE: "Set",
    Opslag.Handling.SOEG: "Søgt frem",
    Opslag.Handling.UDSKRIV: "Udskrevet",
    Opslag.Handling.EKSPORT: "Hentet ud",
    Opslag.Handling.VIS_PERSONNUMMER: "Set hele personnummeret",
    Opslag.Handling.VIS_ADRESSE: "Set den beskyttede adresse",
    Opslag.Handling.AFVIST: "Forsøgt, men afvist",
}


class ForMange(ValueError):  # noqa: N818 -- Danish names its own errors
    """More look-ups in the period than one print can hold."""


@dataclass(frozen=True)
class Linje:
    """What people of one role in one unit looked at on one day, in one way and for one purpose."""

    dag: date
    # From the first to the last time that day, `9.05` or `9.05–14.30`.
    klokken: str
    hvem: str
    handling: str
    hvad: str
    formaal: str
    antal: int


def grupperet(borger: Borger, *, fra: date, til: date) -> QuerySet[Opslag, Any]:
    """The citizen's look-ups from `fra` to `til` (both included), newest day first, counted.

    All of the citizen's cases. A dict per day, role, unit, action, screen and purpose, for `linjer`.
    """
    start = timezone.make_aware(datetime.combine(fra, time.min))
    slut = timezone.make_aware(datetime.combine(til + timedelta(days=1), time.min))
    sager = Sag.objects.filter(borger=borger).values("pk")
    return (
        Opslag.objects.filter(
            Q(borger_noegle=borger.noegle) | Q(sag_id__in=sager),
            tidspunkt__gte=start,
            tidspunkt__lt=slut,
        )
        .annotate(dag=TruncDate("tidspunkt"))
        .values(
            "dag", "roller", "organisation", "bruger__team__navn", "handling", "formaal", "objekt"
        )
        .annotate(antal=Count("pk"), foerst=Min("tidspunkt"), sidst=Max("tidspunkt"))
        .order_by(
            "-dag", "organisation", "bruger__team__navn", "roller", "handling", "formaal", "objekt"
        )
    )


def linjer(raekker: Iterable[dict[str, Any]]) -> list[Linje]:
    """Rows of `grupperet` in words."""
    return [
        Linje(
            dag=r["dag"],
            klokken=_klokken(r["foerst"], r["sidst"]),
            hvem=_hvem(r),
            handling=HANDLINGER[r["handling"]],
            hvad=hvad(r["objekt"]),
            formaal=_stort(r["formaal"]) or FORMAAL,
            antal=r["antal"],
        )
        for r in raekker
    ]


def _klokken(foerst: datetime, sidst: datetime) -> str:
    start, slut = klokkeslaet(foerst), klokkeslaet(sidst)
    return start if start == slut else f"{start}–{slut}"


def _hvem(raekke: dict[str, Any]) -> str:
    """`Sagsbehandler, Ressourceteam Nord`; outside the municipality the organisation."""
    kendte = dict(Rolle.choices)
    roller = ", ".join(kendte.get(rolle, rolle) for rolle in raekke["roller"].split(",") if rolle)
    enhed = raekke["bruger__team__navn"] or settings.RESSOURCE_KOMMUNE
    if raekke["organisation"] != Organisation.KOMMUNE:
        enhed = str(Organisation(raekke["organisation"]).label)
    return f"{_stort(roller or 'medarbejder')}, {enhed}"


def _stort(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]


def samlet(alle: Iterable[Linje]) -> list[Linje]:
    """The lines of one day, role, action and purpose as one, which names each screen with its count.

    A year then fits a few pages. `klokken` is left out: it belonged to each.
    """

    def noegle(linje: Linje) -> tuple[date, str, str, str]:
        return linje.dag, linje.hvem, linje.handling, linje.formaal

    samlede = []
    for (dag, hvem, handling, formaal), gruppe in groupby(alle, key=noegle):
        dele = list(gruppe)
        tekster = [f"{d.hvad} ({d.antal} gange)" if d.antal > 1 else d.hvad for d in dele]
        samlede.append(
            Linje(
                dag=dag,
                klokken="",
                hvem=hvem,
                handling=handling,
                hvad=", ".join(tekster),
                formaal=formaal,
                antal=sum(d.antal for d in dele),
            )
        )
    return samlede


def udskrift(sag: Sag, *, fra: date, til: date, kontakt: Bruger | None) -> bytes:
    """The letter to the citizen as a PDF. `sag` brings its citizen and rule set.

    It goes to the citizen alone, so it carries the address also of a protected citizen. Raises
    `ForMange` when the period is too long for one letter, and `PdfUtilgaengelig` when this machine
    cannot make PDFs.
    """
    raekker = list(grupperet(sag.borger, fra=fra, til=til)[: HOEJST_LINJER * 10])
    fundne = samlet(linjer(raekker))
    if len(fundne) > HOEJST_LINJER or len(raekker) == HOEJST_LINJER * 10:
        raise ForMange
    borger = sag.borger
    kontekst = {
        "kommune": settings.RESSOURCE_KOMMUNE,
        "afdeling": sag.regelsaet.betegnelse_myndighed.capitalize(),
        "kontaktlinjer": _kontaktlinjer(kontakt),
        "modtager": [
            linje
            for linje in (borger.navn, borger.adresse, f"{borger.postnummer} {borger.by}".strip())
            if linje
        ],
        "dato": dato(i_dag()),
        "sag": sag.sagsnummer,
        "overskrift": "Opslag i din sag",
        "afsender": [kontakt.navn, kontakt.titel or "Sagsbehandler"] if kontakt else [],
        "kontakt": kontakt,
        # No line break inside the number.
        "telefon": kontakt.telefon.replace(" ", "\N{NO-BREAK SPACE}") if kontakt else "",
        "fra": fra,
        "til": til,
        "antal": sum(linje.antal for linje in fundne),
        "linjer": fundne,
    }
    return skabelon_til_pdf(
        "borgere/pdf/opslag.html",
        kontekst,
        titel="Opslag i din sag",
        tidspunkt=timezone.now(),
        css=(A4, "pdf/opslag.css"),
    )


def _kontaktlinjer(kontakt: Bruger | None) -> list[str]:
    if kontakt is None:
        return []
    telefon = f"Telefon {kontakt.telefon}" if kontakt.telefon else ""
    return [linje for linje in (kontakt.navn, telefon, kontakt.email) if linje]
