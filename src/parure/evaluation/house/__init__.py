"""The figures of a model that sees jewellery, each beside its baseline in the same run.

`bench` holds what is measured and looks at each set of pictures once; every other file is one section of the report;
`run` puts them together.
"""

from parure.evaluation.house.bench import Bench, Quiet
from parure.evaluation.house.run import measure_house

__all__ = ["Bench", "Quiet", "measure_house"]
