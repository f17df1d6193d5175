"""Synthetic cases in any number, made by set-based SQL: one file per floor of the house."""

from ressource.generator.koersel import TOM_PDF, Personale, Resultat, generer, serie

__all__ = ["TOM_PDF", "Personale", "Resultat", "generer", "serie"]
