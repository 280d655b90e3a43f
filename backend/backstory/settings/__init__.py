"""What the owner may choose, and what they chose."""

from backstory.settings.choices import Settings, all_settings, is_loopback, platform_home
from backstory.settings.loading import PREFIX, load, unknown_variables

__all__ = ["PREFIX", "Settings", "all_settings", "is_loopback", "load", "platform_home", "unknown_variables"]
