"""One case with at least one row in every table of a case and a citizen, former versions included."""

import hashlib
from datetime import date, timedelta

from django.apps import apps
from django.utils import timezone

from borgere import sagsgraf
from borgere.models import (
    Bisidder,
    Fase,
    Forsendelse,
    Huskeseddel,
    Journalnotat,
    Sag,
    Uddrag,
    Uddragsdel,
)
from opfoelgning.models import Opfoelgningspunkt
from rehabilitering.models import (
    Drejebogspunkt,
    Flueben,
    Forberedelsesversion,
    ForberedendeAfsnit,
    Moedeforberedelse,
    Pakkeudlevering,
    Samtale,
    Sidelagtindstilling,
    Sidelagttekst,
    Sparringsspoergsmaal,
    Venteplads,
)
from ressource import haendelser
from ressource.kalender import i_dag
from tests import factories as f

FORNAVN, EFTERNAVN, NUMMER = "Zenobia", "Kvistgaardsminde", "7403879876"
ANDRES_TELEFON = "40 50 60 70"
BARRIERE = "Broderen drikker"

TRUKKET = {"resultat": "trukket", "resultat_dato": date(2030, 1, 1)}

# A change to each table with a history, so that the history has a row.
_AENDRINGER = {
    "borgere.Borger": {"by": "Nyby"},
    "borgere.Personnummer": {"til_dato": date(2030, 1, 1)},
    "borgere.Inhabilitet": {"begrundelse": "Naboer i ti år"},
    "borgere.Netvaerksperson": {"relation": "søster"},
    "borgere.Samtykke": {"formaal": "Samarbejde"},
    "borgere.Fuldmagt": {"organisation": "Rådgivning"},
    "borgere.Bisidder": {"aftale": "Kun møder"},
    "borgere.Sag": {"bevares_grund": "x", "bevares": True},
    "borgere.Tildeling": {"til_dato": date(2031, 1, 1)},
    "borgere.Huskeseddel": {"tekst": "Ring til lægen"},
    "borgere.Saerligadgang": {"gennemset_note": "Set"},
    "borgere.Forsendelse": {"modtaget_dato": date(2031, 1, 1)},
    "rehabilitering.Screeningsnotat": {"anbefaling": "Fortsæt"},
    "rehabilitering.ForberedendeDel": {"naeste_skridt": "Et møde"},
    "rehabilitering.ForberedendeAfsnit": {"egne_ord": "Jeg kan lide ro"},
    "rehabilitering.Samtale": {"notat": "Vi talte om bøger"},
    "rehabilitering.Screeningsfravigelse": {"begrundelse": "Fristen kan ikke vente."},
    "rehabilitering.Laegeattest": {"spoergsmaal": "Hvilke hensyn?"},
    "rehabilitering.Laegeattestrykker": {"dato": date(2030, 1, 1)},
    "rehabilitering.Flueben": {"initialer": "MK"},
    "rehabilitering.Moedeforberedelse": {"ventetid": "ti minutter"},
    "rehabilitering.Kvalitetssikring": {"begrundelse": "Fint"},
    "rehabilitering.Sparringsbooking": {"eget_spoergsmaal": "Hvilke hensyn?"},
    "rehabilitering.Indstilling": {"noter": "God drøftelse"},
    "rehabilitering.Indstillingslinje": {"mandat": "Op til 20 timer"},
    "rehabilitering.Moedenote": {"tekst": "Hun vil se stedet to gange"},
    "rehabilitering.Partshoering": {"svar": "Det er rigtigt"},
    "rehabilitering.Klage": {"laas": 1},
    "rehabilitering.Regelfravigelse": {"begrundelse": "Sagen var forelagt i tide."},
    "indsatsplan.Ressourceforloeb": {"slut_dato": date(2031, 1, 1)},
    "indsatsplan.Maal": {"tekst": "Bibliotekar"},
    "indsatsplan.Indsats": {"ansvarlig": "Lars"},
    "indsatsplan.Delmaal": {"tekst": "15 timer om ugen"},
    "indsatsplan.Indsatspause": {"begrundelse": "Ferielukket"},
    "indsatsplan.Indsatstrin": {"opgaver": "Passe skranken"},
    "indsatsplan.FaktiskTimetal": {"bemaerkning": "Blev til mindre"},
    "indsatsplan.Indsatsfravaer": {"bemaerkning": "Influenza"},
    "indsatsplan.Praktik": {"besoeg_note": "Rart sted"},
    "indsatsplan.Fritagelse": {"begrundelse": "Indlagt igen"},
    "indsatsplan.Genforelaeggelse": {"tekst": "Intet er begyndt."},
    "indsatsplan.Linjeforklaring": {"begrundelse": "Ville hellere på hold"},
    "opfoelgning.Opfoelgningsmoede": {"referat": "Vi talte"},
    "opfoelgning.Frist": {"forfald_dato": date(2031, 1, 1)},
    "opfoelgning.Opgave": {"hvad": "Ring til kommunen"},
    "opfoelgning.Eftermoede": {"borgerens_ord": "Nu sker der noget"},
    "opfoelgning.Progressionsmaaling": {"borger_score": 4},
    "opfoelgning.SmaatSkridt": {"tekst": "Tog toget alene."},
}


