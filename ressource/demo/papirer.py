"""Papers and notes as they pile up: editions, a corrected note, a Word file, own reminders."""

import hashlib
import io
import zipfile
from datetime import date, timedelta

from borgere.models import Dokument, Huskeseddel, Journalnotat, Sag
from ressource.demo.bygger import Scene
from ressource.demo.dokumenter import eller_tom
from ressource.demo.raekker import gem
from ressource.demo.tid import klok
from ressource.filtype import Filtype
from ressource.models import Bruger
from ressource.pdf import skriv_pdf

_ORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PAKKE = "http://schemas.openxmlformats.org/package/2006"
_HOVEDDEL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
# The smallest document that Word opens without a word.
_DOCX = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PAKKE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" '
        f'ContentType="{Filtype.DOCX}.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PAKKE}/relationships">'
        f'<Relationship Id="r1" Type="{_HOVEDDEL}" Target="word/document.xml"/></Relationships>'
    ),
}


def opret(scene: Scene) -> None:
    """Eva's certificate of training in two editions, a CV, a note put right, reminders."""
    eva = scene.sager["Eva"]
    lene = _ansvarlig(eva)
    foerste = _kursusbevis(scene, eva, lene, 60, "Kursusbevis, fødevarehygiejne")
    _kursusbevis(scene, eva, lene, 52, "Kursusbevis, fødevarehygiejne (med stempel)", foerste)
    _dokument(
        scene, eva, lene, 45, "CV, skrevet sammen med Eva", docx("Eva Lindholt. Kontorassistent.")
    )
    _rettet_notat(scene, eva, lene)
    for dage, navn, tekst in (
        (-1, "Eva", "Spørg kantinen, om fredag kan blive kl. 9 i stedet for 8"),
        (0, "Bo", "Ring til Bo om bussen til praktikstedet"),
        (0, "Rie", "Ryk lægehuset for svar på LÆ 265"),
        (12, "Ibrahim", "Bestil tolk til næste møde, helst samme som sidst"),
    ):
        _huskeseddel(scene, scene.sager[navn], dage, tekst)


def _ansvarlig(sag: Sag) -> Bruger:
    return sag.tildelinger.ansvarlige().latest("fra_dato").bruger


def docx(tekst: str) -> bytes:
    """A Word document of one paragraph; the same text gives the same bytes."""
    dele = _DOCX | {
        "word/document.xml": f'<w:document xmlns:w="{_ORD}"><w:body><w:p><w:r><w:t>{tekst}</w:t>'
        "</w:r></w:p></w:body></w:document>"
    }
    ud = io.BytesIO()
    with zipfile.ZipFile(ud, "w", zipfile.ZIP_DEFLATED) as pakke:
        for navn, indhold in dele.items():
            pakke.writestr(zipfile.ZipInfo(navn), indhold)
    return ud.getvalue()


def _kursusbevis(
    scene: Scene, sag: Sag, af: Bruger, dage: int, titel: str, erstatter: Dokument | None = None
) -> Dokument:
    dannet = klok(scene.tid.foer(dage))
    pdf = eller_tom(
        lambda: skriv_pdf(f"<h1>{titel}</h1><p>Bestået.</p>", titel=titel, tidspunkt=dannet)
    )
    return _dokument(scene, sag, af, dage, titel, pdf, type_=Filtype.PDF, erstatter=erstatter)


def _dokument(
    scene: Scene,
    sag: Sag,
    af: Bruger,
    dage: int,
    titel: str,
    indhold: bytes,
    *,
    type_: Filtype = Filtype.DOCX,
    erstatter: Dokument | None = None,
) -> Dokument:
    dag = scene.tid.foer(dage)
    tidspunkt = klok(dag, "14.20")
    dokument = gem(
        Dokument(
            sag=sag,
            art=Dokument.Art.ANDET,
            titel=titel,
            dato=dag,
            indholdstype=type_,
            indhold=indhold,
            antal_byte=len(indhold),
            sha256=hashlib.sha256(indhold).hexdigest(),
            erstatter=erstatter,
            oprettet_den=tidspunkt,
            oprettet_af=af,
        )
    )
    kode = "dokument.ny_udgave" if erstatter else "dokument.tilfoejet"
    scene.haendelse(dokument, kode, tidspunkt, af, sag=sag, art=Dokument.Art.ANDET)
    return dokument


def _rettet_notat(scene: Scene, sag: Sag, af: Bruger) -> None:
    dag = scene.tid.foer(20)
    foerste = _notat(
        scene, sag, dag, "10.15", af, "Eva vil gerne prøve kassen i kantinen om mandagen."
    )
    _notat(
        scene,
        sag,
        dag,
        "15.40",
        af,
        "Eva vil gerne prøve kassen i kantinen om fredagen, når der er stille.",
        retter=foerste,
    )


def _notat(
    scene: Scene,
    sag: Sag,
    dag: date,
    klokken: str,
    af: Bruger,
    tekst: str,
    retter: Journalnotat | None = None,
) -> Journalnotat:
    notat = gem(
        Journalnotat(
            sag=sag,
            dato=dag,
            overskrift="Samtale om kassen",
            tekst=tekst,
            er_delt=True,
            forfatter=af,
            retter=retter,
            rettelse_grund="Eva ringede: det var fredag, hun mente" if retter else "",
            oprettet_den=klok(dag, klokken),
        )
    )
    kode = "journal.rettet" if retter else "journal.notat"
    scene.haendelse(notat, kode, notat.oprettet_den, af, sag=sag, er_delt=True)
    return notat


def _huskeseddel(scene: Scene, sag: Sag, dage: int, tekst: str) -> None:
    af = _ansvarlig(sag)
    skrevet = klok(scene.tid.foer(8), "9.50")
    seddel = gem(
        Huskeseddel(
            sag=sag,
            bruger=af,
            dato=scene.tid.i_dag + timedelta(days=dage),
            tekst=tekst,
            oprettet_den=skrevet,
        )
    )
    scene.haendelse(seddel, "huskeseddel.skrevet", skrevet, af)
