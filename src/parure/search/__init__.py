"""Query to ranked products: words into filters, fusion of lists, one result per product. Knows no database."""

from parure.search.engine import SearchEngine
from parure.search.query import Answer, Found, Query, SeenPhoto
from parure.search.selection import Selection
from parure.search.verdict import Verdict, VerdictKind
from parure.search.weights import Weights

__all__ = ["Answer", "Found", "Query", "SearchEngine", "SeenPhoto", "Selection", "Verdict", "VerdictKind", "Weights"]
