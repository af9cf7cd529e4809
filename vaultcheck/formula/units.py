"""Units and values as notes write them: what the rest of the package calls."""

from vaultcheck.formula.quantity_text import read_number, read_quantity
from vaultcheck.formula.unit_reader import PURE_NUMBER, is_sure, read_unit

__all__ = ["PURE_NUMBER", "is_sure", "read_number", "read_quantity", "read_unit"]
