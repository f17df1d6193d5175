"""What was answered at the talks, and the small steps: Eva's way up, and Ole's with a dip in it."""

from collections.abc import Mapping, Sequence

from borgere.models import Sag
from opfoelgning.models import (
    Opfoelgningsmoede,
    Progressionsindikator,
    Progressionskatalog,
    Progressionsmaaling,
    SmaatSkridt,
)
from ressource.demo.bygger import Scene
from ressource.demo.raekker import gem
from ressource.demo.tid import klok

# By the indicator's code: the citizen's answers and the professional's, as digits in the order of the
# talks; a dot where nobody answered.
Svar = Mapping[str, tuple[str, str]]

EVA_MOEDER = (1, 3, 5, 6, 8)
EVA: Svar = {
    "tro_paa_job": ("12234", "22333"),
    "overskud": ("22323", "22333"),
    "helbred": ("23334", "23344"),
    "bidrag": ("12234", "22333"),
    "samarbejde": ("23344", "33344"),
    "vej_til_job": ("11223", "12233"),
    "soegning": ("11122", "11122"),
    "netvaerk": ("33344", "33344"),
    "socialt": ("12233", "22233"),
    "faglighed": (".....", "12334"),
    "fagpersonens_tro": (".....", "22344"),
}
# The draft that is on the table today: three answers are missing.
EVA_NU: Svar = {
    "tro_paa_job": ("4", "3"),
    "overskud": ("3", "."),
    "bidrag": ("4", "4"),
    "samarbejde": ("4", "4"),
    "vej_til_job": ("3", "3"),
    "soegning": ("3", "2"),
    "netvaerk": ("4", "4"),
    "socialt": ("4", "3"),
    "faglighed": (".", "4"),
    "fagpersonens_tro": (".", "4"),
}
EVA_SKRIDT = (
    (452, "Tog selv telefonen, da kantinen ringede."),
    (266, "Sagde godmorgen til dem, hun ikke kendte."),
    (140, "Dækkede bord til fyrre og havde det godt bagefter."),
    (40, "Fortalte sin datter om arbejdet uden at blive spurgt."),
)
EVA_SKRIDT_NU = "Sagde selv fra, da der var for travlt. Tog bussen alene."

OLE_MOEDER = (1, 2, 4, 5, 6)
OLE: Svar = {
    "tro_paa_job": ("13245", "22344"),
    "overskud": ("23134", "23233"),
    "helbred": ("22123", "22233"),
    "fagpersonens_tro": (".....", "22345"),
}
OLE_SKRIDT = ((228, "Sagde selv ordet fleksjob."), (112, "Bestod køreprøven i første forsøg."))


def opret(scene: Scene) -> None:
    """Answers of talks held, today's draft, and steps written between the talks."""
    eva, ole = scene.sager["Eva"], scene.sager["Ole"]
    _svar(eva, EVA_MOEDER, EVA)
    _svar(ole, OLE_MOEDER, OLE)
    _skridt(scene, eva, EVA_SKRIDT)
    _skridt(scene, ole, OLE_SKRIDT)
    kladde = eva.opfoelgningsmoeder.aftalte().get()
    _svar(eva, (kladde.nr,), EVA_NU)
    dag = scene.tid.i_dag
    gem(
        SmaatSkridt(
            sag=eva,
            moede=kladde,
            dato=dag,
            tekst=EVA_SKRIDT_NU,
            skrevet_af=kladde.aftalt_af,
            skrevet_den=klok(dag, "13.20"),
        )
    )


def _svar(sag: Sag, numre: Sequence[int], svar: Svar) -> None:
    moeder = {m.nr: m for m in Opfoelgningsmoede.objects.filter(sag=sag, nr__in=numre)}
    katalog = Progressionskatalog.objects.get(nr=1)
    for indikator in Progressionsindikator.objects.filter(katalog=katalog, kode__in=svar):
        for nr, borger, fagperson in zip(numre, *svar[indikator.kode], strict=True):
            gem(
                Progressionsmaaling(
                    moede=moeder[nr],
                    indikator=indikator,
                    borger_score=_tal(borger),
                    fagperson_score=_tal(fagperson),
                )
            )


def _tal(tegn: str) -> int | None:
    return None if tegn == "." else int(tegn)


def _skridt(scene: Scene, sag: Sag, skridt: Sequence[tuple[int, str]]) -> None:
    for dage, tekst in skridt:
        dag, af = scene.tid.foer(dage), sag.oprettet_af
        et = gem(
            SmaatSkridt(
                sag=sag, dato=dag, tekst=tekst, skrevet_af=af, skrevet_den=klok(dag, "14.00")
            )
        )
        scene.haendelse(et, "progression.skridt_skrevet", klok(dag, "14.00"), af, sag=sag)
