"""Article → claims and attributions: what a page states, and who it says has said so."""

from backstory.claims.attribution import find_attributions
from backstory.claims.find import find_claims
from backstory.claims.language import supported

__all__ = ["find_attributions", "find_claims", "supported"]
