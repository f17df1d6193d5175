"""The key that binds the seals: known to the application, not to the database."""

import hmac
import json
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from django.conf import settings

from ressource.models import Segl, Seglfrigivelse


def for_segl(segl: Segl) -> str:
    """What `segl.kaede` must be: HMAC-SHA-256 over everything else in the seal."""
    return _hmac(
        "segl",
        segl.tabel,
        segl.nr,
        segl.kolonner,
        segl.ider,
        _hex(segl.fingeraftryk),
        segl.forrige,
        segl.tidspunkt.astimezone(UTC).isoformat(),
    )


def for_frigivelse(frigivelse: Seglfrigivelse) -> str:
    """What `frigivelse.kode` must be."""
    return _hmac(
        "frigivelse",
        frigivelse.tabel,
        frigivelse.ider,
        frigivelse.foerste_id,
        frigivelse.sidste_id,
        frigivelse.regel,
        frigivelse.tidspunkt.astimezone(UTC).isoformat(),
    )


def ens(en: str, anden: str) -> bool:
    """Whether two codes are the same; a broken one may hold any characters."""
    return hmac.compare_digest(en.encode(), anden.encode())


def _hmac(*dele: Any) -> str:
    noegle = settings.RESSOURCE_SEGLNOEGLE or settings.SECRET_KEY
    return hmac.new(noegle.encode(), json.dumps(dele).encode(), "sha256").hexdigest()


def _hex(aftryk: Sequence[Any]) -> list[str | None]:
    return [None if et is None else bytes(et).hex() for et in aftryk]
