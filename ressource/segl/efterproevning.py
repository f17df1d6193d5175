"""Comparing every row with its seal, batch by batch, and naming the first that does not agree."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from ressource import tidsgraense
from ressource.dansk import tidspunkt
from ressource.models import Segl, Seglfrigivelse
from ressource.segl import kaede
from ressource.segl.tabeller import Tabel, aftryk, fast_skrivemaade, findes, stoerste_id, tabeller


@dataclass
class Resultat:
    """What one table's verification found. `brud` is a Danish sentence, empty when all agrees."""

    tabel: str
    segl: int = 0
    raekker: int = 0
    # Deleted under a rule; and those whose sealed columns are no longer there.
    slettede: int = 0
    ikke_efterproevet: int = 0
    # Rows of the table that no seal covers yet.
    venter: int = 0
    hoved: str = ""
    brud: str = ""
    koder: set[str] = field(default_factory=set, repr=False)


def efterproev(hoveder: Collection[str] = ()) -> Iterator[Resultat]:
    """Verify each table that has seals; at most one break, the first, is named for each.

    `hoveder` are heads kept from earlier runs, as `tabel:nr:hash` or the hash alone: each must still
    be in its chain. One that is in no chain comes as a last result without a table. One batch is in
    memory at a time. Reads only.
    """
    oenskede = [_delt(hoved) for hoved in hoveder]
    kendte, set_i_kaede = tabeller(), set()
    navne = {*Segl.objects.order_by().values_list("tabel", flat=True).distinct(), *kendte}
    for navn in sorted(navne):
        resultat = _Efterproevning(navn, kendte.get(navn)).koer({kode for _, kode in oenskede})
        set_i_kaede |= resultat.koder
        mangler = [n for t, n in oenskede if t.startswith(f"{navn}:") and n not in resultat.koder]
        if mangler and not resultat.brud:
            resultat.brud = (
                f"Hovedet {mangler[0]} er ikke i kæden mere. Segl og rækker er taget af enden, "
                "eller kæden er skrevet om."
            )
        set_i_kaede |= set(mangler)
        yield resultat
    for _, kode in oenskede:
        if kode not in set_i_kaede:
            yield Resultat("", brud=f"Hovedet {kode} er ikke i nogen kæde.")


def _delt(hoved: str) -> tuple[str, str]:
    """`("tabel:nr", hash)`; the first is empty for a hash alone."""
    sted, _, kode = hoved.strip().rpartition(":")
    return sted, kode


