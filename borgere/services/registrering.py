"""Registering a citizen and a case, and giving out case numbers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from borgere.models import Borger, Personnummer, Sag, Tildeling
from borgere.personnummer import Personnummer as Nummer
from borgere.services.borger import foelg_nummeret, naevn_opfoelger
from borgere.services.sag import tildel
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger, Regelsaet

# Yes, no, or not asked yet.
SPOERGSMAAL = ("har_uddannelse", "boern_har_vanskeligheder")

# The running number starts after the highest one the year already has, whoever gave it out.
_NAESTE_NUMMER = """
    INSERT INTO borgere_sagsnummerserie AS serie (aar, sidste)
    SELECT %(aar)s, coalesce(max(substring(sagsnummer FROM 9)::integer), 0) + %(antal)s
    FROM borgere_sag WHERE sagsnummer ~ %(moenster)s
    ON CONFLICT (aar) DO UPDATE
    SET sidste = greatest(serie.sidste + %(antal)s, excluded.sidste)
    RETURNING sidste
"""


def sagsnumre(aar: int, antal: int = 1) -> list[str]:
    """`antal` new case numbers of the year, `RF-2026-0001` and on; no two callers get the same.

    Must run in a transaction; whoever asks next waits for it to end.
    """
    with connection.cursor() as markoer:
        moenster = f"^RF-{aar}-[0-9]{{1,9}}$"
        markoer.execute(_NAESTE_NUMMER, {"aar": aar, "antal": antal, "moenster": moenster})
        sidste = markoer.fetchone()[0]
    return [f"RF-{aar}-{nr:04d}" for nr in range(sidste - antal + 1, sidste + 1)]


@transaction.atomic
def opret_borger_og_sag(*, nummer: Nummer, oplysninger: dict[str, Any], af: Bruger) -> Sag:
    """Register a case, and the citizen unless the number is known; `af` becomes responsible.

    `oplysninger` are fields of `Borger` by name. Date of birth and sex come from a Danish number;
    with a foreign one `oplysninger` must hold `foedselsdato`. What is written about a known citizen
    replaces what stood there; what is left empty does not. The case gets today's rule set and the
    team of `af`.

    Raises `ValidationError` when the citizen already has an open case, when the number belongs to a
    citizen `af` has nothing to do with (code `ikke_kendt`; the sentence tells nothing about them),
    when `af` has no team, or when no rule set is in force.
    """
    if af.team is None:
        raise ValidationError("Du er ikke knyttet til et team. Bed din administrator om det.")
    borger = _kendt_borger(nummer, af=af)
    try:
        with transaction.atomic():
            if borger is None:
                borger = _ny_borger(nummer, oplysninger, af=af)
            else:
                _suppler(borger, oplysninger, af=af)
    except IntegrityError as fejl:
        # Somebody else registered the same number a moment ago.
        raise ikke_kendt() from fejl
    sag = _ny_sag(borger, af=af)
    haendelser.log(sag, "sag.oprettet", af=af, sag_id=sag.pk)
    tildel(sag, af, Tildeling.Art.ANSVARLIG, af=af)
    return sag


def ikke_kendt() -> ValidationError:
    """The one sentence about a number that somebody else's citizen has: it tells nothing."""
    return ValidationError(
        "Nummeret kan ikke bruges her. Kontrollér det, eller spørg din teamleder.",
        code="ikke_kendt",
    )


def _kendt_borger(nummer: Nummer, *, af: Bruger) -> Borger | None:
    """The locked citizen with `nummer`, however it was written, when `af` has worked with them.

    «Works with» is today's case circle, an assignment at any time, or an earlier case in one's own
    team. Raises `ValidationError` for everybody else's citizen, and for one with an open case.
    """
    borger = Borger.objects.select_for_update(of=("self",)).med_nummer(nummer.tegn).first()
    if borger is None:
        return None
    kendt = Borger.objects.filter(pk=borger.pk).kendt_af(af).exists()
    if not kendt:
        raise ikke_kendt()
    if aaben := borger.sager.aabne().first():
        raise ValidationError(
            "Borgeren har allerede en åben sag, %(sagsnummer)s. Arbejd videre i den.",
            code="aaben_sag",
            params={"sagsnummer": aaben.sagsnummer},
        )
    return borger


def _ny_borger(nummer: Nummer, oplysninger: dict[str, Any], *, af: Bruger) -> Borger:
    borger = Borger(**oplysninger)
    naevn_opfoelger(borger, af=af)
    foelg_nummeret(borger, nummer)
    borger.full_clean()
    borger.save()
    person = Personnummer(
        borger=borger,
        nummer=nummer.vaerdi,
        art=Personnummer.Art(nummer.type),
        fra_dato=i_dag(),
    )
    person.full_clean()
    person.save()
    return borger


def _suppler(borger: Borger, oplysninger: dict[str, Any], *, af: Bruger) -> None:
    # No child and an unticked box are what the form begins with; «nej» to a question is an answer.
    skrevet = {
        felt: v
        for felt, v in oplysninger.items()
        if felt != "foedselsdato" and (v or (felt in SPOERGSMAAL and v is False))
    }
    for felt, vaerdi in skrevet.items():
        setattr(borger, felt, vaerdi)
    if "boernesag_fulgt_op_dato" in skrevet:
        naevn_opfoelger(borger, af=af)
    borger.laas += 1
    borger.full_clean()
    borger.save(update_fields=[*skrevet, "boernesag_fulgt_op_af", "laas"])


def _ny_sag(borger: Borger, *, af: Bruger) -> Sag:
    dato = i_dag()
    try:
        regelsaet = Regelsaet.objects.for_dato(dato)
    except Regelsaet.DoesNotExist:
        raise ValidationError(
            "Der er ikke noget regelsæt, der gælder i dag. Bed din administrator aktivere et."
        ) from None
    sag = Sag(
        sagsnummer=sagsnumre(dato.year)[0],
        borger=borger,
        regelsaet=regelsaet,
        team=af.team,
        oprettet_dato=dato,
        oprettet_af=af,
    )
    sag.full_clean()
    sag.save()
    return sag
