"""Loaded by ./test on a machine without Pango: a test that comes to make a PDF is skipped there."""

from typing import NoReturn

import pytest


def pytest_sessionstart() -> None:
    """Django is set up by now, also in the processes of pytest-xdist."""
    from ressource import pdf

    pdf._weasyprint = _spring_over


def _spring_over() -> NoReturn:
    pytest.skip("Pango mangler: PDF kan ikke dannes på denne maskine")
