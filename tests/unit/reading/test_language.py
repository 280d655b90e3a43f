"""The language of a text."""

import pytest

from backstory.reading.language import detect, language_of, tag

SAMPLES = {
    "en": "The harbour was closed on Monday after a ferry struck the pier, and it will stay shut until June.",
    "de": "Der Hafen ist am Montag gesperrt worden, nachdem eine Fähre die Mole gerammt hatte, und bleibt bis Juni zu.",
    "fr": "Le port a été fermé lundi après qu'un bateau est entré dans la jetée, et il ne sera pas ouvert avant juin.",
    "es": "El puerto fue cerrado el lunes después de que un barco chocara con el muelle, y no se abrirá hasta junio.",
    "it": "Il porto è stato chiuso lunedì dopo che una nave ha urtato il molo, e non sarà aperto prima di giugno.",
    "pt": "O porto foi fechado na segunda-feira depois que um barco bateu no cais, e não será aberto antes de junho.",
    "nl": "De haven is maandag gesloten nadat een veerboot tegen de pier was gevaren, en blijft tot juni dicht.",
    "pl": "Port został zamknięty w poniedziałek po tym, jak prom uderzył w molo, i nie będzie otwarty do czerwca.",
    "sv": "Hamnen stängdes på måndagen efter att en färja hade kört in i piren, och den är stängd till juni.",
    "ru": "Порт был закрыт в понедельник после того, как паром врезался в пирс, и он не откроется до июня.",
    "uk": "Порт було закрито в понеділок, після того як пором врізався у пірс, і він не відкриється до червня.",
    "ar": "أُغلق الميناء يوم الاثنين بعد أن اصطدمت عبّارة بالرصيف الشرقي.",
    "fa": "بندر روز دوشنبه پس از برخورد کشتی با اسکله بسته شد و تا ماه ژوئن باز نمی‌شود.",
    "he": "הנמל נסגר ביום שני לאחר שמעבורת פגעה במזח.",
    "ja": "港は月曜日、フェリーが桟橋に衝突したため閉鎖された。",
    "zh": "渡轮撞上码头后，港口于周一关闭。",
    "ko": "여객선이 부두와 충돌한 뒤 항구가 월요일에 폐쇄됐다.",
    "hi": "नौका के घाट से टकराने के बाद सोमवार को बंदरगाह बंद कर दिया गया।",
}


@pytest.mark.parametrize(("language", "text"), SAMPLES.items(), ids=SAMPLES.keys())
def test_a_language_is_known_by_its_script_or_small_words(language: str, text: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "42", "Lindau", "Qwrt zxcv bnmp"])
def test_too_few_words_have_no_language(text: str) -> None:
    assert detect(text) == ""


def test_a_word_of_another_script_does_not_change_a_language() -> None:
    assert detect(SAMPLES["en"] + " (港)") == "en"


@pytest.mark.parametrize(
    ("stated", "language"),
    [
        ("en_US", "en-US"),
        ("de, en", "de"),
        ("pt-BR", "pt-BR"),
        ("de;q=0.9", "de"),
        ("english please", ""),
        ("", ""),
        ("<b>", ""),
    ],
)
def test_a_stated_language_is_a_tag_or_nothing(stated: str, language: str) -> None:
    assert tag(stated) == language


def test_the_page_is_believed_unless_its_words_plainly_say_otherwise() -> None:
    assert language_of(SAMPLES["de"] * 3, "en-US") == "de"
    assert language_of(SAMPLES["de"] * 3, "de-CH") == "de-CH"
    assert language_of("Lindau", "en-US") == "en-US"
    assert language_of(SAMPLES["nl"], "af") == "af"