def dokument(sag: Sag, indhold: bytes = b"%PDF-1.7\nhelsag\n%%EOF", **felter):
    """A document whose sum is that of its bytes."""
    return f.DokumentFactory(
        sag=sag,
        indhold=indhold,
        antal_byte=len(indhold),
        sha256=hashlib.sha256(indhold).hexdigest(),
        **felter,
    )


def hel_sag(ansvarlig=None, borger=None) -> Sag:
    """The case, ended six years ago; `ansvarlig` is in its circle."""
    if borger is None:
        borger = f.BorgerFactory(fornavn=FORNAVN, efternavn=EFTERNAVN)
        f.PersonnummerFactory(borger=borger, nummer=NUMMER)
    bruger = ansvarlig or f.BrugerFactory()
    sag = f.SagFactory(borger=borger, ansvarlig=bruger, fase=Fase.PLAN)
    if not borger.personnumre.exists():
        f.PersonnummerFactory(borger=borger)
    scan = dokument(sag, b"%PDF-1.7\nscan\n%%EOF", art="samtykke", titel="Samtykke")
    _om_borgeren(sag, bruger, scan)
    _forberedelse(sag, bruger)
    _forloeb(sag, bruger)
    haendelser.log(sag, "sag.oprettet", af=bruger, sag_id=sag.pk)
    for label, felter in _AENDRINGER.items():
        tabel = sagsgraf.tabel_for(apps.get_model(label))
        ejer = sag.pk if tabel.ejer is sagsgraf.Ejer.SAG else borger.pk
        assert tabel.raekker([ejer]).update(**felter), label
    Sag.objects.filter(pk=sag.pk).update(bevares=False, bevares_grund="")
    return afslut(sag, bruger)


def afslut(sag: Sag, bruger, dage_siden: int = 6 * 366) -> Sag:
    """End the case so long ago, past the rule's five years."""
    dag = i_dag() - timedelta(days=dage_siden)
    Sag.objects.filter(pk=sag.pk).update(
        oprettet_dato=dag - timedelta(days=100),
        fase=Fase.AFSLUTNING,
        afsluttet_dato=dag,
        afsluttet_af=bruger,
        afslutningsaarsag="uddannelse",
    )
    sag.refresh_from_db()
    return sag


