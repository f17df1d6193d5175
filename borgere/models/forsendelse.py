"""What has left the house: which document, to whom, by which right, and when it arrived."""

from datetime import date
from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from borgere.models.dokument import Dokument
from borgere.models.netvaerk import Informationstype, Netvaerksperson
from borgere.models.sag import Sag
from borgere.models.samtykke import Fuldmagt, Samtykke
from ressource.models import Bruger

# What a document of each kind tells. One of another kind («andet») tells what the sender says it does.
INDHOLD_AF_ART: dict[str, Informationstype] = {
    Dokument.Art.LAEGEATTEST: Informationstype.HELBRED,
    Dokument.Art.HELBRED: Informationstype.HELBRED,
    Dokument.Art.SAMTYKKE: Informationstype.KONTAKT,
    Dokument.Art.FULDMAGT: Informationstype.KONTAKT,
    Dokument.Art.AFGOERELSE: Informationstype.AFGOERELSE,
    Dokument.Art.INDSTILLING: Informationstype.INDSTILLING,
    Dokument.Art.PLAN: Informationstype.PLAN,
}

# The last word on «may this go to that recipient»: whatever wrote the row (a view, a job, a bulk
# insert or a hand at the database), the document is the case's own and said to hold what its kind
# holds, and there is a consent or a fuldmagt that holds on the day of sending, belongs to the same
# citizen, names the recipient, and covers what is sent. The row it rests on is locked, so that a
# withdrawal in another transaction comes either before the dispatch, and stops it, or after.
_KRAEV_GRUNDLAG = """
    PERFORM 1 FROM borgere_dokument d
     WHERE d.id = NEW.dokument_id AND d.sag_id = NEW.sag_id
       AND NEW.informationstype = CASE
           WHEN d.art IN ('laegeattest', 'helbred') THEN 'helbred'
           WHEN d.art IN ('samtykke', 'fuldmagt') THEN 'kontakt'
           WHEN d.art = 'andet' THEN NEW.informationstype
           ELSE d.art END;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Dokumentet hører ikke til sagen eller indeholder noget andet.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'forsendelse_dokument_passer';
    END IF;
    IF NEW.modtager_art = 'part' THEN
        RETURN NEW;
    END IF;
    IF NEW.modtager_art IN ('partsrepraesentant', 'vaerge') THEN
        PERFORM 1
           FROM borgere_fuldmagt f JOIN borgere_sag s ON s.borger_id = f.borger_id
          WHERE f.id = NEW.fuldmagt_id AND s.id = NEW.sag_id AND f.art = NEW.modtager_art
            AND f.navn = NEW.modtager_navn
            AND f.fra_dato <= NEW.afsendt_dato
            AND (f.til_dato IS NULL OR f.til_dato >= NEW.afsendt_dato)
            AND (f.trukket_dato IS NULL OR f.trukket_dato > NEW.afsendt_dato)
            AND (f.omfang = 'hele' OR NEW.informationstype = ANY (f.emner))
            FOR SHARE OF f;
    ELSE
        PERFORM 1
           FROM borgere_samtykke y JOIN borgere_sag s ON s.borger_id = y.borger_id
          WHERE y.id = NEW.samtykke_id AND s.id = NEW.sag_id AND y.art = 'forvaltning'
            AND y.modtager = NEW.modtager_art
            AND y.netvaerksperson_id IS NOT DISTINCT FROM NEW.netvaerksperson_id
            AND (y.modtager NOT IN ('virksomhed', 'anden') OR y.modtager_navn = NEW.modtager_navn)
            AND y.fra_dato <= NEW.afsendt_dato AND y.til_dato >= NEW.afsendt_dato
            AND (y.trukket_dato IS NULL OR y.trukket_dato > NEW.afsendt_dato)
            AND NEW.informationstype = ANY (y.informationstyper)
            FOR SHARE OF y;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Forsendelsen har ikke et samtykke eller en fuldmagt, der gælder.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'forsendelse_har_grundlag';
    END IF;
    RETURN NEW;
"""


