"""Notices to colleagues by mail: an outbox, written with the fact it tells of and sent once.

Whoever changes something others must know writes the notice in the same transaction (`opret`):
both happen or neither. A job sends what waits, at commit and every minute (`send_ventende`).

A notice is claimed with `SKIP LOCKED`, sent and recorded before the next; so two workers never send
the same one. A worker that dies between the mail server's yes and the record leaves the notice
unsent, and it goes out again with the *same* `Message-ID` and `Date`, by which a mailbox knows it
has it. The other order would lose notices instead, and a meeting nobody heard of is worse (ADR 0018,
ADR 0021).

A notice holds no personal data: who, when and where stand behind the address it leads to.
"""

import hashlib
import logging
from datetime import datetime, timedelta
from email.utils import format_datetime
from smtplib import SMTPConnectError, SMTPException, SMTPServerDisconnected
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from ressource.models import Besked, Bruger

logger = logging.getLogger(__name__)

# The n-th try comes 2ⁿ−1 minutes after the notice was written; the last after 34 hours.
FORSOEG = 12


def udkast(
    modtager: Bruger, *, noegle: str, emne: str, tekst: str, sti: str = "", kalender: str = ""
) -> Besked:
    """A notice that is not stored: what the page shows before it is sent (`brev`).

    `noegle` names the fact and the recipient, `sti` is a path of this house, `kalender` the text of
    a calendar file. Raises `ValidationError` for a personnummer, and for a `sti` that leads out of
    the house or carries text.
    """
    besked = Besked(
        modtager=modtager, noegle=noegle, emne=emne, tekst=tekst, sti=sti, kalender=kalender
    )
    if sti and (not sti.startswith("/") or sti.startswith("//") or "?" in sti):
        raise ValidationError(
            "En besked kan kun føre til en side i Ressource uden tekst i adressen."
        )
    if "\n" in emne or "\r" in emne:
        raise ValidationError("En beskeds emne er én linje.")
    besked.full_clean(exclude=["modtager"], validate_unique=False)
    return besked


def opret(
    modtager: Bruger, *, noegle: str, emne: str, tekst: str, sti: str = "", kalender: str = ""
) -> Besked:
    """Write a notice in the running transaction; it is sent when that commits.

    The same `noegle` again, also by somebody else at the same moment, gives the notice there is and
    sends nothing. Raises `ValidationError` as `udkast` does.
    """
    besked = udkast(modtager, noegle=noegle, emne=emne, tekst=tekst, sti=sti, kalender=kalender)
    with transaction.atomic():
        Besked.objects.bulk_create([besked], ignore_conflicts=True)
        gemt = Besked.objects.get(noegle=noegle)
        if not any(raekke[1] is _vaek for raekke in connection.run_on_commit):
            transaction.on_commit(_vaek, robust=True)
    return gemt


def brev(besked: Besked) -> str:
    """The mail's text as the recipient reads it, with the address at the end."""
    if not besked.sti:
        return besked.tekst
    return f"{besked.tekst}\n\nSe mere i Ressource:\n{settings.RESSOURCE_ADRESSE}{besked.sti}"


def message_id(besked: Besked) -> str:
    """The mail's `Message-ID`: the same every time, and telling nothing of the fact."""
    aftryk = hashlib.sha256(besked.noegle.encode()).hexdigest()[:32]
    return f"<besked.{aftryk}@{urlsplit(settings.RESSOURCE_ADRESSE).hostname}>"


def send_ventende() -> int:
    """Send what waits and is due, one transaction each, and return how many were sent.

    A notice whose recipient has no address or has left is given up, and so is one that has been
    tried `FORSOEG` times. A mail server that is away ends the run: the next minute comes back.
    """
    sendt = 0
    efter = 0
    while besked := _tag_naeste(efter):
        efter = besked.pk
        sendt += besked.sendt_den is not None
    return sendt


@transaction.atomic
def _tag_naeste(efter: int) -> Besked | None:
    """Try the next notice that is due after `efter`; None when there is none, or the server is away."""
    nu = timezone.now()
    besked = (
        Besked.objects.til_afsendelse()
        .filter(_moden(nu), pk__gt=efter)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("modtager")
        .first()
    )
    if besked is None:
        return None
    kan_modtage = besked.modtager.is_active and bool(besked.modtager.email)
    fejl = _send(besked) if kan_modtage else None
    besked.forsoeg += 1
    if kan_modtage and fejl is None:
        besked.sendt_den = nu
    elif not kan_modtage or besked.forsoeg >= FORSOEG:
        besked.opgivet_den = nu
        logger.error("Besked %s er opgivet efter %s forsøg", besked.pk, besked.forsoeg)
    besked.save(update_fields=["forsoeg", "sendt_den", "opgivet_den"])
    return None if _er_vaek(fejl) else besked


def _moden(nu: datetime) -> Q:
    """Notices whose next try is due."""
    moden = Q()
    for forsoeg in range(FORSOEG):
        skrevet_foer = nu - timedelta(minutes=2**forsoeg - 1)
        moden |= Q(forsoeg=forsoeg, oprettet_den__lte=skrevet_foer)
    return moden


def _send(besked: Besked) -> Exception | None:
    """Hand the mail to the server, and give the error when it would not have it."""
    mail = EmailMessage(
        besked.emne,
        brev(besked),
        to=[besked.modtager.email],
        headers={
            "Message-ID": message_id(besked),
            # When it was written and not when it is sent: Exchange takes a mail for the same by both.
            "Date": format_datetime(besked.oprettet_den),
            "Auto-Submitted": "auto-generated",
        },
    )
    if besked.kalender:
        mail.attach("aftale.ics", besked.kalender, "text/calendar")
    try:
        mail.send()
    except Exception as fejl:  # noqa: BLE001 -- one notice that cannot be sent must not hold the rest
        # The error's text may hold an address.
        logger.warning("Besked %s kunne ikke sendes: %s", besked.pk, type(fejl).__name__)
        return fejl
    return None


def _er_vaek(fejl: Exception | None) -> bool:
    """Whether the mail server is away, and not merely unwilling to take this notice."""
    if isinstance(fejl, SMTPException):
        return isinstance(fejl, SMTPConnectError | SMTPServerDisconnected)
    return isinstance(fejl, OSError)


def _vaek() -> None:
    from ressource.tasks import send_beskeder  # noqa: PLC0415 -- blad

    send_beskeder.delay()
