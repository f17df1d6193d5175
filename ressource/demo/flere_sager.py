"""Ordinary cases around the ten, so that the caseworkers' lists look like a working day."""

from collections.abc import Callable
from dataclasses import dataclass

from borgere.models import Fase, Tildeling
from rehabilitering.models import Moededeltager
from ressource.demo import garanti
from ressource.demo.bygger import Person, Ramme, Scene
from ressource.demo.bygger_forberedelse import Afsnit
from ressource.demo.bygger_forloeb import Forloebsbygger, Indsatsdata, Moedereferat
from ressource.demo.bygger_moede import Linje, saet_i_moede

SVAR_FRA_LAEGEN = (
    "Tilstanden er stabil. Patienten kan begynde på få timer med mulighed for pauser, og arbejdsevnen "
    "kan udvikles over tid."
)


@dataclass(frozen=True)
class Kort:
    """What tells one ordinary case from another."""

    person: Person
    maal: str
    ord: str
    helbred: str
    plads: str = ""


def _kort(
    fornavn: str,
    efternavn: str,
    alder: int,
    koen: str,
    foedt: tuple[int, int],
    maal: str,
    ord_: str,
    helbred: str,
    plads: str = "",
    **andet: object,
) -> Kort:
    person = Person(
        fornavn, efternavn, alder, koen, foedt, {"har_uddannelse": alder >= 30, **andet}
    )
    return Kort(person, maal, ord_, helbred, plads)


def _afsnit(kort: Kort) -> Afsnit:
    """All nine sections in few words."""
    navn = kort.person.fornavn
    return {
        "erfaring_ressourcer": (
            "Jeg har altid passet mit arbejde, til jeg blev syg.",
            f"{navn} har arbejdet i flere brancher og møder til tiden.",
        ),
        "personlige_ressourcer": (
            "Min familie hjælper mig.",
            f"Et lille netværk støtter {navn} i planen.",
        ),
        "udfordringer_beskaeftigelse": (
            "Jeg bliver hurtigt træt.",
            "Der er behov for faste rammer og korte dage.",
        ),
        "udfordringer_social": (
            "Derhjemme går det, når jeg får sovet.",
            "Ingen særlige udfordringer hjemme ud over søvnen.",
        ),
        "oensker_job_uddannelse": (kort.ord, f"Målet er sat sammen med {navn}."),
        "helbred": ("Det svinger fra dag til dag.", kort.helbred),
        "helbred_betydning": (
            "Jeg skal kunne holde en pause.",
            "Pauser, få timer i starten og én kontaktperson.",
        ),
        "laegens_vurdering": ("", "Lægen støtter en langsom start."),
        "forsoergelseshistorik": (
            "Løn, og så sygedagpenge.",
            "Offentlig forsørgelse i over et år.",
        ),
        "hidtidig_indsats": (
            "Jeg har været i praktik en gang.",
            "En praktik og et vejledningsforløb uden varig virkning.",
        ),
    }


def _begynd(scene: Scene, kort: Kort, ramme: Ramme) -> Forloebsbygger:
    """Case, screening and consents; the screening is decided unless the case is still in it."""
    sag = Forloebsbygger(scene, kort.person, ramme)
    o = ramme.oprettet
    i_screening = ramme.fase == Fase.SCREENING
    sag.screening(
        indsendt=None if i_screening else o - 6,
        afgjort=None if i_screening else o - 10,
        henvist_af="Jobcentret",
        hvorfor_nu="Kommunens tilbud er brugt op, og der er ikke lagt en samlet plan.",
        betingelse=1,
        betingelse_tekst="Offentlig forsørgelse i mere end et år.",
        har_udviklingsperspektiv=True,
        udviklingsperspektiv_tekst="Der er gode erfaringer at bygge på.",
        helbredsstatus=kort.helbred,
        anbefaling="" if i_screening else "Fortsæt.",
    )
    sag.samtykker("egen_laege", "region", dage=o - 8)
    return sag


def _skriv_del(
    sag: Forloebsbygger, kort: Kort, *, indtil: int, status: str, afsnit: Afsnit | None = None
) -> None:
    o = sag.ramme.oprettet
    sag.forberedende_del(
        _afsnit(kort) if afsnit is None else afsnit,
        begyndt=o - 14,
        rettet=indtil,
        gennemgaaet=None if status == "kladde" else indtil,
        status=status,
        spoergetragt_niveau=2,
        tragt_job="Det ved jeg ikke endnu.",
        tragt_opgaver=kort.ord,
        maal=kort.maal,
        maal_art="job",
        naeste_skridt="Besøge en arbejdsplads",
    )


def _attest(
    sag: Forloebsbygger, anmodet: int, modtaget: int | None, rykker: int | None = None
) -> None:
    sag.laegeattest(
        anmodet=anmodet,
        modtaget=modtaget,
        spoergsmaal="Hvilke hensyn skal en arbejdsplads tage?",
        svar=SVAR_FRA_LAEGEN,
        rykker=rykker,
    )


def _klar_til_moede(
    scene: Scene, kort: Kort, ramme: Ramme, *, sikret: int, status: str = "kvalitetssikret"
) -> Forloebsbygger:
    """Quality assured `sikret` days ago."""
    sag = _begynd(scene, kort, ramme)
    _skriv_del(sag, kort, indtil=sikret + 9, status=status)
    _attest(sag, ramme.oprettet - 25, ramme.oprettet - 50)
    sag.kvalitetssikring(indsendt=sikret + 5, afgjort=sikret)
    return sag


# --- before the meeting: Maja's ------------------------------------------------------------------


def _moede_i_dag(scene: Scene) -> None:
    """Gitte's child has a case, and nobody from the familieafdeling is asked yet."""
    for kort in (
        _kort("Jan", "Holmgaard", 49, "mand", (21, 8), "Pedelmedhjælper",
              "Jeg vil gerne reparere ting og være ude.", "Slidgigt i hofter og knæ."),
        _kort("Gitte", "Mortensen", 38, "kvinde", (17, 3), "Medhjælper i genbrugsbutik",
              "Jeg kan lide at gøre pænt og sætte ting på plads.", "Migræne og søvnbesvær.",
              antal_hjemmeboende_boern=1, har_boernesag=True),
    ):  # fmt: skip
        ramme = Ramme(Fase.MOEDE, oprettet=150, ansvarlig="sagsbehandler")
        sag = _klar_til_moede(scene, kort, ramme, sikret=16)
        sag.paa_dagsorden(scene.tid.om(0), sat_paa=8)


def _moede_naeste_uge(scene: Scene) -> None:
    kort = _kort("Mona", "Kjeldsen", 41, "kvinde", (4, 6), "Køkkenmedhjælper i kantine",
                 "Jeg laver god mad, og jeg kan lide at give den væk.", "Angst og søvnbesvær.",
                 antal_hjemmeboende_boern=1, har_boernesag=True,
                 boernesag_fulgt_op_dato=scene.tid.foer(20),
                 boernesag_fulgt_op_af=scene.hold["anette.juul"])  # fmt: skip
    ramme = Ramme(Fase.MOEDE, oprettet=140, ansvarlig="sagsbehandler")
    sag = _klar_til_moede(scene, kort, ramme, sikret=8)
    sag.paa_dagsorden(scene.tid.om(7), sat_paa=3, udgivet=False)
    saet_i_moede(scene, sag.moede, "anette.juul", Moededeltager.Fagomraade.FAMILIE)


def _venter_paa_plads(scene: Scene) -> None:
    for kort, oprettet, sikret in (
        (_kort("Svend", "Ottesen", 58, "mand", (11, 1), "Chauffør med korte ture",
               "Jeg kan godt lide at være alene i bilen.", "Hjerteproblemer, i behandling."), 160, 12),
        (_kort("Lea", "Brandt", 24, "kvinde", (27, 9), "Medhjælper i børnehave",
               "Jeg er god til de små.", "Depression, i bedring."), 120, 6),
    ):  # fmt: skip
        ramme = Ramme(Fase.MOEDE, oprettet=oprettet, ansvarlig="sagsbehandler")
        _klar_til_moede(scene, kort, ramme, sikret=sikret)


def _attest_mangler(scene: Scene) -> None:
    kort = _kort("Hassan", "Aziz", 45, "mand", (16, 4), "Værkstedsmedhjælper",
                 "Jeg vil lave biler igen.", "Smerter i ryg og ben.", tolkesprog="arabisk")  # fmt: skip
    sag = _begynd(scene, kort, Ramme(Fase.FORBEREDELSE, oprettet=70, ansvarlig="sagsbehandler"))
    _skriv_del(sag, kort, indtil=9, status="kladde")
    _attest(sag, 38, None, rykker=2)
    sag.notater((9, "Rykket lægen", "Lægehuset lover svar i denne uge.", False))


def _halvt_skrevet(scene: Scene) -> None:
    kort = _kort("Gerda", "Lind", 55, "kvinde", (3, 3), "Medhjælper på bibliotek",
                 "Bøger larmer ikke.", "Følger efter blodprop, bliver hurtigt træt.")  # fmt: skip
    sag = _begynd(scene, kort, Ramme(Fase.FORBEREDELSE, oprettet=90, ansvarlig="sagsbehandler"))
    skrevet = dict(list(_afsnit(kort).items())[:6])
    _skriv_del(sag, kort, indtil=13, status="kladde", afsnit=skrevet)
    _attest(sag, 60, 33)


def _til_kvalitetssikring(scene: Scene) -> None:
    kort = _kort("Nikolaj", "Friis", 33, "mand", (25, 11), "Lagermedarbejder",
                 "Bare noget, hvor jeg ved, hvornår jeg har fri.", "ADHD, i behandling.")  # fmt: skip
    sag = _begynd(
        scene, kort, Ramme(Fase.KVALITETSSIKRING, oprettet=105, ansvarlig="sagsbehandler")
    )
    _skriv_del(sag, kort, indtil=8, status="gennemgaaet")
    _attest(sag, 80, 52)
    sag.kvalitetssikring(indsendt=5)


def _screening_i_kladde(scene: Scene) -> None:
    kort = _kort("Ditte", "Sommer", 28, "kvinde", (19, 12), "",
                 "", "Stress og hovedpine gennem et år.")  # fmt: skip
    sag = Forloebsbygger(
        scene, kort.person, Ramme(Fase.SCREENING, oprettet=6, ansvarlig="sagsbehandler")
    )
    sag.screening(
        indsendt=None,
        henvist_af="Sygedagpenge",
        hvorfor_nu="Sygemeldt i et år efter et job som pædagogmedhjælper.",
        helbredsstatus=kort.helbred,
    )
    sag.bed_om_fravigelse(
        1, "Sygedagpengene stopper ved månedens udgang, og konsulenten er væk i to uger."
    )


def _fleksjob_indstillet(scene: Scene) -> None:
    kort = _kort("Bent", "Ager", 51, "mand", (7, 7), "Butiksmedhjælper",
                 "Jeg vil blive, hvor jeg er, på færre timer.", "Leddegigt.")  # fmt: skip
    ramme = Ramme(Fase.AFGOERELSE, oprettet=150, ansvarlig="sagsbehandler")
    sag = _klar_til_moede(scene, kort, ramme, sikret=24, status="forelagt")
    sag.paa_dagsorden(scene.tid.foer(5))
    sag.indstilling(
        maal="",
        maaneder=None,
        udfald="fleksjob",
        begrundelse="Arbejdsevnen er varigt nedsat og beskrevet godt nok i det nuværende job.",
    )


# --- after the meeting: Lene's -------------------------------------------------------------------


def _i_forloeb(
    scene: Scene, kort: Kort, *, moede: int, maaneder: int, fase: Fase, mentor: bool = True
) -> Forloebsbygger:
    """Recommended `moede` days ago, decided a week later; the forløb runs."""
    afgjort = max(moede - 8, 2)
    ramme = Ramme(
        fase,
        oprettet=moede + 140,
        ansvarlig="koordinerende",
        foerste="jonas.holt",
        overtaget=max(afgjort - 1, 1),
    )
    sag = _klar_til_moede(scene, kort, ramme, sikret=moede + 14, status="forelagt")
    sag.paa_dagsorden(scene.tid.foer(moede))
    sag.indstilling(
        maal=kort.maal,
        maaneder=maaneder,
        begrundelse="Arbejdsevnen kan udvikles med korte dage og fast støtte.",
        linjer=(
            Linje("virksomhedspraktik", "Prøve opgaver, der ligger tæt på målet", "Viser vejen",
                  "Tina Vestergaard"),
            Linje("traening", "Mere energi i hverdagen", "Kunne klare flere timer", "Ali Demir"),
            Linje("mentor", "Én at ringe til på svære dage", "Holder aftalerne fast"),
        ),
        mentor_formaal="Struktur i hverdagen",
        mentor_opgaver="Følge med de første gange",
    )  # fmt: skip
    sag.afgoerelse(truffet=afgjort, begynder=max(afgjort - 1, 1), med_brev=False)
    sag.forloeb("Have mere overskud i hverdagen")
    if mentor and fase == Fase.OPFOELGNING:
        sag.knyt("hanne.dal", art=Tildeling.Art.MENTOR, dage=moede - 30)
    return sag


def _ny_afgoerelse(scene: Scene) -> None:
    kort = _kort("Lisbeth", "Toft", 47, "kvinde", (13, 10), "Rengøring på skole",
                 "Jeg kan lide, når der er pænt.", "Smerter i skulder og arm.")  # fmt: skip
    sag = _i_forloeb(scene, kort, moede=4, maaneder=24, fase=Fase.PLAN)
    sag.plan(begyndt=2)
    sag.opfoelgninger(naeste=(scene.tid.om(2), "10.30", "Rådhuset, lokale 1"))


def _plan_over_fristen(scene: Scene) -> None:
    kort = _kort("Martin", "Bech", 42, "mand", (29, 1), "Gartnermedhjælper",
                 "Jeg vil være ude og have jord på hænderne.", "Angst og dårlig søvn.", "gartneri")  # fmt: skip
    sag = _i_forloeb(scene, kort, moede=31, maaneder=18, fase=Fase.PLAN)
    sag.indsats(
        Indsatsdata("traening", "Tilpasset træning", "Mere energi i hverdagen", fra=10, til=-80,
                    maal=2, linje=2, timer="2", ansvarlig="Ali Demir"),
    )  # fmt: skip
    sag.plan(begyndt=23)
    sag.opfoelgninger(
        Moedereferat(26, "Vi talte om tre gartnerier. Martin vil se dem, før han vælger.",
                     mentor="Mentor er ikke fundet endnu"),
        naeste=(scene.tid.om(1), "14.00", "Rådhuset, lokale 1"),
    )  # fmt: skip


def _intet_begyndt(scene: Scene) -> None:
    """Nothing that counts has begun in six months: only the mentor."""
    kort = _kort("Poul", "Juhl", 52, "mand", (24, 5), "Pedel på skole",
                 "Jeg vil gå rundt og ordne ting.", "Kræft, behandlet, og træthed.")  # fmt: skip
    m = 245
    sag = _i_forloeb(scene, kort, moede=m, maaneder=24, fase=Fase.OPFOELGNING)
    sag.indsats(
        Indsatsdata("mentor", "Mentor, Hanne Dal", "Én at ringe til på svære dage", fra=m - 30,
                    til=-60, linje=3, timer="2", ansvarlig="Hanne Dal"),
    )  # fmt: skip
    sag.plan(begyndt=m - 8, godkendt=(m - 20,))
    sag.opfoelgninger(
        Moedereferat(m - 5, "Vi lagde de første aftaler.", mentor="Mentor er ikke begyndt endnu"),
        Moedereferat(120, "Poul er hjemme igen og bliver hurtigt træt."),
        Moedereferat(30, "Vi talte om praktikken. Poul vil gerne, når kræfterne er der."),
        naeste=(scene.tid.om(9), "10.00", "Rådhuset, lokale 1"),
    )
    garanti.skriv(scene, sag)


@dataclass(frozen=True)
class Forloeb:
    """An ordinary running forløb. Days are counted back from today."""

    kort: Kort
    moede: int
    maaneder: int
    # Days ahead of the next appointment; None when there is none.
    naeste: int | None
    med_praktik: bool = True
    med_mentor: bool = True
    seneste: int = 25


def _forloeb(scene: Scene, data: Forloeb) -> None:
    m = data.moede
    sag = _i_forloeb(
        scene,
        data.kort,
        moede=m,
        maaneder=data.maaneder,
        fase=Fase.OPFOELGNING,
        mentor=data.med_mentor,
    )
    sag.indsats(
        Indsatsdata("traening", "Tilpasset træning", "Mere energi i hverdagen", fra=m - 25, til=-40,
                    maal=2, linje=2, timer="2", ansvarlig="Ali Demir"),
    )  # fmt: skip
    if data.med_praktik:
        sag.indsats(
            Indsatsdata("virksomhedspraktik", f"Praktik, {data.kort.plads}", data.kort.maal,
                        fra=m - 40, til=-60, linje=1, timer="6", ansvarlig="Tina Vestergaard"),
        )  # fmt: skip
    if data.med_mentor:
        sag.indsats(
            Indsatsdata("mentor", "Mentor, Hanne Dal", "Én at ringe til på svære dage", fra=m - 30,
                        til=-60, linje=3, timer="2", ansvarlig="Hanne Dal"),
        )  # fmt: skip
    sag.plan(begyndt=m - 8, godkendt=(m - 20,))
    uden = "" if data.med_mentor else "Ønsker ikke mentor lige nu"
    sag.opfoelgninger(
        Moedereferat(m - 5, "Vi lagde de første aftaler.", mentor="Mentor er ikke begyndt endnu"),
        *(
            Moedereferat(dage, "Vi gennemgik planen. De fleste aftaler er holdt.", mentor=uden)
            for dage in range(m - 60, data.seneste + 20, -60)
        ),
        Moedereferat(data.seneste, "Det går fremad i små skridt.", mentor=uden),
        naeste=(scene.tid.om(data.naeste), "9.30", "Rådhuset, lokale 1") if data.naeste else None,
    )


def _loebende() -> tuple[Forloeb, ...]:
    return (
        Forloeb(_kort("Jette", "Krag", 59, "kvinde", (5, 5), "Syerske på systue",
                      "Jeg har syet hele livet.", "Gigt i hænderne.", "systue"), 300, 24, 14),
        Forloeb(_kort("Omar", "Farah", 36, "mand", (18, 2), "Chauffør med korte ture",
                      "Jeg vil køre mad ud.", "Følger efter krigstraumer.", "madudbringning",
                      tolkesprog="somali"), 210, 36, 21),
        Forloeb(_kort("Sanne", "Vind", 31, "kvinde", (10, 8), "Kontormedhjælper",
                      "Tal beroliger mig.", "Social angst.", "kontor"), 400, 24, None),
        Forloeb(_kort("Torben", "Ild", 50, "mand", (30, 11), "Havne- og lagerhjælp",
                      "Vand og skibe, så er jeg glad.", "Diskusprolaps.", "havnen"), 160, 24, 30,
                med_praktik=False),
        Forloeb(_kort("Katja", "Holst", 44, "kvinde", (22, 6), "Dyrepasser",
                      "Dyr spørger ikke om noget.", "Fibromyalgi.", "dyreinternat"), 520, 36, 7,
                med_mentor=False),
        Forloeb(_kort("Freddy", "Damm", 38, "mand", (1, 4), "Cykelreparatør",
                      "Jeg kan samle en cykel i søvne.", "Misbrug, nu i ro.", "cykelværksted"), 250, 24,
                None, seneste=45),
        Forloeb(_kort("Yasmin", "Noor", 27, "kvinde", (15, 1), "Hjælper i plejehjem",
                      "Jeg vil passe på de gamle.", "Depression efter fødsel.", "plejehjem",
                      antal_hjemmeboende_boern=2), 130, 18, 12),
    )  # fmt: skip


_FOER: tuple[Callable[[Scene], None], ...] = (
    _moede_i_dag,
    _moede_naeste_uge,
    _venter_paa_plads,
    _attest_mangler,
    _halvt_skrevet,
    _til_kvalitetssikring,
    _screening_i_kladde,
    _fleksjob_indstillet,
    _ny_afgoerelse,
    _plan_over_fristen,
    _intet_begyndt,
)


def opret(scene: Scene) -> None:
    """All of them."""
    for sag in _FOER:
        sag(scene)
    for data in _loebende():
        _forloeb(scene, data)
