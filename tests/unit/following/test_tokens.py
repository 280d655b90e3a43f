from datetime import timedelta

import pytest

from backstory.following.tokens import NAME_LIMIT, TOKENS_MOST


def test_a_token_is_accepted_until_it_is_taken_back(ledger, clock):
    token, words = ledger.tokens.make("phone", clock())

    assert ledger.tokens.accepts(words, clock())
    assert not ledger.tokens.accepts(words + "x", clock())
    assert not ledger.tokens.accepts("", clock())
    assert ledger.tokens.revoke(token.number)
    assert not ledger.tokens.accepts(words, clock())
    assert not ledger.tokens.revoke(token.number)


def test_the_words_of_a_token_are_kept_nowhere(ledger, clock):
    _, words = ledger.tokens.make("phone", clock())
    assert words not in str(ledger.database.rows("SELECT * FROM tokens"))
    assert len(words) >= 43  # 256 bits in base64


def test_the_last_use_is_known_to_a_few_minutes(ledger, clock):
    _, words = ledger.tokens.make("phone", clock())
    assert ledger.tokens.all()[0].used_at is None
    first = clock()
    for _ in range(3):
        ledger.tokens.accepts(words, clock())
        clock.forward(minutes=1)
    assert ledger.tokens.all()[0].used_at == first

    clock.forward(minutes=10)
    ledger.tokens.accepts(words, clock())

    assert ledger.tokens.all()[0].used_at == clock()
    assert clock() - first > timedelta(minutes=10)


@pytest.mark.parametrize("name", ["", "  ", "x" * (NAME_LIMIT + 1), "a\x00b"])
def test_a_name_that_means_nothing_is_refused(ledger, clock, name):
    with pytest.raises(ValueError, match="name"):
        ledger.tokens.make(name, clock())


def test_a_name_is_given_once(ledger, clock):
    ledger.tokens.make("phone", clock())
    with pytest.raises(ValueError, match="already"):
        ledger.tokens.make(" phone ", clock())


def test_there_are_only_so_many_tokens(ledger, clock):
    for number in range(TOKENS_MOST):
        ledger.tokens.make(f"token {number}", clock())
    with pytest.raises(ValueError, match="take one back"):
        ledger.tokens.make("one more", clock())


def test_words_that_no_utf_8_holds_are_simply_wrong(ledger, clock):
    assert not ledger.tokens.accepts("\ud800", clock())
