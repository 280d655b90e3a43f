from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.retrieval.terms import MAX_WORD, fold, is_common, words


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("Troops LEFT", "", ("troop", "left"), id="case and endings go"),
        pytest.param("Russia's and Lindau’s", "en", ("russia", "and", "lindau"), id="the possessive goes"),
        pytest.param("5,000 and 1,234,567", "en", ("5000", "and", "1234567"), id="thousands lose their separators"),
        pytest.param("2.5", "en", ("2.5",), id="decimals stay"),
        pytest.param("25-year-old", "en", ("25", "year", "old"), id="hyphens separate"),
        pytest.param("G20 in 2016", "en", ("g20", "in", "2016"), id="letters and digits are one word"),
        pytest.param("14.03.2016", "en", ("14", "03", "2016"), id="a date falls apart"),
        pytest.param("5.000 sind 2,5", "de", ("5000", "sind", "2.5"), id="German swaps comma and point"),
        pytest.param("5\u202f000", "fr", ("5000",), id="narrow spaces group thousands"),
        pytest.param("٥٠٠٠", "ar", ("5000",), id="digits of any script are digits"),
        pytest.param("U.S. and U.N.", "en", ("us", "and", "un"), id="initials are one word"),
        pytest.param("Erdoğan, São Paulo, Łódź", "en", ("erdogan", "sao", "paulo", "lodz"), id="accents go"),
        pytest.param("arrêté arrêtées", "fr-FR", ("arret", "arret"), id="French is stemmed with its accents"),
        pytest.param("Häuser", "de", ("haus",), id="German is stemmed as German"),
        pytest.param("Häuser", "xx", ("hauser",), id="an unknown language is stemmed as English"),
        pytest.param("войска Путина", "", ("войск", "путин"), id="Cyrillic is stemmed whatever the language"),
        pytest.param("北京时间", "zh", ("北京", "京时", "时间"), id="Chinese is cut into bigrams"),
        pytest.param("京", "zh", ("京",), id="one character stands alone"),
        pytest.param("한국어", "ko", ("한국", "국어"), id="so is Korean"),
        pytest.param("प्रधानमंत्री", "", ("प्रधानमंत्र",), id="marks belong to their letter"),
        pytest.param("Łódź", "pl", words("Łódź", "en"), id="a name crosses languages"),
        pytest.param("", "en", (), id="nothing has no words"),
        pytest.param("— … !?", "en", (), id="nor has punctuation"),
        pytest.param("a\0b \ud800c", "en", ("a", "b", "c"), id="what is no character separates"),
    ],
)
def test_words_are_spelled_as_the_archive_knows_them(text: str, language: str, expected: tuple[str, ...]) -> None:
    assert words(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Bürgermeister hat am Montag angekündigt, dass die Brücke nicht vor Juni geöffnet wird.", "de"),
        ("Le maire a annoncé lundi que le pont ne sera pas ouvert avant le mois de juin.", "fr"),
        ("El alcalde anunció el lunes que el puente no se abrirá antes de junio.", "es"),
        ("Il sindaco ha annunciato lunedì che il ponte non sarà aperto prima di giugno.", "it"),
        ("O prefeito anunciou que as obras da ponte não serão abertas antes de junho.", "pt"),
        ("De burgemeester heeft maandag aangekondigd dat de brug niet voor juni opengaat.", "nl"),
        ("The mayor announced on Monday that the bridge will not open before June.", "en"),
        ("Putin visits Rio de Janeiro, La Paz and Ushuaia.", "en"),
        ("Die Die Die", "en"),
    ],
)
def test_a_text_tells_its_language_where_nobody_else_does(text: str, language: str) -> None:
    assert words(text) == words(text, language)


def test_a_very_long_word_falls_into_pieces() -> None:
    assert [len(piece) for piece in words("x" * (2 * MAX_WORD + 1))] == [MAX_WORD, MAX_WORD, 1]


@given(st.text(), st.sampled_from(["", "en", "de", "fr", "ru", "tr"]))
def test_words_hold_no_space_and_are_never_empty(text: str, language: str) -> None:
    for word in words(text, language):
        assert word
        assert not any(character.isspace() for character in word)
        word.encode()


@given(st.lists(st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=1, max_size=8)))
def test_words_set_apart_are_read_apart(tokens: list[str]) -> None:
    together = words(" | ".join(tokens), "en")

    assert together == tuple(word for token in tokens for word in words(token, "en"))


def test_threads_agree() -> None:
    texts = [f"withdrawals announced {number} times" for number in range(200)]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(words, texts)) == [words(text) for text in texts]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pt", "nl"])
def test_articles_of_a_language_are_common_in_it(language: str) -> None:
    common = {"en": "the", "de": "der", "fr": "les", "es": "los", "it": "della", "pt": "uma", "nl": "het"}[language]

    assert all(is_common(word, language) for word in words(common, language))


def test_russian_words_are_common_on_any_page() -> None:
    assert is_common("что", "en")


def test_what_news_is_about_is_not_common() -> None:
    assert not any(is_common(word) for word in words("US troops left 5 bases"))


def test_outlets_are_folded_to_one_spelling() -> None:
    assert fold("The  Lake Courier") == fold("LAKE COURIER") == "lake courier"


@given(st.text())
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)
