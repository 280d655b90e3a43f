"""Items that change after they were seen, and items that share one id."""

from datetime import timedelta

import pytest

from backstory.errors import FetchError
from backstory.fetching import Fetched
from backstory.following.changes import RENEWALS_MOST, RENEWED_AFTER, RENEWED_WITHIN
from backstory.model import Validators
from unit.following.world import FEED, kept, page_of

PAGE = "https://paper.example/1"


def atom_of(updated="2024-05-08T08:00:00Z", *, place=PAGE, title="Report 1", content="", name="tag:1"):
    """A feed of one entry, with its whole text where `content` is given."""
    text = f"<content type='html'><![CDATA[{content}]]></content>" if content else ""
    return (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>The Paper</title><entry>"
        f"<id>{name}</id><title>{title}</title><link href='{place}'/><published>2024-05-07T08:00:00Z</published>"
        f"<updated>{updated}</updated>{text}</entry></feed>"
    )


async def poll(desk, clock, **later):
    clock.forward(**later or {"days": 1})
    return await desk.follower.once()


async def test_an_article_that_its_feed_says_was_changed_is_read_again(desk, world, archive, clock):
    world.places[FEED] = atom_of()
    await desk.follower.once()
    world.places[FEED] = atom_of("2024-05-08T11:00:00Z")
    world.places[PAGE] = page_of(1) + "<p>The harbour master has corrected the number of boats since then.</p>"

    done = await poll(desk, clock)

    article = await archive.get(PAGE)
    assert "has corrected the number" in article.text
    assert article.published.day.isoformat() == "2024-05-07"
    assert (done.added, desk.feeds.all()[0].brought) == (1, 1)
    await poll(desk, clock)
    assert world.urls().count(PAGE) == 2


async def test_a_text_that_changed_in_the_feed_itself_replaces_the_article(desk, world, archive, clock):
    whole = page_of(1).partition("<article>")[2] * 10
    world.places[FEED] = atom_of(content=whole)
    await desk.follower.once()
    world.places[FEED] = atom_of(content=whole + "<p>Four boats were lost, and not three as was said at first.</p>")

    assert (await poll(desk, clock)).added == 1

    assert "Four boats were lost" in (await archive.get(PAGE)).text
    assert PAGE not in world.urls()


async def test_a_change_within_the_hour_waits_for_it_and_is_not_lost(desk, world, clock):
    world.places[FEED] = atom_of()
    await desk.follower.once()
    known = Validators('"b"')
    world.places[FEED] = Fetched(FEED, atom_of("2024-05-08T11:00:00Z").encode(), validators=known)
    desk.poll(FEED)
    await poll(desk, clock, minutes=20)
    assert (world.urls().count(PAGE), desk.feeds.all()[0].validators) == (1, Validators())

    desk.poll(FEED)
    await poll(desk, clock, seconds=RENEWED_AFTER.total_seconds())

    assert world.urls().count(PAGE) == 2


async def test_an_item_that_changes_all_the_time_is_read_again_a_few_times(desk, world, clock):
    for hour in range(10):
        world.places[FEED] = atom_of(f"2024-05-08T{hour:02}:00:00Z")
        desk.poll(FEED)
        await poll(desk, clock, hours=2)
    assert world.urls().count(PAGE) == 1 + RENEWALS_MOST


async def test_what_is_no_news_any_more_is_not_read_again(desk, world, clock):
    world.places[FEED] = atom_of()
    await desk.follower.once()
    world.places[FEED] = atom_of("2024-06-08T08:00:00Z")
    await poll(desk, clock, seconds=(RENEWED_WITHIN + timedelta(hours=1)).total_seconds())
    assert world.urls().count(PAGE) == 1


async def test_what_the_owner_forgot_stays_away_when_it_changes(desk, world, archive, clock):
    world.places[FEED] = atom_of()
    await desk.follower.once()
    await archive.forget(PAGE)
    world.places[FEED] = atom_of("2024-05-08T11:00:00Z")
    await poll(desk, clock)
    assert await kept(archive) == []


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(page_of(1).partition("<p>")[0] + "<p>This article has been withdrawn by us.", id="notice"),
        pytest.param(FetchError("it answered with 404", status=404), id="gone"),
    ],
)
async def test_an_article_whose_page_is_gone_or_has_shrunk_is_kept_as_it_was(desk, world, archive, clock, now):
    world.places[FEED] = atom_of()
    await desk.follower.once()
    before = await archive.get(PAGE)
    world.places[FEED] = atom_of("2024-05-08T11:00:00Z")
    world.places[PAGE] = now
    await poll(desk, clock)
    assert await archive.get(PAGE) == before


async def test_a_feed_that_shows_one_item_under_one_id_brings_each_of_them(desk, world, archive, clock):
    for number in (1, 2, 3):
        world.places[FEED] = atom_of(place=f"https://paper.example/{number}", title=f"Report {number}", name="latest")
        await poll(desk, clock)
    assert await kept(archive) == [f"https://paper.example/{number}" for number in (1, 2, 3)]
    await poll(desk, clock)
    assert world.urls().count("https://paper.example/3") == 1


async def test_an_article_that_moved_and_says_the_same_is_not_another(desk, world, archive, clock):
    world.places[FEED] = atom_of(place=f"{PAGE}?session=a")
    world.places[f"{PAGE}?session=a"] = page_of(1)
    await desk.follower.once()
    world.places[FEED] = atom_of(place=f"{PAGE}?session=b")
    await poll(desk, clock)
    assert await kept(archive) == [f"{PAGE}?session=a"]


async def test_the_sitemap_entries_that_were_passed_over_are_not_read_when_they_change(desk, world, clock):
    def sitemap(day):
        entries = "".join(
            f"<url><loc>https://paper.example/{n}</loc><lastmod>2024-0{day}</lastmod></url>" for n in range(1, 251)
        )
        return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</urlset>"

    dated = '<head><meta property="article:published_time" content="2024-05-06">'
    world.places |= {f"https://paper.example/{n}": page_of(n).replace("<head>", dated) for n in range(1, 251)}
    world.places[FEED] = sitemap("5-06")
    await desk.follower.once()
    asked = len(world.asked)
    world.places[FEED] = sitemap("5-09")
    await poll(desk, clock, days=2)
    again = {url for url in world.urls()[asked:] if url != FEED}
    assert again <= set(world.urls()[:asked])
    assert len(again) == 200
