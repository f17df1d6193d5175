"""Taking checked rows in: citizens, numbers, cases and who answers for them, set by set.

The same rows that `borgere.services.registrering` makes for one citizen at a time; the number of
statements does not grow with the file.
"""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from borgere.indlaesning import kontrol
from borgere.indlaesning.kontrol import Kendte
from borgere.models import Borger, Indlaesningsraekke, Personnummer, Sag, Tildeling
from borgere.services.borger import foelg_nummeret
from borgere.services.registrering import sagsnumre
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger, Regelsaet

_PR_GANG = 1_000
# Text columns that carry the same name as the citizen's field.
_TEKSTFELTER = (
    "fornavn",
    "efternavn",
    "telefon",
    "email",
    "adresse",
    "postnummer",
    "by",
    "tolkesprog",
)


def borgere_og_sager(
    raekker: Sequence[Indlaesningsraekke], kendte: Kendte, *, af: Bruger
) -> dict[str, int]:
    """Make citizens, or supplement the known, and give each a case in screening.

    The rows must just have been checked in the running transaction. Gives the counts of the report.
    Raises `ValidationError` when no rule set is in force, and `IntegrityError` when somebody else
    registered one of them meanwhile.
    """
    try:
        regelsaet = Regelsaet.objects.for_dato(i_dag())
    except Regelsaet.DoesNotExist:
        raise ValidationError(
            "Der er ikke noget regelsæt, der gælder i dag. Bed din administrator aktivere et."
        ) from None
    gamle = Borger.objects.select_for_update(of=("self",)).in_bulk(set(kendte.borgere.values()))
    borgere: list[tuple[Indlaesningsraekke, Borger]] = []
    nye: list[Borger] = []
    rettede: list[Borger] = []
    for raekke in raekker:
        borger_id = kendte.borgere.get(raekke.data["personnummer"])
        borger = gamle[borger_id] if borger_id else Borger()
        _skriv(borger, raekke)
        borger.clean_fields(exclude=["laegepraksis", "boernesag_fulgt_op_af"])
        (rettede if borger_id else nye).append(borger)
        borgere.append((raekke, borger))
    Borger.objects.bulk_create(nye, batch_size=_PR_GANG)
    felter = [*_TEKSTFELTER, "er_adressebeskyttet", "adressebeskyttet_til", "laas"]
    Borger.objects.bulk_update(rettede, felter, batch_size=_PR_GANG)
    Personnummer.objects.bulk_create(
        [_person(raekke, borger) for raekke, borger in borgere if borger.pk not in gamle],
        batch_size=_PR_GANG,
    )
    _giv_sager([(kendte.brugere[_navn(r)], b) for r, b in borgere], regelsaet, af=af)
    return {"sager": len(borgere), "nye_borgere": len(nye), "kendte_borgere": len(rettede)}


def _navn(raekke: Indlaesningsraekke) -> str:
    return str(raekke.data["sagsbehandler"]).casefold()


def _skriv(borger: Borger, raekke: Indlaesningsraekke) -> None:
    """What is written replaces what stood there; what is left empty does not."""
    data = raekke.data
    for felt in _TEKSTFELTER:
        if data.get(felt):
            setattr(borger, felt, data[felt])
    if beskyttet := data.get("adressebeskyttet", ""):
        borger.er_adressebeskyttet = beskyttet.casefold() == "ja"
        # Protected from now on is protected without an end; not protected has none either.
        borger.adressebeskyttet_til = None
    if borger.pk:
        borger.laas += 1
        return
    nummer = kontrol.nummer(data["personnummer"])
    assert nummer is not None  # noqa: S101 -- the check said so
    if not foelg_nummeret(borger, nummer):
        foedt = kontrol.laes_dato(data["foedselsdato"])
        assert foedt is not None  # noqa: S101 -- the check said so
        borger.foedselsdato = foedt


def _person(raekke: Indlaesningsraekke, borger: Borger) -> Personnummer:
    nummer = kontrol.nummer(raekke.data["personnummer"])
    assert nummer is not None  # noqa: S101 -- the check said so
    return Personnummer(
        borger=borger,
        nummer=nummer.vaerdi,
        art=Personnummer.Art(nummer.type),
        fra_dato=i_dag(),
    )


def _giv_sager(par: Sequence[tuple[Bruger, Borger]], regelsaet: Regelsaet, *, af: Bruger) -> None:
    """One case each, in screening, in the caseworker's team, with the two usual events."""
    dato = i_dag()
    sager = Sag.objects.bulk_create(
        [
            Sag(
                sagsnummer=sagsnummer,
                borger=borger,
                regelsaet=regelsaet,
                team=sagsbehandler.team,
                oprettet_dato=dato,
                oprettet_af=af,
            )
            for sagsnummer, (sagsbehandler, borger) in zip(
                sagsnumre(dato.year, len(par)) if par else [], par, strict=True
            )
        ],
        batch_size=_PR_GANG,
    )
    art = Tildeling.Art.ANSVARLIG
    tildelinger = Tildeling.objects.bulk_create(
        [
            Tildeling(sag=sag, bruger=sagsbehandler, art=art, fra_dato=dato)
            for sag, (sagsbehandler, _) in zip(sager, par, strict=True)
        ],
        batch_size=_PR_GANG,
    )
    haendelser.log_mange("sag.oprettet", [(sag, sag.pk, {}) for sag in sager], af=af)
    haendelser.log_mange(
        "sag.tildelt",
        [(t, t.sag_id, {"art": art, "bruger": t.bruger_id}) for t in tildelinger],
        af=af,
    )


def herkomster(
    raekker: Sequence[Indlaesningsraekke], kendte: Kendte, *, af: Bruger
) -> dict[str, int]:
    """Set the origin of each row's citizen, the only way it is ever set. Gives the report's counts.

    The rows must just have been checked in the running transaction.
    """
    efter_vaerdi: dict[str, list[int]] = {}
    for raekke in raekker:
        vaerdi = kontrol.herkomst(raekke.data["herkomst"])
        assert vaerdi is not None  # noqa: S101 -- the check said so
        efter_vaerdi.setdefault(vaerdi, []).append(kendte.borgere[raekke.data["personnummer"]])
    rettede: dict[int, str] = {}
    for vaerdi, ider in efter_vaerdi.items():
        aendres = Borger.objects.filter(pk__in=ider).exclude(herkomst=vaerdi)
        fundne = list(aendres.select_for_update(of=("self",)).values_list("pk", flat=True))
        Borger.objects.filter(pk__in=fundne).update(herkomst=vaerdi)
        rettede |= dict.fromkeys(fundne, vaerdi)
    borgere = Borger.objects.in_bulk(rettede)
    haendelser.log_mange(
        "borger.herkomst", [(borger, None, {}) for borger in borgere.values()], af=af
    )
    return {"rettede": len(rettede), "uaendrede": len(raekker) - len(rettede)}
