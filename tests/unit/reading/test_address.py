import pytest

from backstory.reading.address import address_of

OWN = "https://paper.example/news/pier"
PAGE = "<!doctype html>{}<html><head>{}</head><body><p>The pier is shut.</p></body></html>"
JSON_LD = '<script type="application/ld+json">{"@type": "NewsArticle", "mainEntityOfPage": %s}</script>'


@pytest.mark.parametrize(
    ("before", "head"),
    [
        pytest.param("", f'<link rel="canonical" href="{OWN}">', id="canonical"),
        pytest.param("", f'<link rel="Canonical shortlink" href=" {OWN} ">', id="canonical among others"),
        pytest.param("", f'<meta property="og:url" content="{OWN}">', id="og:url"),
        pytest.param("", JSON_LD % f'"{OWN}"', id="json-ld"),
        pytest.param("", JSON_LD % f'{{"@type": "WebPage", "@id": "{OWN}"}}', id="json-ld, as a node"),
        pytest.param(f"<!-- saved from url=(0030){OWN} -->", "", id="a browser's note"),
        pytest.param(f"<!--\n Page saved with SingleFile \n url: {OWN} \n saved date: Mon\n-->", "", id="SingleFile"),
        pytest.param(
            f"<!-- saved from url=(0030){OWN} -->",
            '<link rel="canonical" href="/news/pier">',
            id="a relative one first",
        ),
        pytest.param(
            "",
            f'<link rel=canonical href="https://paper.example/"><meta property=og:url content="{OWN}">',
            id="a front page first",
        ),
        pytest.param(
            "<!-- saved from url=(0030)https://m.example/x -->", f'<link rel=canonical href="{OWN}">', id="both"
        ),
    ],
)
def test_a_page_gives_its_own_address(before, head):
    assert address_of(PAGE.format(before, head)) == OWN


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<link rel="canonical" href="file:///home/me/pier.html">',
        '<link rel="stylesheet" href="https://paper.example/style.css">',
        '<link rel="canonical" href="https://[/news">',
        f'<meta name="description" content="{OWN}">',
    ],
)
def test_a_page_that_gives_none_has_none(head):
    assert address_of(PAGE.format("", head)) == ""


def test_a_note_of_saving_stands_at_the_beginning():
    assert address_of(PAGE.format(" " * 5_000 + f"<!-- saved from url=(0030){OWN} -->", "")) == ""
