"""A run's figures as one HTML file that needs nothing else: tables, curves as SVG, pictures inline."""

from parure.evaluation.report.page import write_report

__all__ = ["write_report"]
