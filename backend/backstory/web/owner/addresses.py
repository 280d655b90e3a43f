"""The addresses of the owner's pages."""

from starlette.routing import BaseRoute, Route

from backstory.web.owner.keeping import settings_page, start_page
from backstory.web.owner.looking import search_page
from backstory.web.owner.overview import overview
from backstory.web.owner.reading import Forget, article_page


def owner_routes() -> list[BaseRoute]:
    """Every page of the owner's, and where its forms go."""
    return [
        Route("/archive", overview, methods=["GET"]),
        Route("/search", search_page, methods=["GET"]),
        Route("/article", article_page, methods=["GET"]),
        Route("/article/forget", Forget),
        Route("/settings", settings_page, methods=["GET"]),
        Route("/start", start_page, methods=["GET"]),
    ]