class _Efterproevning:
    """One table's walk from its first seal to its last."""

    def __init__(self, navn: str, tabel: Tabel | None) -> None:
        self.tabel = tabel
        self.resultat = Resultat(navn)
        with connection.cursor() as markoer:
            self.kolonner = findes(markoer, navn)

    def koer(self, oenskede: Collection[str]) -> Resultat:
        resultat = self.resultat
        resultat.brud = self._frigivelser()
        forrige: Segl | None = None
        while not resultat.brud and (segl := self._naeste(forrige)):
            resultat.brud = self._segl(segl, forrige) or self._raekker(segl, forrige)
            resultat.segl += 1
            resultat.koder |= {segl.kaede} & set(oenskede)
            resultat.hoved = f"{segl.tabel}:{segl.nr}:{segl.kaede}"
            forrige = segl
        if not resultat.brud and self.tabel is not None:
            resultat.venter = self._venter(forrige)
        return resultat

    def _naeste(self, forrige: Segl | None) -> Segl | None:
        efter = Segl.objects.filter(tabel=self.resultat.tabel, nr__gt=forrige.nr if forrige else -1)
        return efter.order_by("nr").first()

    def _frigivelser(self) -> str:
        """The protocol of lawful deletions must be ours, or it could excuse anything."""
        egne = Seglfrigivelse.objects.filter(tabel=self.resultat.tabel).order_by("pk")
        for frigivelse in egne.iterator(chunk_size=10):
            if not kaede.ens(frigivelse.kode, kaede.for_frigivelse(frigivelse)):
                return (
                    f"Protokollen over lovlige sletninger, linje {frigivelse.pk} "
                    f"({tidspunkt(frigivelse.tidspunkt)}), er ændret eller ikke skrevet af systemet."
                )
        return ""

    def _segl(self, segl: Segl, forrige: Segl | None) -> str:
        hvor = f"segl nr. {segl.nr} fra {tidspunkt(segl.tidspunkt)}"
        ventet = forrige.nr + 1 if forrige else 1
        if segl.nr != ventet:
            return f"Kæden er brudt: segl nr. {ventet} er fjernet (næste er {hvor})."
        if not kaede.ens(segl.kaede, kaede.for_segl(segl)):
            return (
                f"Seglet selv er ændret: {hvor}. (Gælder det alle tabeller, er nøglen en anden end "
                "den, der blev forseglet med.)"
            )
        if segl.forrige != (forrige.kaede if forrige else ""):
            return f"Kæden er brudt: {hvor} hænger ikke sammen med det forrige."
        return ""

    def _raekker(self, segl: Segl, forrige: Segl | None) -> str:
        """The first row of the batch that is not as sealed; counts those that are."""
        resultat = self.resultat
        mangler = [k for k in segl.kolonner if k not in self.kolonner]
        if self.tabel is None or self.tabel.noegle in mangler:
            resultat.ikke_efterproevet += len(segl.ider)
            return ""
        kolonner = [k for k in segl.kolonner if k not in mangler]
        fundne, frigivne = self._laes(self.tabel, segl, forrige, kolonner)
        ventede = [
            (nr, bytes(et))
            for nr, et in zip(segl.ider, segl.fingeraftryk, strict=True)
            if nr not in frigivne
        ]
        resultat.slettede += len(segl.ider) - len(ventede)
        if mangler:
            resultat.ikke_efterproevet += len(ventede)
        else:
            resultat.raekker += len(ventede)
        return _foerste_forskel(ventede, fundne, segl, kun_id=bool(mangler))

    @transaction.atomic
    def _laes(
        self, tabel: Tabel, segl: Segl, forrige: Segl | None, kolonner: Sequence[str]
    ) -> tuple[list[tuple[int, bytes, datetime]], set[int]]:
        """The rows that lie in the batch's span today, and the ids deleted under a rule.

        One statement, so that a deletion that commits meanwhile shows on both sides or on neither.
        """
        sporg = sql.SQL(
            "WITH r AS ({}), f AS (SELECT DISTINCT x FROM ressource_seglfrigivelse s, unnest(s.ider) x"
            " WHERE s.tabel = %(tabel)s AND s.foerste_id <= %(til)s AND s.sidste_id >= %(fra)s"
            " AND x BETWEEN %(fra)s AND %(til)s)"
            " SELECT id, aftryk, tid FROM r UNION ALL SELECT x, NULL, NULL FROM f ORDER BY 1"
        ).format(aftryk(tabel, kolonner))
        tidsgraense.ophaev()
        with connection.cursor() as markoer:
            fast_skrivemaade(markoer)
            markoer.execute(
                sporg,
                {
                    "tabel": tabel.navn,
                    "efter": forrige.ider[-1] if forrige else None,
                    "fra": segl.ider[0],
                    "til": segl.ider[-1],
                    # One more than sealed is enough to find the first that does not belong.
                    "hoejst": len(segl.ider) + 1,
                },
            )
            raekker: list[Any] = markoer.fetchall()
        fundne = [(nr, bytes(et), tid) for nr, et, tid in raekker if et is not None]
        return fundne, {nr for nr, et, _ in raekker if et is None}

    def _venter(self, sidste: Segl | None) -> int:
        if self.tabel is None:
            return 0
        with connection.cursor() as markoer:
            if stoerste_id(markoer, self.tabel) is None:
                return 0
            markoer.execute(
                sql.SQL(
                    "SELECT count(*) FROM {} WHERE %(id)s::bigint IS NULL OR {} > %(id)s"
                ).format(sql.Identifier(self.tabel.navn), sql.Identifier(self.tabel.noegle)),
                {"id": sidste.ider[-1] if sidste else None},
            )
            [antal] = markoer.fetchone() or (0,)
        return int(antal)


def _foerste_forskel(
    ventede: Sequence[tuple[int, bytes]],
    fundne: Sequence[tuple[int, bytes, datetime]],
    segl: Segl,
    *,
    kun_id: bool,
) -> str:
    """The sentence about the first row that is changed, gone or put in; empty when none is."""
    parti = f"segl nr. {segl.nr} fra {tidspunkt(segl.tidspunkt)}"
    for ventet, fundet in zip_longest(ventede, fundne):
        if ventet is not None and (fundet is None or fundet[0] > ventet[0]):
            return f"Række {ventet[0]} er fjernet ({parti})."
        if ventet is None or fundet[0] < ventet[0]:
            return (
                f"Række {fundet[0]}, dateret {tidspunkt(fundet[2])}, er sat ind bagefter ({parti})."
            )
        if not kun_id and fundet[1] != ventet[1]:
            return f"Række {fundet[0]}, dateret {tidspunkt(fundet[2])}, er ændret ({parti})."
    return ""
