"""Which languages the room knows the words of."""


def primary(language: str) -> str:
    """The language of a BCP 47 tag, without region or script: "de" for "de-AT"."""
    return language.partition("-")[0].lower()


def supported(language: str) -> bool:
    """Whether claims and attributions are found in full in a language (BCP 47); empty counts as English."""
    return primary(language) in {"", "en"}