class ForsendelseQuerySet(models.QuerySet["Forsendelse"]):
    def synlige_for(self, bruger: Bruger, dato: date | None = None) -> Self:
        """Dispatches of the cases `bruger` may see on `dato` (default today)."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger, dato))


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Forsendelse(models.Model):
    """One document sent to one recipient. Only the day it arrived is written later."""

    class Modtager(models.TextChoices):
        PART = "part", "borgeren"
        PARTSREPRAESENTANT = "partsrepraesentant", "partsrepræsentant"
        VAERGE = "vaerge", "værge"
        EGEN_LAEGE = "egen_laege", "egen læge"
        REGION = "region", "regionen (klinisk funktion)"
        NETVAERK = "netvaerk", "netværksperson"
        MENTOR = "mentor", "mentor"
        VIRKSOMHED = "virksomhed", "virksomhed"
        ANDEN = "anden", "anden myndighed"

    class Kanal(models.TextChoices):
        DIGITAL_POST = "digital_post", "Digital Post"
        BREV = "brev", "brev"
        UDLEVERET = "udleveret", "udleveret i hånden"
        SIKKER_MAIL = "sikker_mail", "sikker mail"

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="forsendelser")
    dokument = models.ForeignKey(Dokument, models.PROTECT, related_name="forsendelser")
    informationstype = models.CharField("indhold", max_length=20, choices=Informationstype)
    modtager_art = models.CharField("modtager", max_length=20, choices=Modtager)
    modtager_navn = models.CharField("modtagerens navn", max_length=120)
    netvaerksperson = models.ForeignKey(
        Netvaerksperson, models.PROTECT, null=True, blank=True, related_name="+"
    )
    samtykke = models.ForeignKey(
        Samtykke, models.PROTECT, null=True, blank=True, related_name="forsendelser"
    )
    fuldmagt = models.ForeignKey(
        Fuldmagt, models.PROTECT, null=True, blank=True, related_name="forsendelser"
    )
    kanal = models.CharField("kanal", max_length=12, choices=Kanal)
    afsendt_dato = models.DateField("afsendt")
    afsendt_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, related_name="+", verbose_name="afsendt af"
    )
    oprettet_den = models.DateTimeField("registreret den", auto_now_add=True)
    modtaget_dato = models.DateField("modtaget", null=True, blank=True)

    objects = ForsendelseQuerySet.as_manager()

    class Meta:
        verbose_name = "forsendelse"
        verbose_name_plural = "forsendelser"
        ordering = ("-afsendt_dato", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(modtager_art="part", samtykke=None, fuldmagt=None)
                | Q(
                    modtager_art__in=["partsrepraesentant", "vaerge"],
                    fuldmagt__isnull=False,
                    samtykke=None,
                )
                | Q(
                    modtager_art__in=[
                        "egen_laege",
                        "region",
                        "netvaerk",
                        "mentor",
                        "virksomhed",
                        "anden",
                    ],
                    samtykke__isnull=False,
                    fuldmagt=None,
                ),
                name="forsendelse_grundlag_naevnt",
                violation_error_message="Der mangler et samtykke eller en fuldmagt.",
            ),
            models.CheckConstraint(
                condition=Q(modtaget_dato=None) | Q(modtaget_dato__gte=F("afsendt_dato")),
                name="forsendelse_modtaget_efter_afsendt",
                violation_error_message="Brevet kan ikke være modtaget, før det er sendt.",
            ),
            models.CheckConstraint(
                condition=Q(kanal__in=["digital_post", "brev", "udleveret", "sikker_mail"])
                & Q(informationstype__in=Informationstype.values),
                name="forsendelse_valg_kendte",
            ),
            models.UniqueConstraint(
                fields=[
                    "dokument",
                    "modtager_art",
                    "modtager_navn",
                    "netvaerksperson",
                    "afsendt_dato",
                ],
                nulls_distinct=False,
                name="forsendelse_en_gang_om_dagen",
                violation_error_message="Dokumentet er allerede sendt til modtageren i dag.",
            ),
        )
        indexes = (models.Index(fields=["sag", "-afsendt_dato"], name="forsendelse_sag_nyeste"),)
        triggers = (
            pgtrigger.Trigger(
                name="har_grundlag",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_KRAEV_GRUNDLAG,
            ),
            pgtrigger.ReadOnly(name="kun_modtaget", exclude=["modtaget_dato"]),
            pgtrigger.Protect(name="slettes_ikke", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.get_modtager_art_display()} {self.afsendt_dato.isoformat()}"
