"""The addresses of the owner's pages."""

from starlette.routing import BaseRoute, Route

from backstory.web.owner.allowing import allow_source, refuse_source
from backstory.web.owner.backfills import backfill_page, begin_backfill
from backstory.web.owner.feeds import (
    add_feed,
    choose_feeds,
    export_feeds,
    feeds_page,
    follow_starters,
    import_feeds,
    poll_feeds,
    remove_feed,
)
from backstory.web.owner.imports import Imports
from backstory.web.owner.jobs import job_events, jobs_page, stop_job
from backstory.web.owner.keeping import settings_page, start_page
from backstory.web.owner.looking import search_page
from backstory.web.owner.outgoing import requests_page
from backstory.web.owner.overview import overview
from backstory.web.owner.reading import Forget, article_page
from backstory.web.owner.tokens import make_token, revoke_token, tokens_page


def owner_routes() -> list[BaseRoute]:
    """Every page of the owner's, and where its forms go."""
    return [
        Route("/archive", overview, methods=["GET"]),
        Route("/search", search_page, methods=["GET"]),
        Route("/article", article_page, methods=["GET"]),
        Route("/article/forget", Forget),
        Route("/feeds", feeds_page, methods=["GET"]),
        Route("/feeds/list.opml", export_feeds, methods=["GET"]),
        Route("/feeds/add", add_feed, methods=["POST"]),
        Route("/feeds/choose", choose_feeds, methods=["POST"]),
        Route("/feeds/remove", remove_feed, methods=["POST"]),
        Route("/feeds/poll", poll_feeds, methods=["POST"]),
        Route("/feeds/import", import_feeds, methods=["POST"]),
        Route("/feeds/starters", follow_starters, methods=["POST"]),
        Route("/backfill", backfill_page, methods=["GET"]),
        Route("/backfill/begin", begin_backfill, methods=["POST"]),
        Route("/backfill/allow", allow_source, methods=["POST"]),
        Route("/backfill/refuse", refuse_source, methods=["POST"]),
        Route("/import", Imports),
        Route("/jobs", jobs_page, methods=["GET"]),
        Route("/jobs/events", job_events, methods=["GET"]),
        Route("/jobs/stop", stop_job, methods=["POST"]),
        Route("/requests", requests_page, methods=["GET"]),
        Route("/tokens", tokens_page, methods=["GET"]),
        Route("/tokens/make", make_token, methods=["POST"]),
        Route("/tokens/revoke", revoke_token, methods=["POST"]),
        Route("/settings", settings_page, methods=["GET"]),
        Route("/start", start_page, methods=["GET"]),
    ]
