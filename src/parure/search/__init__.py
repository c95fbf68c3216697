"""Query to ranked products: words into filters, fusion of lists, one result per product. Knows no database."""

from parure.search.engine import SearchEngine
from parure.search.query import Answer, Found, Query
from parure.search.selection import Selection
from parure.search.traits import Traits
from parure.search.verdict import Verdict, VerdictKind
from parure.search.weights import Weights

__all__ = ["Answer", "Found", "Query", "SearchEngine", "Selection", "Traits", "Verdict", "VerdictKind", "Weights"]
