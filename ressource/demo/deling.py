"""Sharing out of the ordinary: a representative, a bisidder, consents that ended, letters sent."""

from datetime import timedelta

from borgere.models import (
    Bisidder,
    Dokument,
    Forsendelse,
    Fuldmagt,
    Informationstype,
    Sag,
    Samtykke,
)
from ressource.demo.bygger import Scene
from ressource.demo.raekker import gem
from ressource.demo.tid import klok


def opret(scene: Scene) -> None:
    """Ole has somebody who acts for him, Eva somebody who comes along; her GP has her plan."""
    eva, ole = scene.sager["Eva"], scene.sager["Ole"]
    _fuldmagt(scene, ole)
    bisidder = gem(
        Bisidder(
            borger=eva.borger,
            navn="Louise Lindholt",
            aftale="Er med til opfølgninger og må tage ordet",
            fra_dato=scene.tid.foer(300),
        )
    )
    _haendelse(scene, bisidder, "bisidder.tilfoejet", 300, eva)
    _samtykke(scene, eva, "Byens Kantine", fra=390, til=40)
    _samtykke(scene, eva, "Sønderbakkens Køkken", fra=200, til=-100, trukket=90)
    _send(scene, eva, Dokument.Art.AFGOERELSE, Forsendelse.Modtager.PART)
    _send(scene, eva, Dokument.Art.PLAN, Forsendelse.Modtager.EGEN_LAEGE)


def _haendelse(scene: Scene, objekt: object, kode: str, dage: int, sag: Sag) -> None:
    dag = scene.tid.foer(dage)
    scene.haendelse(objekt, kode, klok(dag, "11.30"), sag.oprettet_af, sag=sag)  # type: ignore[arg-type]


def _fuldmagt(scene: Scene, sag: Sag) -> None:
    """Letters about decisions and the plan go to her instead of Ole."""
    fuldmagt = gem(
        Fuldmagt(
            borger=sag.borger,
            art=Fuldmagt.Art.PARTSREPRAESENTANT,
            navn="Vibeke Storm",
            organisation="Storm Socialrådgivning",
            adresse="Torvet 12",
            postnummer="9999",
            by="Egelund",
            omfang=Fuldmagt.Omfang.DELE,
            emner=[Informationstype.AFGOERELSE, Informationstype.PLAN],
            fra_dato=scene.tid.foer(150),
            registreret_af=sag.oprettet_af,
        )
    )
    _haendelse(scene, fuldmagt, "fuldmagt.givet", 150, sag)


def _samtykke(
    scene: Scene, sag: Sag, virksomhed: str, *, fra: int, til: int, trukket: int | None = None
) -> None:
    """A consent to a company from `fra` days ago to `til` days ago, perhaps withdrawn before."""
    samtykke = gem(
        Samtykke(
            borger=sag.borger,
            modtager=Samtykke.Modtager.VIRKSOMHED,
            modtager_navn=virksomhed,
            informationstyper=[Informationstype.SKAANEHENSYN],
            formaal="Praktik med de rette hensyn",
            fra_dato=scene.tid.foer(fra),
            til_dato=scene.tid.i_dag - timedelta(days=til),
            givet=Samtykke.Givet.MUNDTLIGT,
            givet_hvordan="Sagt ja ved opfølgningen",
            registreret_af=sag.oprettet_af,
            trukket_dato=scene.tid.foer(trukket) if trukket else None,
            trukket_aarsag="Praktikken blev ikke til noget" if trukket else "",
        )
    )
    _haendelse(scene, samtykke, "samtykke.givet", fra, sag)
    if trukket:
        _haendelse(scene, samtykke, "samtykke.trukket", trukket, sag)


def _send(scene: Scene, sag: Sag, art: Dokument.Art, modtager: Forsendelse.Modtager) -> None:
    """The latest document of the kind, sent on its day and received two days later."""
    dokument = sag.dokumenter.filter(art=art).defer("indhold").order_by("dato", "pk").last()
    if dokument is None:
        return
    er_part = modtager == Forsendelse.Modtager.PART
    gaeldende = sag.borger.samtykker.gaeldende(dokument.dato).om(Informationstype(str(art)))
    samtykke = None if er_part else gaeldende.filter(modtager=modtager).first()
    kanal = Forsendelse.Kanal.DIGITAL_POST if er_part else Forsendelse.Kanal.SIKKER_MAIL
    forsendelse = gem(
        Forsendelse(
            sag=sag,
            dokument=dokument,
            informationstype=str(art),
            modtager_art=modtager,
            modtager_navn=sag.borger.navn if er_part else scene.laegehus.navn,
            samtykke=samtykke,
            kanal=kanal,
            afsendt_dato=dokument.dato,
            afsendt_af=sag.oprettet_af,
            oprettet_den=klok(dokument.dato, "11.30"),
            modtaget_dato=min(dokument.dato + timedelta(days=2), scene.tid.i_dag),
        )
    )
    dag = (scene.tid.i_dag - dokument.dato).days
    _haendelse(scene, forsendelse, "forsendelse.sendt", dag, sag)
