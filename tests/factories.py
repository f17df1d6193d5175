"""Factories: the smallest valid row of each kind, with traits for the points of the course."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from borgere.models import (
    Borger,
    Dokument,
    Fase,
    Fuldmagt,
    Huskeseddel,
    Informationstype,
    Inhabilitet,
    Laegepraksis,
    Netvaerksperson,
    Personnummer,
    Saerligadgang,
    Sag,
    Samtykke,
    Tildeling,
)
from indsatsplan.models import (
    Delmaal,
    FaktiskTimetal,
    Fritagelse,
    Genforelaeggelse,
    Indsats,
    Indsatsfravaer,
    Indsatspause,
    Indsatsplan,
    Indsatstrin,
    Linjeforklaring,
    Maal,
    Praktik,
    Ressourceforloeb,
    Virksomhed,
    Virksomhedskontakt,
)
from opfoelgning.models import (
    Eftermoede,
    Frist,
    Fristregel,
    Logistiktrin,
    Mentorsvar,
    Opfoelgningsmoede,
    Opfoelgningsserie,
    Opgave,
    Paamindelse,
    Progressionsindikator,
    Progressionskatalog,
    Progressionsmaaling,
    Progressionstrin,
    SmaatSkridt,
)
from rehabilitering.models import (
    Afgoerelse,
    Dagsordenspunkt,
    ForberedendeDel,
    Indkaldelse,
    Indsatstype,
    Indstilling,
    Indstillingslinje,
    Indstillingsudlevering,
    Indstillingsversion,
    Klage,
    Kravbegrundelse,
    Kvalitetssikring,
    Laegeattest,
    Laegeattestrykker,
    Moededeltager,
    Moedenote,
    Partshoering,
    Punktdeltager,
    Regelfravigelse,
    Sagspakke,
    Sagspakkeudgave,
    Screeningsfravigelse,
    Screeningsnotat,
    Sparringsbooking,
    Sparringstid,
    Teammoede,
)
from ressource.generator import TOM_PDF
from ressource.kalender import i_dag
from ressource.models import Bruger, Regelsaet, Rolle, Team


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team

    navn = factory.Sequence(lambda n: f"Team {n}")


class BrugerFactory(DjangoModelFactory):
    class Meta:
        model = Bruger

    brugernavn = factory.Sequence(lambda n: f"bruger{n}")
    navn = factory.Sequence(lambda n: f"Maja Kirkegaard {n}")
    roller = factory.LazyFunction(lambda: [Rolle.SAGSBEHANDLER])
    team = factory.SubFactory(TeamFactory)


class BorgerFactory(DjangoModelFactory):
    class Meta:
        model = Borger

    fornavn = "Bo"
    efternavn = factory.Sequence(lambda n: f"Skovsen {n}")
    foedselsdato = date(1987, 3, 14)
    koen = Borger.Koen.MAND
    har_uddannelse = True


class PersonnummerFactory(DjangoModelFactory):
    class Meta:
        model = Personnummer

    borger = factory.SubFactory(BorgerFactory)
    # Day + 60: outside the space of real numbers.
    nummer = factory.Sequence(lambda n: f"740387{n % 9000 + 1000:04d}")
    art = Personnummer.Art.ERSTATNING
    fra_dato = date(2020, 1, 1)


class SagFactory(DjangoModelFactory):
    """A case; `ansvarlig=` puts that user in the circle as responsible."""

    class Meta:
        model = Sag
        skip_postgeneration_save = True

    sagsnummer = factory.Sequence(lambda n: f"RF-2026-{n:05d}")
    borger = factory.SubFactory(BorgerFactory)
    regelsaet = factory.LazyFunction(lambda: Regelsaet.objects.get(kode="R2022"))
    team = factory.SubFactory(TeamFactory)
    oprettet_dato = factory.LazyFunction(lambda: i_dag() - timedelta(days=200))
    oprettet_af = factory.SubFactory(BrugerFactory)

    @factory.post_generation
    def ansvarlig(self, create, bruger, **kwargs):
        if create and bruger:
            TildelingFactory(sag=self, bruger=bruger, fra_dato=self.oprettet_dato)


class TildelingFactory(DjangoModelFactory):
    class Meta:
        model = Tildeling

    sag = factory.SubFactory(SagFactory)
    bruger = factory.SubFactory(BrugerFactory)
    art = Tildeling.Art.ANSVARLIG
    fra_dato = factory.LazyFunction(lambda: i_dag() - timedelta(days=200))


class DokumentFactory(DjangoModelFactory):
    class Meta:
        model = Dokument

    sag = factory.SubFactory(SagFactory)
    art = Dokument.Art.LAEGEATTEST
    titel = "Lægeattest LÆ 265"
    dato = factory.LazyFunction(i_dag)
    indholdstype = "application/pdf"
    indhold = TOM_PDF
    antal_byte = len(TOM_PDF)
    sha256 = "0" * 64


class HuskeseddelFactory(DjangoModelFactory):
    class Meta:
        model = Huskeseddel

    sag = factory.SubFactory(SagFactory)
    bruger = factory.SubFactory(BrugerFactory)
    dato = factory.LazyFunction(i_dag)
    tekst = factory.Sequence(lambda n: f"Ring til jobcentret {n}")


class SamtykkeFactory(DjangoModelFactory):
    class Meta:
        model = Samtykke

    borger = factory.SubFactory(BorgerFactory)
    modtager = Samtykke.Modtager.EGEN_LAEGE
    informationstyper = factory.LazyFunction(lambda: [Informationstype.HELBRED])
    fra_dato = factory.LazyFunction(i_dag)
    til_dato = factory.LazyFunction(lambda: i_dag() + timedelta(days=365))
    registreret_af = factory.SubFactory(BrugerFactory)


class NetvaerkspersonFactory(DjangoModelFactory):
    class Meta:
        model = Netvaerksperson

    borger = factory.SubFactory(BorgerFactory)
    navn = factory.Sequence(lambda n: f"Gerda Skovsen {n}")
    relation = "mor"


class FuldmagtFactory(DjangoModelFactory):
    class Meta:
        model = Fuldmagt

    borger = factory.SubFactory(BorgerFactory)
    art = Fuldmagt.Art.PARTSREPRAESENTANT
    navn = factory.Sequence(lambda n: f"Advokat Holm {n}")
    fra_dato = factory.LazyFunction(i_dag)
    registreret_af = factory.SubFactory(BrugerFactory)


class LaegepraksisFactory(DjangoModelFactory):
    class Meta:
        model = Laegepraksis

    ydernummer = factory.Sequence(lambda n: f"{n % 900000 + 1:06d}")
    navn = "Lægehuset"


class SaerligadgangFactory(DjangoModelFactory):
    """Open since a minute ago and for an hour."""

    class Meta:
        model = Saerligadgang

    sag = factory.SubFactory(SagFactory)
    bruger = factory.SubFactory(BrugerFactory)
    art = Saerligadgang.Art.NOEDADGANG
    begrundelse = "Borgeren ringer, og sagsbehandleren er syg"
    fra_tid = factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=1))
    til_tid = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=1))


class InhabilitetFactory(DjangoModelFactory):
    class Meta:
        model = Inhabilitet

    borger = factory.SubFactory(BorgerFactory)
    bruger = factory.SubFactory(BrugerFactory)
    begrundelse = "Nabo"
    registreret_af = factory.SelfAttribute("bruger")


class ScreeningsnotatFactory(DjangoModelFactory):
    class Meta:
        model = Screeningsnotat

    sag = factory.SubFactory(SagFactory)
    hvorfor_nu = "Sygemeldt i to år"
    skrevet_af = factory.SubFactory(BrugerFactory)


class ScreeningsfravigelseFactory(DjangoModelFactory):
    class Meta:
        model = Screeningsfravigelse

    sag = factory.SubFactory(SagFactory)
    begrundelse = "Fristen i sagen kan ikke vente på notatet."
    anmodet_af = factory.SubFactory(BrugerFactory)


class ForberedendeDelFactory(DjangoModelFactory):
    class Meta:
        model = ForberedendeDel

    sag = factory.SubFactory(SagFactory, fase=Fase.FORBEREDELSE)
    oprettet_af = factory.SubFactory(BrugerFactory)


class LaegeattestFactory(DjangoModelFactory):
    class Meta:
        model = Laegeattest

    class Params:
        modtaget = factory.Trait(
            modtaget_dato=factory.LazyFunction(lambda: i_dag() - timedelta(days=20)),
            gyldig_til=factory.LazyFunction(lambda: i_dag() + timedelta(days=160)),
            dokument=factory.SubFactory(DokumentFactory, sag=factory.SelfAttribute("..sag")),
        )

    sag = factory.SubFactory(SagFactory, fase=Fase.FORBEREDELSE)
    anmodet_dato = factory.LazyFunction(lambda: i_dag() - timedelta(days=40))
    anmodet_af = factory.SubFactory(BrugerFactory)


class LaegeattestrykkerFactory(DjangoModelFactory):
    class Meta:
        model = Laegeattestrykker

    attest = factory.SubFactory(LaegeattestFactory)
    nr = 1
    dato = factory.LazyFunction(i_dag)


class KvalitetssikringFactory(DjangoModelFactory):
    class Meta:
        model = Kvalitetssikring

    class Params:
        godkendt = factory.Trait(
            resultat="godkendt",
            afgjort_af=factory.SubFactory(BrugerFactory, roller=[Rolle.FAGLIG_KONSULENT]),
            afgjort_den=factory.LazyFunction(timezone.now),
        )

    sag = factory.SubFactory(SagFactory, fase=Fase.KVALITETSSIKRING)
    forberedende_del = factory.SubFactory(
        ForberedendeDelFactory, sag=factory.SelfAttribute("..sag")
    )
    indsendt_den = factory.LazyFunction(timezone.now)
    indsendt_af = factory.SubFactory(BrugerFactory)


def klokken(dato: date, timer: int = 10, minutter: int = 0) -> datetime:
    """An aware time on `dato` in Denmark."""
    return timezone.make_aware(datetime.combine(dato, time(timer, minutter)))


class SparringstidFactory(DjangoModelFactory):
    class Meta:
        model = Sparringstid

    sundhedskoordinator = factory.SubFactory(BrugerFactory, roller=[Rolle.SUNDHEDSKOORDINATOR])
    start = factory.LazyFunction(lambda: klokken(i_dag() + timedelta(days=7)))
    slut = factory.LazyAttribute(lambda o: o.start + timedelta(minutes=30))
    sted = "Rådhuset, lokale 2"
    oprettet_af = factory.SubFactory(BrugerFactory, roller=[Rolle.MOEDEKOORDINATOR])
    udgivet_af = factory.SelfAttribute("oprettet_af")
    udgivet_den = factory.LazyFunction(timezone.now)


class SparringsbookingFactory(DjangoModelFactory):
    class Meta:
        model = Sparringsbooking

    tid = factory.SubFactory(SparringstidFactory)
    sag = factory.SubFactory(SagFactory, fase=Fase.FORBEREDELSE)
    eget_spoergsmaal = "Er jobønsket forsvarligt?"
    booket_af = factory.SubFactory(BrugerFactory)
    sagsbehandler = factory.SelfAttribute("booket_af")


class TeammoedeFactory(DjangoModelFactory):
    class Meta:
        model = Teammoede

    dato = factory.LazyFunction(lambda: i_dag() + timedelta(days=7))
    start = time(9, 0)
    slut = time(12, 0)
    sted = "Rådhuset, mødelokale 4"
    moedeleder = factory.SubFactory(BrugerFactory, roller=[Rolle.MOEDELEDER])
    oprettet_af = factory.SubFactory(BrugerFactory, roller=[Rolle.MOEDEKOORDINATOR])


class MoededeltagerFactory(DjangoModelFactory):
    class Meta:
        model = Moededeltager

    moede = factory.SubFactory(TeammoedeFactory)
    bruger = factory.SubFactory(BrugerFactory, roller=[Rolle.TEAMMEDLEM])
    fagomraade = Moededeltager.Fagomraade.SOCIAL


def goer_klar(sag: Any, dato: date) -> None:
    """Let the case lack nothing that the database asks of one on an agenda for `dato`."""
    seneste = sag.kvalitetssikringer.first()
    if seneste is None or seneste.resultat != "godkendt":
        andet = {"forberedende_del": del_} if (del_ := sag.forberedende_dele.first()) else {}
        KvalitetssikringFactory(sag=sag, godkendt=True, **andet)
    if not Laegeattest.objects.aktuelle(dato).filter(sag=sag).exists():
        modtaget = min(dato, i_dag()) - timedelta(days=20)
        LaegeattestFactory(
            sag=sag,
            modtaget=True,
            anmodet_dato=modtaget - timedelta(days=20),
            modtaget_dato=modtaget,
            gyldig_til=max(dato, i_dag()) + timedelta(days=160),
        )


class DagsordenspunktFactory(DjangoModelFactory):
    """A case on an agenda; made ready for it unless it has been dealt with or taken off."""

    class Meta:
        model = Dagsordenspunkt

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        if not kwargs.get("behandlet_den") and not kwargs.get("taget_af_den"):
            goer_klar(kwargs["sag"], kwargs["moede"].dato)
        return super()._create(model_class, *args, **kwargs)

    moede = factory.SubFactory(TeammoedeFactory)
    sag = factory.SubFactory(SagFactory, fase=Fase.MOEDE)
    raekkefoelge = factory.Sequence(lambda n: n + 1)
    sat_paa_af = factory.SelfAttribute("moede.oprettet_af")


class IndstillingFactory(DjangoModelFactory):
    """A draft; `afsluttet=True` gives a finalised recommendation of a ressourceforløb."""

    class Meta:
        model = Indstilling

    class Params:
        afsluttet = factory.Trait(
            udfald="ressourceforloeb",
            begrundelse="Arbejdsevnen kan udvikles med korte dage og fast støtte.",
            varighed_maaneder=24,
            maal="Medhjælper på bibliotek",
            maal_art="job",
            afsluttet_den=factory.LazyFunction(timezone.now),
            afsluttet_af=factory.SelfAttribute("punkt.moede.moedeleder"),
        )

    punkt = factory.SubFactory(DagsordenspunktFactory)
    sag = factory.SelfAttribute("punkt.sag")
    moede_dato = factory.SelfAttribute("punkt.moede.dato")


class IndstillingslinjeFactory(DjangoModelFactory):
    class Meta:
        model = Indstillingslinje

    indstilling = factory.SubFactory(IndstillingFactory)
    nr = factory.Sequence(lambda n: n + 1)
    indsatstype = factory.LazyFunction(lambda: Indsatstype.objects.get(kode="virksomhedspraktik"))
    formaal = "Prøve om opgaverne passer"


class KravbegrundelseFactory(DjangoModelFactory):
    class Meta:
        model = Kravbegrundelse

    punkt = factory.SubFactory(DagsordenspunktFactory)
    fagomraade = "familie"
    begrundelse = "Familien er hørt inden mødet"
    skrevet_af = factory.SelfAttribute("punkt.sat_paa_af")


class PunktdeltagerFactory(DjangoModelFactory):
    """The citizen's own place at the case's turn."""

    class Meta:
        model = Punktdeltager

    punkt = factory.SubFactory(DagsordenspunktFactory)
    art = "borger"
    navn = factory.LazyAttribute(lambda o: o.punkt.sag.borger.navn)
    tilfoejet_af = factory.SelfAttribute("punkt.sat_paa_af")


class IndkaldelseFactory(DjangoModelFactory):
    class Meta:
        model = Indkaldelse

    deltager = factory.SubFactory(PunktdeltagerFactory)
    nr = factory.Sequence(lambda n: n + 1)
    dato = factory.SelfAttribute("deltager.punkt.moede.dato")
    kl = factory.SelfAttribute("deltager.punkt.moede.start")
    sted = factory.SelfAttribute("deltager.punkt.moede.sted")
    kanal = "telefon"
    afsendt_af = factory.SelfAttribute("deltager.tilfoejet_af")
    varsel_dage = 14


class SagspakkeFactory(DjangoModelFactory):
    class Meta:
        model = Sagspakke

    punkt = factory.SubFactory(DagsordenspunktFactory)
    nr = 1
    udgivet_af = factory.SelfAttribute("punkt.sat_paa_af")


class SagspakkeudgaveFactory(DjangoModelFactory):
    class Meta:
        model = Sagspakkeudgave

    pakke = factory.SubFactory(SagspakkeFactory)
    udgave = "fuld"
    indhold = b"%PDF-1.7"
    sha256 = "0" * 64
    sider = 1


class MoedenoteFactory(DjangoModelFactory):
    class Meta:
        model = Moedenote

    punkt = factory.SubFactory(DagsordenspunktFactory)
    forfatter = factory.SubFactory(BrugerFactory, roller=[Rolle.TEAMMEDLEM])
    er_faelles = True
    tekst = "Hun vil gerne se stedet først"


class IndstillingsversionFactory(DjangoModelFactory):
    class Meta:
        model = Indstillingsversion

    indstilling = factory.SubFactory(IndstillingFactory, afsluttet=True, version=1)
    nr = 1
    indhold = factory.LazyFunction(lambda: {"hoved": {}, "linjer": []})
    afsluttet_af = factory.SelfAttribute("indstilling.afsluttet_af")


class IndstillingsudleveringFactory(DjangoModelFactory):
    class Meta:
        model = Indstillingsudlevering

    indstilling = factory.SubFactory(IndstillingFactory, afsluttet=True, version=1)
    version = 1
    dato = factory.LazyFunction(i_dag)
    maade = "udleveret"
    registreret_af = factory.SubFactory(BrugerFactory)


class AfgoerelseFactory(DjangoModelFactory):
    class Meta:
        model = Afgoerelse

    class Params:
        truffet = factory.Trait(
            virkning_fra=factory.LazyFunction(i_dag),
            slut_dato=factory.LazyAttribute(lambda o: o.virkning_fra + timedelta(days=729)),
            faktum="Du er 43 år og har arbejdet i butik.",
            begrundelse="Kommunen følger teamets indstilling.",
            regelsaet=factory.SelfAttribute("sag.regelsaet"),
            klagefrist_uger=4,
            hjemmel="LAB § 112",
            klagevejledning="Du kan klage inden fire uger.",
            afsluttet_den=factory.LazyFunction(timezone.now),
            afsluttet_af=factory.SelfAttribute("skrevet_af"),
            afgoerelse_dato=factory.LazyFunction(i_dag),
        )

    indstilling = factory.SubFactory(IndstillingFactory, afsluttet=True)
    sag = factory.SelfAttribute("indstilling.sag")
    udfald = "ressourceforloeb"
    skrevet_af = factory.SubFactory(BrugerFactory)


class PartshoeringFactory(DjangoModelFactory):
    class Meta:
        model = Partshoering

    afgoerelse = factory.SubFactory(AfgoerelseFactory)
    oplysninger = "Lægen skriver, at smerterne er taget til."
    oprettet_af = factory.SelfAttribute("afgoerelse.skrevet_af")


class KlageFactory(DjangoModelFactory):
    """A complaint received today about a decision made today."""

    class Meta:
        model = Klage

    afgoerelse = factory.SubFactory(AfgoerelseFactory, truffet=True)
    sag = factory.SelfAttribute("afgoerelse.sag")
    modtaget_dato = factory.LazyFunction(i_dag)
    maade = "skriftligt"
    indhold = "Jeg vil have fleksjob nu."
    klager = factory.LazyAttribute(lambda o: o.sag.borger.navn)
    klagefrist = factory.LazyAttribute(lambda o: o.modtaget_dato + timedelta(days=28))
    genvurdering_frist = factory.LazyAttribute(lambda o: o.modtaget_dato + timedelta(days=28))
    registreret_af = factory.SelfAttribute("afgoerelse.skrevet_af")


class RegelfravigelseFactory(DjangoModelFactory):
    """A request that waits; give `resultat` and the rest for an answered one."""

    class Meta:
        model = Regelfravigelse

    sag = factory.SubFactory(SagFactory, fase=Fase.AFGOERELSE)
    art = "nyt_forloeb"
    begrundelse = "Teamet så sagen før skæringsdatoen."
    anmodet_af = factory.SubFactory(BrugerFactory)


class RessourceforloebFactory(DjangoModelFactory):
    """A granted forløb of a case in the step plan, begun 60 days ago."""

    class Meta:
        model = Ressourceforloeb

    sag = factory.SubFactory(SagFactory, fase=Fase.PLAN)
    borger = factory.SelfAttribute("sag.borger")
    afgoerelse = factory.SubFactory(
        AfgoerelseFactory,
        truffet=True,
        indstilling__punkt__sag=factory.SelfAttribute("....sag"),
    )
    start_dato = factory.LazyFunction(lambda: i_dag() - timedelta(days=60))
    slut_dato = factory.LazyAttribute(lambda o: o.start_dato + timedelta(days=729))


class MaalFactory(DjangoModelFactory):
    class Meta:
        model = Maal

    forloeb = factory.SubFactory(RessourceforloebFactory)
    rang = factory.Sequence(lambda n: n + 1)
    tekst = "Medhjælper på bibliotek"
    art = "job"


class IndsatsFactory(DjangoModelFactory):
    """A planned effort; `i_gang=True` has begun, `mentor=True` is a mentor with tasks."""

    class Meta:
        model = Indsats

    class Params:
        i_gang = factory.Trait(
            status="i_gang", faktisk_start=factory.SelfAttribute("planlagt_start")
        )
        mentor = factory.Trait(
            indsatstype=factory.LazyFunction(lambda: Indsatstype.objects.get(kode="mentor")),
            beskrivelse="Mentor, Lars Bach",
            formaal="Komme af sted om morgenen",
            opgaver="Ringe hver mandag",
            timer_pr_uge=Decimal(2),
        )

    forloeb = factory.SubFactory(RessourceforloebFactory)
    maal = factory.SubFactory(MaalFactory, forloeb=factory.SelfAttribute("..forloeb"))
    indsatstype = factory.LazyFunction(lambda: Indsatstype.objects.get(kode="virksomhedspraktik"))
    beskrivelse = "Virksomhedspraktik, bibliotek"
    formaal = "Prøve om opgaverne passer"
    tilfoejet_begrundelse = "Borgerens eget ønske"
    planlagt_start = factory.LazyFunction(lambda: i_dag() - timedelta(days=30))
    planlagt_slut = factory.LazyAttribute(lambda o: o.planlagt_start + timedelta(days=90))
    ansvarlig = "Tina Vestergaard"


class DelmaalFactory(DjangoModelFactory):
    class Meta:
        model = Delmaal

    maal = factory.SubFactory(MaalFactory)
    tekst = "10 timer om ugen"


class _PaaIndsats(DjangoModelFactory):
    """A row of an effort that is in progress, from ten days ago."""

    class Meta:
        abstract = True

    indsats = factory.SubFactory(IndsatsFactory, i_gang=True)
    fra_dato = factory.LazyFunction(lambda: i_dag() - timedelta(days=10))


class IndsatspauseFactory(_PaaIndsats):
    class Meta:
        model = Indsatspause

    til_dato = factory.LazyAttribute(lambda o: o.fra_dato + timedelta(days=4))
    begrundelse = "Virksomheden holder lukket"


class IndsatstrinFactory(_PaaIndsats):
    class Meta:
        model = Indsatstrin

    dage_pr_uge = 2
    timer_pr_dag = Decimal(2)
    opgaver = "Sætte bøger på plads"


class FaktiskTimetalFactory(_PaaIndsats):
    class Meta:
        model = FaktiskTimetal

    timer_pr_uge = Decimal(4)


class IndsatsfravaerFactory(_PaaIndsats):
    class Meta:
        model = Indsatsfravaer

    art = "syg"
    til_dato = factory.LazyAttribute(lambda o: o.fra_dato + timedelta(days=2))


class VirksomhedFactory(DjangoModelFactory):
    """A made-up company; every CVR number here satisfies modulus 11."""

    class Meta:
        model = Virksomhed

    cvr = factory.Sequence(lambda n: cvr(1000000 + n))
    navn = factory.Sequence(lambda n: f"Egelund Byggecenter {n}")


def cvr(foerste_syv: int) -> str:
    """A CVR number that begins with the digits, or with the next ones that have a last digit."""
    while True:
        sum_ = sum(int(c) * v for c, v in zip(str(foerste_syv), (2, 7, 6, 5, 4, 3, 2), strict=True))
        sidste = -sum_ % 11
        if sidste < 10:
            return f"{foerste_syv}{sidste}"
        foerste_syv += 1_000_000


class VirksomhedskontaktFactory(DjangoModelFactory):
    class Meta:
        model = Virksomhedskontakt

    virksomhed = factory.SubFactory(VirksomhedFactory)
    navn = factory.Sequence(lambda n: f"Bjarne Holm {n}")
    er_mentor = True


class PraktikFactory(DjangoModelFactory):
    """A praktik in progress, with a company mentor."""

    class Meta:
        model = Praktik

    indsats = factory.SubFactory(IndsatsFactory, i_gang=True)
    virksomhed = factory.SubFactory(VirksomhedFactory)
    virksomhedsmentor = factory.SubFactory(
        VirksomhedskontaktFactory, virksomhed=factory.SelfAttribute("..virksomhed")
    )
    formaal_art = "mod_job"
    formaal_tekst = "Job som chauffør"


class FritagelseFactory(DjangoModelFactory):
    class Meta:
        model = Fritagelse

    forloeb = factory.SubFactory(RessourceforloebFactory)
    art = "fritaget"
    fra_dato = factory.LazyAttribute(lambda o: o.forloeb.start_dato)
    til_dato = factory.LazyAttribute(lambda o: o.fra_dato + timedelta(days=9))
    begrundelse = "Indlagt"


class GenforelaeggelseFactory(DjangoModelFactory):
    """An open draft."""

    class Meta:
        model = Genforelaeggelse

    forloeb = factory.SubFactory(RessourceforloebFactory)
    tekst = "Der er ikke begyndt en indsats."
    oprettet_af = factory.SubFactory(BrugerFactory)


class LinjeforklaringFactory(DjangoModelFactory):
    """A line that was given up; give `erstattet_af` for one that was replaced."""

    class Meta:
        model = Linjeforklaring

    forloeb = factory.SubFactory(RessourceforloebFactory)
    linje = factory.SubFactory(
        IndstillingslinjeFactory,
        indstilling=factory.SelfAttribute("..forloeb.afgoerelse.indstilling"),
    )
    begrundelse = "Borgeren ønskede hold"
    noteret_af = factory.SubFactory(BrugerFactory)


class IndsatsplanFactory(DjangoModelFactory):
    class Meta:
        model = Indsatsplan

    class Params:
        godkendt = factory.Trait(
            borger_enig="enig",
            godkendt_dato=factory.LazyFunction(i_dag),
            godkendt_den=factory.LazyFunction(timezone.now),
            godkendt_af=factory.SelfAttribute("oprettet_af"),
        )

    forloeb = factory.SubFactory(RessourceforloebFactory)
    nr = 1
    oprettet_af = factory.SubFactory(BrugerFactory)


class OpfoelgningsmoedeFactory(DjangoModelFactory):
    """An agreed meeting; `afholdt=True` was held on its day."""

    class Meta:
        model = Opfoelgningsmoede

    class Params:
        afholdt = factory.Trait(
            status="afholdt",
            afholdt_dato=factory.LazyAttribute(lambda o: timezone.localtime(o.tidspunkt).date()),
            mentor_var_med=True,
            uden_naeste_begrundelse="Aftales på telefon",
            lukket_den=factory.LazyFunction(timezone.now),
            lukket_af=factory.SelfAttribute("aftalt_af"),
        )

    sag = factory.SubFactory(SagFactory, fase=Fase.PLAN)
    nr = factory.Sequence(lambda n: n + 1)
    tidspunkt = factory.LazyFunction(lambda: klokken(i_dag() + timedelta(days=3), 13))
    sted = "Rådhuset, mødelokale 2"
    aftalt_af = factory.SubFactory(BrugerFactory)


class OpfoelgningsserieFactory(DjangoModelFactory):
    class Meta:
        model = Opfoelgningsserie

    sag = factory.SubFactory(SagFactory, fase=Fase.PLAN)
    uger = 8
    oprettet_af = factory.SubFactory(BrugerFactory)


class MentorsvarFactory(DjangoModelFactory):
    class Meta:
        model = Mentorsvar

    moede = factory.SubFactory(OpfoelgningsmoedeFactory)
    godt = "Det går godt i kantinen."
    skrevet_af = factory.SubFactory(BrugerFactory)


class FristFactory(DjangoModelFactory):
    """A row as the derivation leaves it, for what reads deadlines; `kode` picks the rule."""

    class Meta:
        model = Frist

    sag = factory.SubFactory(SagFactory, fase=Fase.PLAN)
    kode = "FOERSTE_OPFOELGNING"
    regel = factory.LazyAttribute(lambda o: Fristregel.objects.filter(kode=o.kode).first())
    anker_type = "proeve"
    anker_id = factory.Sequence(lambda n: n + 1)
    start_dato = factory.LazyAttribute(lambda o: o.forfald_dato - timedelta(days=7))
    forfald_dato = factory.LazyFunction(i_dag)
    maal_dato = factory.SelfAttribute("forfald_dato")
    varsel_dato = factory.LazyAttribute(lambda o: o.forfald_dato - timedelta(days=2))


class PaamindelseFactory(DjangoModelFactory):
    class Meta:
        model = Paamindelse

    frist = factory.SubFactory(FristFactory)
    bruger = factory.SubFactory(BrugerFactory)
    art = "varsel"
    forfald_dato = factory.SelfAttribute("frist.forfald_dato")


class LogistiktrinFactory(DjangoModelFactory):
    class Meta:
        model = Logistiktrin

    kode = factory.Sequence(lambda n: f"trin-{n}")
    hvem = "ansvarlig"
    hvad = "Ring til praktikstedet"
    antal = 1
    enhed = "UGER"
    paa_eftermoedet = False
    udfald = factory.LazyFunction(lambda: ["ressourceforloeb"])


class OpgaveFactory(DjangoModelFactory):
    """Open, the responsible's, due in a week."""

    class Meta:
        model = Opgave

    indstilling = factory.SubFactory(IndstillingFactory)
    sag = factory.SelfAttribute("indstilling.sag")
    hvem = "ansvarlig"
    hvad = "Ring til praktikstedet"
    frist_dato = factory.LazyFunction(lambda: i_dag() + timedelta(days=7))