def _om_borgeren(sag, bruger, scan):
    borger = sag.borger
    f.InhabilitetFactory(borger=borger)
    ven = f.NetvaerkspersonFactory(
        borger=borger, navn="Bror Brorsen", telefon=ANDRES_TELEFON, barrierer=BARRIERE
    )
    f.SamtykkeFactory(borger=borger, scan=scan, modtager="netvaerk", netvaerksperson=ven)
    f.FuldmagtFactory(borger=borger, dokument=scan)
    Bisidder.objects.create(borger=borger, navn="Ven Vennesen", fra_dato=i_dag())
    notat = Journalnotat.objects.create(
        sag=sag,
        dato=i_dag(),
        overskrift="Samtale",
        tekst=f"{FORNAVN} ringer fra {ANDRES_TELEFON}. Nabo: 730580-1234.",
        forfatter=bruger,
    )
    Journalnotat.objects.create(
        sag=sag,
        dato=i_dag(),
        overskrift="Samtale, rettet",
        tekst="Delt tekst",
        er_delt=True,
        forfatter=bruger,
        retter=notat,
        rettelse_grund="Forkert dag",
    )
    f.SaerligadgangFactory(sag=sag, gennemset_af=bruger, gennemset_den=timezone.now())
    Huskeseddel.objects.create(sag=sag, bruger=bruger, dato=i_dag(), tekst="Ring")
    Forsendelse.objects.create(
        sag=sag,
        dokument=scan,
        informationstype="kontakt",
        modtager_art="part",
        modtager_navn=borger.navn,
        kanal="brev",
        afsendt_dato=i_dag(),
        afsendt_af=bruger,
    )
    uddrag = Uddrag.objects.create(sag=sag, art="sagsmappe", bestilt_af=bruger, fejl="Gammel")
    Uddragsdel.objects.create(uddrag=uddrag, nr=0, indhold=b"x")


def _forberedelse(sag, bruger):
    f.ScreeningsnotatFactory(
        sag=sag,
        skrevet_af=bruger,
        resultat="fortsaet",
        indsendt_den=timezone.now(),
        afgjort_den=timezone.now(),
        afgjort_af=f.BrugerFactory(),
    )
    del_ = f.ForberedendeDelFactory(sag=sag, gennemgaaet_dato=i_dag(), status="forelagt")
    ForberedendeAfsnit.objects.create(forberedende_del=del_, kode="helbred", rettet_af=bruger)
    _sammen(del_, bruger)
    f.ScreeningsfravigelseFactory(sag=sag, anmodet_af=bruger)
    attest = f.LaegeattestFactory(
        sag=sag, modtaget=True, dokument=dokument(sag, b"%PDF-1.7\nattest\n%%EOF")
    )
    f.LaegeattestrykkerFactory(attest=attest)
    f.KvalitetssikringFactory(sag=sag, forberedende_del=del_, godkendt=True)
    Flueben.objects.create(
        sag=sag, punkt=Drejebogspunkt.objects.first(), initialer="BK", sat_af=bruger
    )
    Moedeforberedelse.objects.create(sag=sag, rettet_af=bruger)
    Pakkeudlevering.objects.create(
        sag=sag, dokument=sag.dokumenter.first(), aftryk="a", udleveret_af=bruger
    )
    booking = f.SparringsbookingFactory(sag=sag)
    booking.spoergsmaal.add(Sparringsspoergsmaal.objects.first())
    del_.indsatte_svar.create(booking=booking, kode="helbred", indsat_af=bruger)
    plads = Venteplads.objects.create(
        sag=sag, sagsbehandler=bruger, fra_dato=i_dag(), til_dato=i_dag(), eget_spoergsmaal="Ro?"
    )
    plads.spoergsmaal.add(Sparringsspoergsmaal.objects.first())
    nu = timezone.now()
    plads.tilbud.create(
        tid=f.SparringstidFactory(), tilbudt_den=nu, udloeber_den=nu + timedelta(hours=24)
    )


def _sammen(del_, bruger):
    """What talks and writing together leave behind."""
    Sidelagttekst.objects.create(
        forberedende_del=del_, kode="helbred", felt="egne_ord", tekst="To", skrevet_af=bruger
    )
    samtale = Samtale.objects.create(forberedende_del=del_, dato=i_dag(), foert_af=bruger)
    samtale.netvaerk.add(del_.sag.borger.netvaerk.get())
    samtale.kolleger.add(bruger)
    version = {"hoved": {"maal": "Bibliotek"}, "afsnit": [{"titel": "Helbred", "egne_ord": "Ro"}]}
    Forberedelsesversion.objects.create(
        forberedende_del=del_, nr=1, anledning="gemt", indhold=version, oprettet_af=bruger
    )


