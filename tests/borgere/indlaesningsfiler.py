"""Files to bring in, and what the jobs make of them."""

from borgere import tasks
from borgere.models import Indlaesning
from borgere.services import indlaesning as services

HOVED = "personnummer;fornavn;efternavn;sagsbehandler\n"


def nr(n: int) -> str:
    """A fictitious number: day + 60."""
    return f"{61 + n % 28}0187{1000 + n:04d}"


def linjer(antal: int, start: int = 0) -> str:
    return "".join(f"{nr(start + n)};Bo;Skovsen {start + n};maja\n" for n in range(antal))


def lagt_op(af, tekst: str, art="borgere") -> Indlaesning:
    return services.start(art=art, filnavn="borgere.csv", indhold=tekst.encode(), af=af)


def laest(af, tekst: str, art="borgere") -> Indlaesning:
    indlaesning = lagt_op(af, tekst, art)
    tasks.behandl_indlaesning(indlaesning.pk)
    indlaesning.refresh_from_db()
    return indlaesning


def fejl(indlaesning) -> dict[int, dict[str, str]]:
    return dict(indlaesning.raekker.med_fejl().values_list("nr", "fejl"))


def taget_ind(indlaesning) -> Indlaesning:
    services.bestil(indlaesning, af=indlaesning.bestilt_af)
    tasks.behandl_indlaesning(indlaesning.pk)
    indlaesning.refresh_from_db()
    return indlaesning