class EftermoedeFactory(DjangoModelFactory):
    class Meta:
        model = Eftermoede

    indstilling = factory.SubFactory(IndstillingFactory)


class ProgressionskatalogFactory(DjangoModelFactory):
    """A draft, of which there is but one; give `nr` and `gyldig_fra` for one in use."""

    class Meta:
        model = Progressionskatalog
        django_get_or_create = ("nr",)

    nr = 100
    navn = "Udvikling"


class ProgressionsindikatorFactory(DjangoModelFactory):
    class Meta:
        model = Progressionsindikator

    katalog = factory.SubFactory(ProgressionskatalogFactory)
    kode = factory.Sequence(lambda n: f"indikator-{n}")
    rang = factory.Sequence(lambda n: n + 1)
    navn = "Overskud i hverdagen"
    spoergsmaal_borger = "Har du kræfter til det, du skal?"
    spoergsmaal_fagperson = "Har borgeren kræfter til det, der er aftalt?"
    skjult_for_borger = False


class ProgressionstrinFactory(DjangoModelFactory):
    class Meta:
        model = Progressionstrin

    indikator = factory.SubFactory(ProgressionsindikatorFactory)
    vaerdi = 1
    ankertekst = "Slet ikke"


class ProgressionsmaalingFactory(DjangoModelFactory):
    class Meta:
        model = Progressionsmaaling

    moede = factory.SubFactory(OpfoelgningsmoedeFactory, afholdt=True)
    indikator = factory.SubFactory(ProgressionsindikatorFactory)
    borger_score = 3
    fagperson_score = 2


class SmaatSkridtFactory(DjangoModelFactory):
    class Meta:
        model = SmaatSkridt

    sag = factory.SubFactory(SagFactory, fase=Fase.PLAN)
    tekst = "Tog bussen alene."
    skrevet_af = factory.SubFactory(BrugerFactory)
