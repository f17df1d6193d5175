"""What holds for every template and stylesheet of the application."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROD = settings.ROD
SKABELONER = sorted((ROD / "templates").rglob("*.html"))
STILARK = sorted((ROD / "static").rglob("*.css"))
INLINE = re.compile(
    r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|hx-on|javascript:", re.IGNORECASE
)


def navn(sti: Path) -> str:
    return str(sti.relative_to(ROD))


@pytest.mark.parametrize("sti", SKABELONER, ids=navn)
def test_template_compiles(sti):
    get_template(str(sti.relative_to(ROD / "templates")))


@pytest.mark.parametrize("sti", SKABELONER, ids=navn)
def test_template_has_no_inline_script_or_style(sti):
    assert INLINE.findall(sti.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("sti", STILARK, ids=navn)
def test_stylesheet_needs_no_important(sti):
    assert "!important" not in sti.read_text(encoding="utf-8")
