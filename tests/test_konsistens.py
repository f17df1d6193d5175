"""House rules that a machine can check, so that nobody has to remember them."""

import ast
import inspect
import os
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.template import engines
from django.urls import URLPattern, get_resolver

from ressource import opslag
from ressource.adgang import HANDLINGER
from ressource.tidsplan import BEAT
from ressource.tidsplan import app as celery_app

ROD = Path(__file__).resolve().parent.parent
APPS = ("ressource", "borgere", "rehabilitering", "indsatsplan", "opfoelgning", "noegletal")
HOEJST_LINJER = 500
HOEJST_LINJER_TEST = 1000
SKABELONER = sorted((ROD / "templates").rglob("*.html"))


# Installed, built or secret: what .gitignore names.
IKKE_VORES = {".git", ".venv", "node_modules", "var", "byg", "hemmeligheder", "__pycache__"}


def filer(*endelser: str) -> list[Path]:
    """Our files with one of the endings. Walked, not asked of git: a bare machine has none."""
    fundne: list[Path] = []
    for mappe, undermapper, navne in os.walk(ROD):
        undermapper[:] = sorted(
            m for m in undermapper if m not in IKKE_VORES and not m.endswith("_cache")
        )
        fundne += [Path(mappe, fil) for fil in sorted(navne) if fil.endswith(endelser)]
    return fundne


def navn(fil: Path) -> str:
    return str(fil.relative_to(ROD))


def kildefiler() -> list[Path]:
    return [f for f in filer(".py") if "/migrations/" not in navn(f)]


def vores_modeller() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m._meta.app_label in APPS]


def test_files_are_small():
    for_lange = {}
    for fil in filer(".py", ".html", ".css", ".js"):
        if "/migrations/" in navn(fil):
            continue
        antal = len(fil.read_text().splitlines())
        if antal > (HOEJST_LINJER_TEST if navn(fil).startswith("tests/") else HOEJST_LINJER):
            for_lange[navn(fil)] = antal

    assert for_lange == {}


@pytest.mark.parametrize("fil", SKABELONER, ids=lambda f: str(f.relative_to(ROD / "templates")))
def test_template_compiles(fil):
    engines["django"].get_template(str(fil.relative_to(ROD / "templates")))


def test_every_template_is_used():
    kilder = "".join(f.read_text() for f in (*kildefiler(), *SKABELONER))
    # Found by a name put together at run time: by allauth, crispy-forms and the error pages.
    af_andre = ("dkfds/", "account/", "ressource/fejl/")

    ubrugte = [
        n
        for n in (str(f.relative_to(ROD / "templates")) for f in SKABELONER)
        if not n.startswith(af_andre) and n not in kilder
    ]

    assert ubrugte == []


def test_no_inline_script_or_style_in_templates():
    forbudt = re.compile(r'<script>|<style>|\sstyle="|\son[a-z]+="|hx-on')

    fundne = [navn(f) for f in SKABELONER if forbudt.search(f.read_text())]

    assert fundne == []


def test_nothing_of_ours_is_deleted_along_with_something_else():
    kaskader = [
        f"{model.__name__}.{felt.name}"
        for model in vores_modeller()
        for felt in model._meta.get_fields()
        if isinstance(felt, models.ForeignKey)
        and not felt.auto_created
        and felt.remote_field.on_delete is models.CASCADE
        and not model._meta.auto_created
        # Event tables of the field history keep their rows; their keys are not real constraints.
        and not hasattr(model, "pgh_tracked_model")
    ]

    assert kaskader == []


def test_names_shown_to_people_are_lower_case_danish():
    store = [
        f"{model.__name__}.{felt.name}: {felt.verbose_name}"
        for model in vores_modeller()
        if not hasattr(model, "pgh_tracked_model") and not model._meta.auto_created
        for felt in model._meta.fields
        if felt.name != "id"
        and str(felt.verbose_name)[0].isupper()
        and not str(felt.verbose_name).startswith(("CVR", "LÆ"))
    ]

    assert store == []


