"""Which languages the room knows the words of."""


def supported(language: str) -> bool:
    """Whether claims and attributions are found in full in a language (BCP 47); empty counts as English."""
    return language.partition("-")[0].lower() in {"", "en"}
