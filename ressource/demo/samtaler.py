"""The talks behind a forberedende del, and the versions it went through."""

from collections.abc import Sequence
from datetime import datetime

from borgere.models import Sag
from rehabilitering.models import Forberedelsesversion, ForberedendeDel, Samtale
from rehabilitering.services.forberedelse import AFSNIT_OENSKER
from rehabilitering.services.forberedelsesversion import indhold
from ressource.demo.bygger import Scene
from ressource.demo.raekker import gem
from ressource.demo.tid import klok

Anledning = Forberedelsesversion.Anledning


def opret(scene: Scene) -> None:
    """Rie has talked three times and not yet about who can help her; Per's case is sent in."""
    rie, per = scene.sager["Rie"], scene.sager["Per"]
    _samtale(
        scene,
        rie,
        64,
        "personligt",
        ["jobhistorie", "skolegang"],
        notat="Rie skrev selv om læretiden.",
    )
    _samtale(scene, rie, 33, "telefon", ["helbred_nu"], notat="Kort, Rie var træt.")
    _samtale(
        scene,
        rie,
        12,
        "personligt",
        ["jobonsker", "interesser", "hvad_skal_der_til"],
        netvaerk=["Karsten Dahl"],
        notat="Karsten fortalte om det, Rie var god til på værkstedet.",
    )
    _tidligere(scene, rie, 12, "Ikke frisør igen. Måske noget med dyr.")
    _samtale(
        scene,
        per,
        110,
        "personligt",
        ["jobonsker", "interesser", "jobhistorie", "skolegang"],
        netvaerk=["Inger Aagaard"],
        andre="Pers bostøtte",
    )
    _samtale(
        scene,
        per,
        20,
        "personligt",
        ["hjaelpere", "helbred_nu", "hvad_skal_der_til"],
        netvaerk=["Poul Aagaard"],
    )
    del_ = _del(per)
    _version(del_, 1, Anledning.GENNEMGAAET, klok(scene.tid.foer(6), "12.00"), indhold(per, del_))


def _del(sag: Sag) -> ForberedendeDel:
    return sag.forberedende_dele.get()


def _samtale(
    scene: Scene,
    sag: Sag,
    dage: int,
    form: str,
    emner: Sequence[str],
    *,
    netvaerk: Sequence[str] = (),
    andre: str = "",
    notat: str = "",
) -> None:
    dag = scene.tid.foer(dage)
    samtale = gem(
        Samtale(
            forberedende_del=_del(sag),
            dato=dag,
            form=form,
            emner=list(emner),
            andre=andre,
            notat=notat,
            foert_af=sag.oprettet_af,
            oprettet_den=klok(dag, "11.00"),
        )
    )
    samtale.netvaerk.set(sag.borger.netvaerk.filter(navn__in=netvaerk))
    scene.haendelse(
        samtale,
        "samtale.registreret",
        klok(dag, "11.00"),
        sag.oprettet_af,
        sag=sag,
        emner=samtale.emner,
    )


def _tidligere(scene: Scene, sag: Sag, dage: int, oensker: str) -> None:
    """The text as it stood that day: other wishes, and no goal yet."""
    del_ = _del(sag)
    gammelt = indhold(sag, del_)
    gammelt["hoved"] |= {"maal": "", "naeste_skridt": ""}
    for afsnit in gammelt["afsnit"]:
        if afsnit["kode"] == AFSNIT_OENSKER:
            afsnit |= {"egne_ord": oensker}
    tidspunkt = klok(scene.tid.foer(dage), "11.30")
    version = _version(del_, 1, Anledning.GEMT, tidspunkt, gammelt)
    scene.haendelse(
        version, "forberedende_del.version", tidspunkt, sag.oprettet_af, sag=sag, nr=version.nr
    )


def _version(
    del_: ForberedendeDel,
    nr: int,
    anledning: Anledning,
    tidspunkt: datetime,
    tekst: dict[str, object],
) -> Forberedelsesversion:
    return gem(
        Forberedelsesversion(
            forberedende_del=del_,
            nr=nr,
            anledning=anledning,
            indhold=tekst,
            oprettet_af=del_.oprettet_af,
            oprettet_den=tidspunkt,
        )
    )
