"""The answers over time, one line for each indicator and version of the questions.

Answers are shown beside each other and never added up; nothing else in the system reads them to
decide anything (GDPR art. 22, domain.md 6).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.utils.safestring import SafeString

from opfoelgning.models import Opfoelgningsmoede, Progressionsindikator, Progressionsmaaling
from ressource.svg.progression import Maalepunkt, progressionslinje


@dataclass(frozen=True, slots=True)
class Svar:
    """What was answered of one indicator at one talk that was held."""

    dato: date
    borger: int | None
    fagperson: int | None
    note: str = ""


def svar_for(
    sag_id: int, *, katalog_id: int | None = None, til: date | None = None
) -> dict[int, list[Svar]]:
    """The answers of the talks held, by indicator, in the order of the talks. One statement.

    Only those of the version `katalog_id` when it is given, and of talks held until `til`.
    """
    maalinger = Progressionsmaaling.objects.filter(
        moede__sag=sag_id, moede__status=Opfoelgningsmoede.Status.AFHOLDT
    ).order_by("moede__afholdt_dato", "moede_id")
    if katalog_id is not None:
        maalinger = maalinger.filter(indikator__katalog=katalog_id)
    if til is not None:
        maalinger = maalinger.filter(moede__afholdt_dato__lte=til)
    svar: dict[int, list[Svar]] = defaultdict(list)
    for indikator, dato, borger, fagperson, note in maalinger.values_list(
        "indikator", "moede__afholdt_dato", "borger_score", "fagperson_score", "note"
    ):
        # A talk that was held has its day (opfoelgningsmoede_afholdt_hel).
        svar[indikator].append(Svar(cast("date", dato), borger, fagperson, note))
    return svar


def linje(
    indikator: Progressionsindikator,
    svar: Iterable[Svar],
    *,
    navn: str,
    uid: str,
    uden_skjulte: bool,
    stor: bool = False,
) -> SafeString | str:
    """The line of one indicator, or empty when nothing has been answered.

    `uden_skjulte` leaves the professional's answers out where they are kept from the citizen.
    """
    skjul = uden_skjulte and indikator.skjult_for_borger
    punkter = [Maalepunkt(s.dato, s.borger, None if skjul else s.fagperson) for s in svar]
    punkter = [p for p in punkter if (p.borger, p.fagperson) != (None, None)]
    if not punkter:
        return ""
    return progressionslinje(
        indikator.navn,
        punkter,
        uid=uid,
        navn=navn,
        skala=(indikator.skala_min, indikator.skala_max),
        bredde=420 if stor else 280,
        hoejde=130 if stor else 56,
        med_datoer=stor,
    )