def _moede(linje):
    """What the meeting leaves behind beside the indstilling itself."""
    indstilling = linje.indstilling
    punkt = indstilling.punkt
    f.KravbegrundelseFactory(punkt=punkt)
    f.IndkaldelseFactory(deltager=f.PunktdeltagerFactory(punkt=punkt))
    f.SagspakkeudgaveFactory(pakke=f.SagspakkeFactory(punkt=punkt))
    f.MoedenoteFactory(punkt=punkt)
    f.IndstillingsversionFactory(indstilling=indstilling)
    f.IndstillingsudleveringFactory(indstilling=indstilling)
    Sidelagtindstilling.objects.create(
        indstilling=indstilling,
        linje=linje,
        felt="formaal",
        tekst="To",
        skrevet_af=punkt.sat_paa_af,
    )


def _aendring(afgoerelse):
    """A draft that changes a made decision, which itself can have no former versions."""
    kladde = f.AfgoerelseFactory(
        sag=afgoerelse.sag, indstilling=None, erstatter=afgoerelse, skrevet_af=afgoerelse.skrevet_af
    )
    kladde.begrundelse = "Borgeren får medhold."
    kladde.save(update_fields=["begrundelse"])


def _gang(indsats, linje):
    """How an effort goes, and what else hangs on its forløb."""
    f.DelmaalFactory(maal=indsats.maal)
    f.IndsatspauseFactory(indsats=indsats)
    f.IndsatstrinFactory(indsats=indsats)
    f.FaktiskTimetalFactory(indsats=indsats)
    f.IndsatsfravaerFactory(indsats=indsats)
    f.PraktikFactory(indsats=indsats)
    f.FritagelseFactory(forloeb=indsats.forloeb)
    f.GenforelaeggelseFactory(forloeb=indsats.forloeb)
    f.LinjeforklaringFactory(forloeb=indsats.forloeb, linje=linje)


def _opfoelgning(moede, indstilling, bruger):
    """What a follow-up leaves behind, and the tasks after the team meeting."""
    sag = moede.sag
    f.OpfoelgningsserieFactory(sag=sag)
    f.MentorsvarFactory(moede=moede, skrevet_af=bruger)
    f.ProgressionsmaalingFactory(moede=moede)
    f.SmaatSkridtFactory(sag=sag, moede=moede, skrevet_af=bruger)
    f.OpgaveFactory(indstilling=indstilling, sag=sag)
    f.EftermoedeFactory(indstilling=indstilling)


def _forloeb(sag, bruger):
    forloeb = f.RessourceforloebFactory(sag=sag)
    linje = f.IndstillingslinjeFactory(indstilling=forloeb.afgoerelse.indstilling)
    _moede(linje)
    _aendring(forloeb.afgoerelse)
    f.PartshoeringFactory(afgoerelse=forloeb.afgoerelse)
    f.KlageFactory(afgoerelse=forloeb.afgoerelse, lukket_den=timezone.now(), **TRUKKET)
    f.RegelfravigelseFactory(sag=sag)
    indsats = f.IndsatsFactory(forloeb=forloeb, i_gang=True)
    _gang(indsats, linje)
    f.IndsatsplanFactory(forloeb=forloeb, godkendt=True)
    forloeb.indsatte_svar.create(booking=sag.sparringer.first(), indsat_af=sag.oprettet_af)
    moede = f.OpfoelgningsmoedeFactory(sag=sag, afholdt=True)
    Opfoelgningspunkt.objects.create(moede=moede, indsats=indsats, hvad_skete="Praktik")
    _opfoelgning(moede, forloeb.afgoerelse.indstilling, bruger)
    f.PaamindelseFactory(frist=f.FristFactory(sag=sag, ejer=bruger), bruger=bruger)
