"""An article's markup without its page, made a page: what is read takes one path."""

from html import escape


def framed(headline: str, body: str) -> str:
    """A page that holds the headline and the markup, and nothing else."""
    title = escape(headline)
    return (
        f"<!doctype html><html><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )
