"""What domain.md 1.1 says of the five regimes, for installations that have them already."""

from django.db import migrations

PR_5_AAR = [
    {
        "fra_alder": None,
        "til_alder": None,
        "pr_forloeb": 60,
        "antal": None,
        "i_alt": None,
        "mere_efter_oenske": False,
    }
]
PR_3_AAR = [
    {
        "fra_alder": None,
        "til_alder": 39,
        "pr_forloeb": 36,
        "antal": None,
        "i_alt": None,
        "mere_efter_oenske": False,
    },
    {
        "fra_alder": 40,
        "til_alder": 49,
        "pr_forloeb": 36,
        "antal": None,
        "i_alt": 60,
        "mere_efter_oenske": True,
    },
    {
        "fra_alder": 50,
        "til_alder": None,
        "pr_forloeb": 36,
        "antal": 1,
        "i_alt": None,
        "mere_efter_oenske": True,
    },
]
FOLKEPENSION = [
    {"foedt_fra": "1900-01-01", "aar": 65, "maaneder": 0},
    {"foedt_fra": "1954-01-01", "aar": 65, "maaneder": 6},
    {"foedt_fra": "1954-07-01", "aar": 66, "maaneder": 0},
    {"foedt_fra": "1955-01-01", "aar": 66, "maaneder": 6},
    {"foedt_fra": "1955-07-01", "aar": 67, "maaneder": 0},
    {"foedt_fra": "1963-01-01", "aar": 68, "maaneder": 0},
    {"foedt_fra": "1967-01-01", "aar": 69, "maaneder": 0},
    {"foedt_fra": "1971-01-01", "aar": 70, "maaneder": 0},
]
MAALGRUPPE = [
    {"kode": "1", "tekst": "Langvarig offentlig forsørgelse"},
    {
        "kode": "2",
        "tekst": "Deltaget i tilbud eller revalidering uden øget tilknytning til arbejdsmarkedet",
    },
    {"kode": "3", "tekst": "Behov for en længere indsats, før der kan sættes et konkret jobmål"},
]
FAST_TEAM = [
    {
        "fagomraade": "beskaeftigelse",
        "naar": "altid",
        "alder": None,
        "virkning": "spaerrer",
        "hvorfor": "loven kræver det",
    },
    {
        "fagomraade": "social",
        "naar": "altid",
        "alder": None,
        "virkning": "spaerrer",
        "hvorfor": "loven kræver det",
    },
    {
        "fagomraade": "sundhed",
        "naar": "altid",
        "alder": None,
        "virkning": "spaerrer",
        "hvorfor": "loven kræver det",
    },
    {
        "fagomraade": "region",
        "naar": "altid",
        "alder": None,
        "virkning": "spaerrer",
        "hvorfor": "regionen deltager altid",
    },
    {
        "fagomraade": "undervisning",
        "naar": "ung_uden_uddannelse",
        "alder": 30,
        "virkning": "advarsel",
        "hvorfor": "under 30 uden uddannelse",
    },
    {
        "fagomraade": "virksomhed",
        "naar": "altid",
        "alder": None,
        "virkning": "advarsel",
        "hvorfor": "job drøftes altid",
    },
    {
        "fagomraade": "familie",
        "naar": "boernesag",
        "alder": None,
        "virkning": "advarsel",
        "hvorfor": "børnesag, eller børn hjemme har det svært",
    },
]
FLEKSIBELT_TEAM = [
    {
        "fagomraade": "region",
        "naar": "altid",
        "alder": None,
        "virkning": "advarsel",
        "hvorfor": "helbred drøftes altid",
    },
    {
        "fagomraade": "undervisning",
        "naar": "ung_uden_uddannelse",
        "alder": 30,
        "virkning": "advarsel",
        "hvorfor": "under 30 uden uddannelse",
    },
    {
        "fagomraade": "virksomhed",
        "naar": "altid",
        "alder": None,
        "virkning": "advarsel",
        "hvorfor": "job drøftes altid",
    },
    {
        "fagomraade": "familie",
        "naar": "boernesag",
        "alder": None,
        "virkning": "advarsel",
        "hvorfor": "børnesag, eller børn hjemme har det svært",
    },
]
# kode: (varigheder, pensionsgraense_aar, deltagerkrav, forbehold, maa_forlaenges)
SAET = {
    "R2013": (
        PR_5_AAR,
        None,
        FAST_TEAM,
        [
            "Paragrafferne i retssikkerhedsloven, forvaltningsloven og sundhedsloven er ikke slået op.",
            "Særlige regler for personer over 40 år er ikke slået op.",
        ],
        True,
    ),
    "R2018": (
        PR_5_AAR,
        None,
        FAST_TEAM,
        [
            "Paragrafferne i retssikkerhedsloven, forvaltningsloven og sundhedsloven er ikke slået op.",
            "Særlige regler for personer over 40 år er ikke slået op.",
        ],
        True,
    ),
    "R2022": (
        PR_3_AAR,
        6,
        FAST_TEAM,
        [
            "Paragrafferne i retssikkerhedsloven, forvaltningsloven og sundhedsloven er ikke slået op.",
            "Om grænsen ved 50 år regnes fra fødselsdagen, er ikke slået op.",
            "Folkepensionsalderen er efter § 1 a i lov om social pension og er ikke slået op.",
        ],
        True,
    ),
    "R2025": (
        PR_3_AAR,
        6,
        FLEKSIBELT_TEAM,
        [
            "Paragrafferne i retssikkerhedsloven, forvaltningsloven og sundhedsloven er ikke slået op.",
            "Ikrafttrædelsen er 1. januar eller 1. juli 2025. Datoen er ikke slået op.",
        ],
        True,
    ),
    "R2026": (
        PR_3_AAR,
        6,
        FLEKSIBELT_TEAM,
        [
            "Paragrafferne i retssikkerhedsloven, forvaltningsloven og sundhedsloven er ikke slået op.",
            "Datoen er 1. februar eller 1. juli 2026. Ikrafttrædelsesbestemmelsen er ikke slået op.",
            "Om et løbende forløb kan forlænges, er ikke afklaret.",
            "Hvad der sker med sager, der er forelagt, men ikke afgjort, er ikke afklaret.",
        ],
        False,
    ),
}

