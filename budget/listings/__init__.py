"""What a budget lists one record a row: institutions, procurement, fixed assets; each declared once."""

from budget.listings.declare import Field, Listing
from budget.listings.fixed_assets import FIXED_ASSETS
from budget.listings.institutions import INSTITUTIONS
from budget.listings.procurement import PROCUREMENT

LISTINGS: list[Listing] = [INSTITUTIONS, PROCUREMENT, FIXED_ASSETS]

__all__ = ["FIXED_ASSETS", "INSTITUTIONS", "LISTINGS", "PROCUREMENT", "Field", "Listing"]
