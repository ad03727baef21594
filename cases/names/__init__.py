"""Whether two written names are one person's, in any script and spelling; pure Python."""

from cases.names.align import score
from cases.names.explain import Code, Reason, explain
from cases.names.index import NameIndex

__all__ = ["Code", "NameIndex", "Reason", "explain", "score"]