# kode: the source as it was installed, and in words an administrator can use.
KILDER = {
    "R2013": (
        "domain.md 1.1: S001, S003, V8",
        "§ 68 a i lov om en aktiv beskæftigelsesindsats. Læst i STAR's vejledning til borgere og i lovforslag L 193 (2017-18).",
    ),
    "R2018": (
        "domain.md 1.1: lov 553 af 29/5/2018; V8, S003, V9",
        "Lov 553 af 29. maj 2018. Læst i lovforslag L 193 (2017-18) og i § 112 i lov om en aktiv beskæftigelsesindsats.",
    ),
    "R2022": (
        "domain.md 1.1: lov 1160 af 8/6/2021; V10, V11, V12",
        "Lov 1160 af 8. juni 2021. Læst i en gengivelse af loven og på STAR's side om ressourceforløb.",
    ),
    "R2025": (
        "domain.md 1.1: lov 1657 af 30/12/2024; V13. Ikrafttrædelsen er ikke efterprøvet",
        "Lov 1657 af 30. december 2024. Læst i en gengivelse af § 2.",
    ),
    "R2026": (
        "domain.md 0: lov 1750 af 29/12/2025; V1-V7. Overgangen er ikke efterprøvet",
        "Lov 1750 af 29. december 2025. Læst som lovforslag L 66 (2025-26) og i omtale fra STAR og Cabi. Kun § 4 er læst som vedtaget.",
    ),
}


def fyld(apps, schema_editor):
    regelsaet = apps.get_model("ressource", "Regelsaet")
    for kode, (varigheder, graense, krav, forbehold, forlaenges) in SAET.items():
        # Only what nobody has filled in since.
        regelsaet.objects.filter(kode=kode, varigheder=[]).update(
            varigheder=varigheder,
            folkepensionsaldre=FOLKEPENSION,
            pensionsgraense_aar=graense,
            maalgruppebetingelser=MAALGRUPPE,
            deltagerkrav=krav,
            forbehold=forbehold,
            maa_forlaenges=forlaenges,
        )
    for kode, (foer, kilde) in KILDER.items():
        regelsaet.objects.filter(kode=kode, kilde=foer).update(kilde=kilde)


class Migration(migrations.Migration):
    dependencies = [("ressource", "0010_regelsaet_med_versioner")]

    operations = [migrations.RunPython(fyld, migrations.RunPython.noop)]
