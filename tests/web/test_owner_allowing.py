"""The owner's yes to sources that need no key, said on a page."""

from contextlib import asynccontextmanager

import pytest
from lxml import html as lxml_html

from backstory.app import create_app
from backstory.settings import Settings
from web.conftest import NOW, ORIGIN, Client

OWN = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
WISH = {"from": "2016-01", "to": "2016-02", "plan": "yes"}


def tree(answer):
    return lxml_html.document_fromstring(answer.text)


def text(element):
    return " ".join(element.text_content().split())


def closed(answer):
    """The sources that cannot be chosen."""
    return set(tree(answer).xpath("//input[@type='radio'][@disabled]/@value"))


def buttons(answer, form):
    return tree(answer).xpath(f"//button[@form='{form}']/@value")


async def setting(client):
    rows = tree(await client.get("/settings")).xpath("//tr[th/code='allow_sources']")
    return [text(cell) for cell in rows[0].xpath("./td")]


@asynccontextmanager
async def at(home, **settings):
    app = create_app(Settings(home=home, **settings), clock=lambda: NOW)
    async with app.router.lifespan_context(app), Client(app, ORIGIN) as client:
        yield client


async def test_a_source_without_a_key_is_asked_once_the_owner_says_yes(tmp_path):
    async with at(tmp_path) as client:
        assert {"gdelt", "wikinews", "current-events", "wayback", "guardian"} <= closed(await client.get("/backfill"))
        refused = await client.get("/backfill", params={"source": "wikinews", **WISH})
        assert refused.status_code == 422

        answer = await client.post("/backfill/allow", data={"source": "wikinews"}, headers=OWN)
        assert (answer.status_code, answer.headers["location"]) == (303, "/backfill?source=wikinews")
        assert "wikinews" not in closed(await client.get("/backfill"))
        assert (await client.get("/backfill", params={"source": "wikinews", **WISH})).status_code == 200

    async with at(tmp_path) as client:  # it outlives a restart
        assert await setting(client) == ["wikinews", "the owner’s page"]
        page = await client.get("/backfill")
        assert buttons(page, "refuse") == ["wikinews"]
        assert "wikinews" not in buttons(page, "allow")

        assert (await client.post("/backfill/refuse", data={"source": "wikinews"}, headers=OWN)).status_code == 303
        assert "wikinews" in closed(await client.get("/backfill"))
        assert await setting(client) == ["none", "default"]


async def test_what_the_settings_allow_is_not_taken_back_on_the_page(tmp_path):
    settings = Settings(home=tmp_path).origins
    async with at(
        tmp_path, allow_sources=("gdelt",), origins={**settings, "allow_sources": "--allow-sources"}
    ) as client:
        await client.post("/backfill/allow", data={"source": "wayback"}, headers=OWN)
        await client.post("/backfill/allow", data={"source": "gdelt"}, headers=OWN)
        page = await client.get("/backfill")
        assert buttons(page, "refuse") == ["wayback"]
        assert await setting(client) == ["gdelt, wayback", "--allow-sources and the owner’s page"]

        await client.post("/backfill/refuse", data={"source": "gdelt"}, headers=OWN)
        assert "gdelt" not in closed(await client.get("/backfill"))


@pytest.mark.parametrize("source", ["guardian", "nobody", ""])
async def test_a_key_is_not_replaced_by_a_yes(client, source):
    answer = await client.post("/backfill/allow", data={"source": source}, headers=OWN)

    assert answer.status_code == 400
    page = await client.get("/backfill")
    assert {"guardian", "nyt", "factcheck"} <= closed(page)
    assert "BACKSTORY_GUARDIAN_KEY_FILE" in page.text
    assert not tree(page).xpath("//input[contains(@name, 'key')]")


@pytest.mark.parametrize("path", ["/backfill/allow", "/backfill/refuse"])
async def test_no_other_site_can_say_it(client, path):
    answer = await client.post(path, data={"source": "gdelt"}, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403
    assert "gdelt" in closed(await client.get("/backfill"))