def test_public_functions_of_services_tasks_and_rules_say_what_they_guarantee():
    uden = []
    for fil in kildefiler():
        if not navn(fil).startswith(APPS):
            continue
        trae = ast.parse(fil.read_text())
        if ast.get_docstring(trae) is None and fil.read_text().strip():
            uden.append(navn(fil))
        if not re.search(r"services|tasks|udledning|regler|beregning|frysning|adgang", navn(fil)):
            continue
        uden.extend(
            f"{navn(fil)}:{knude.name}"
            for knude in trae.body
            if isinstance(knude, ast.FunctionDef)
            and not knude.name.startswith("_")
            and ast.get_docstring(knude) is None
        )

    assert uden == []


def test_every_scheduled_task_exists_and_has_an_explicit_name():
    celery_app.loader.import_default_modules()
    vores = {n for n in celery_app.tasks if n.startswith(APPS)}

    assert {raekke["task"] for raekke in BEAT.values()} <= vores
    assert [n for n in vores if n.count(".") != 1] == []


def views() -> list[tuple[str, object]]:
    fundne = []

    def gaa(moenstre, praefiks=""):
        for moenster in moenstre:
            if isinstance(moenster, URLPattern):
                fundne.append((praefiks + str(moenster.name), moenster.callback))
            else:
                rum = f"{moenster.namespace}:" if moenster.namespace else ""
                gaa(moenster.url_patterns, praefiks + rum)

    gaa(get_resolver().url_patterns)
    return fundne


def test_every_view_asks_the_matrix_or_is_open_on_purpose():
    aabne = {"account_login", "account_logout", "sundhed_live", "sundhed_klar", "live", "klar"}
    aabne.add("kalender_feed")

    uden = [
        n for n, view in views() if n.split(":")[-1] not in aabne and not hasattr(view, "handling")
    ]

    assert uden == []


def test_every_row_of_the_matrix_is_used():
    kilder = "".join(
        f.read_text() for f in (*kildefiler(), *SKABELONER) if navn(f) != "ressource/adgang.py"
    )

    assert [h for h in HANDLINGER if f'"{h}"' not in kilder] == []


def test_a_refusal_can_be_logged_whatever_action_it_is_of():
    # Logged under what stands before the dot; a word nobody has declared would answer 500.
    ord_ = {handling.partition(".")[0] for handling in HANDLINGER}

    assert [o for o in sorted(ord_) if not opslag.er_beskrevet(o)] == []


def test_every_view_names_its_methods():
    uden = []
    for n, view in views():
        if not inspect.unwrap(view).__module__.startswith(APPS):
            continue
        kilde = inspect.getsource(inspect.unwrap(view))
        if not re.search(r"@require_(safe|POST|GET|http_methods)", kilde):
            uden.append(n)

    assert uden == []


def test_no_number_could_be_a_real_personnummer():
    aegte = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d\d-?\d{4}(?!\d)")
    # MedCom's national test numbers (domain.md 5.2), one born in 1875, and 30 February.
    tilladte = {"251248-9996", "010490-9995", "131016-9995", "091175-8967", "300299-1234"}
    tilladte |= {t.replace("-", "") for t in tilladte}

    fundne = {
        navn(f): fund
        for f in filer(".py", ".html", ".md", ".js", ".css", ".toml", ".yml", ".json")
        if navn(f) != "package-lock.json"
        and (fund := [m[0] for m in aegte.finditer(f.read_text()) if m[0] not in tilladte])
    }

    assert fundne == {}


def test_no_registry_or_machine_is_named():
    forbudt = re.compile(
        "|".join(
            (
                "pypi" + r"\.org",
                "pythonhosted",
                "npm" + r"js\.org",
                r"/work/" + "main",
                '"resolved"',
            )
        )
    )

    fundne = [
        navn(f)
        for f in filer(".py", ".txt", ".json", ".toml", ".md", ".yml", ".sh", "start", "test")
        if forbudt.search(f.read_text()) and f != Path(__file__)
    ]

    assert fundne == []


def test_every_model_has_its_word_in_the_glossary():
    ordliste = (ROD / "docs" / "ordliste.md").read_text()

    mangler = [
        m.__name__
        for m in vores_modeller()
        if not hasattr(m, "pgh_tracked_model")
        and not m._meta.auto_created
        and f"`{m.__name__}`" not in ordliste
    ]

    assert mangler == []


def test_nothing_is_left_undone():
    moenster = re.compile(
        "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "NotImplemented" + "Error"))
    )

    fundne = [
        navn(f) for f in filer(".py", ".html", ".js", ".css") if moenster.search(f.read_text())
    ]

    assert fundne == []
