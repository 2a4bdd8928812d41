"""The data contract: which extracts the board reads, declared once."""

from qa.contract.model import Column, Rule, Table, Type
from qa.contract.tables import TABLES, table

__all__ = ["TABLES", "Column", "Rule", "Table", "Type", "table"]
