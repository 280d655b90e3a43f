import json
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from lxml import html as lxml_html

from web.answers import assert_shape

WORDS = "Russia announced last month that it would withdraw most of its forces from Syria.\n\nIt rained on Thursday."
MORE = (
    "The harbour of Lindau was closed for the whole day after a ferry had struck the eastern pier in the fog.",
    "Nobody was hurt, the port authority said in the evening, but the pier is to stay shut until the end of June.",
)
STATED = ("--url", "https://reader.example/x", "--published", "2016-04-21")


@pytest.fixture
def article(tmp_path):
    file = tmp_path / "article"
    file.write_text(WORDS, "utf-8")
    return file


def annotated(backstory, *arguments, given=None):
    done = backstory("annotate", *arguments, given=given)
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    assert_shape(document, "AnnotationPage")
    return document


def test_a_file_is_annotated_as_the_service_does(backstory, article):
    backstory("import", "--sample")

    document = annotated(backstory, article, *STATED)

    [claim] = [item for item in document["items"] if "claim" in item and item["body"]]
    assert claim["body"][0]["source"]["datePublished"].startswith("2016-03-14")
    assert document["article"]["url"] == "https://reader.example/x"
    assert "text" not in document["article"]


def test_html_is_told_from_text_by_what_it_holds(backstory, article):
    paragraphs = "".join(f"<p>{words}</p>" for words in (*WORDS.split("\n\n"), *MORE))
    article.write_text(f"<!doctype html><html><body><main><h1>News</h1>{paragraphs}</main>", "utf-8")
    document = annotated(backstory, article, *STATED, "--include-text")
    assert document["article"]["text"].startswith("Russia announced")


def test_standard_input_is_a_page_too(backstory):
    assert annotated(backstory, "-", "--published", "2016-04-21", given=WORDS)["items"]


def test_a_file_says_where_it_is_where_nobody_else_does(backstory, article):
    assert annotated(backstory, article)["article"]["url"] == article.as_uri()


def test_a_page_in_an_old_encoding_is_read(backstory, article):
    words = "Дождь шёл в Линдау весь понедельник, и паром не вышел из гавани, сказал мэр города журналистам."
    page = f'<html><head><meta charset="windows-1251"></head><body><main><h1>Дождь</h1>{f"<p>{words}</p>" * 3}</main>'
    article.write_bytes(page.encode("windows-1251"))
    assert "Дождь шёл" in annotated(backstory, article, "--include-text")["article"]["text"]


def test_the_article_can_be_read_on_the_terminal(backstory, article):
    backstory("import", "--sample")
    done = backstory("annotate", article, *STATED, "--format", "text")

    assert done.exit_code == 0
    said = " ".join(done.stdout.split())
    assert "[1] reported before:" in said
    assert "last month March 2016" in said
    assert re.search(r"\d claims, 1 of them with earlier coverage", said)


def test_the_article_can_be_kept_as_a_page(backstory, article):
    backstory("import", "--sample")
    page = lxml_html.document_fromstring(backstory("annotate", article, *STATED, "--format", "html").stdout)

    assert page.xpath("//span[@class='claim']")
    assert page.xpath("//details[@id='card-1']//blockquote")
    assert not page.xpath("//script | //link | //img")


@pytest.mark.parametrize(
    ("words", "more", "says"),
    [
        pytest.param(" \n", (), "is blank", id="blank"),
        pytest.param("<nav><p></p></nav><div></div>", (), "", id="no article"),
        pytest.param("rain " * 1_000, ("--max-page-bytes", "1000"), "more than 1,000 bytes", id="too large"),
    ],
)
def test_what_cannot_be_annotated_is_a_failure_that_says_why(backstory, article, words, more, says):
    article.write_text(words, "utf-8")
    done = backstory("annotate", article, *more)
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: ")
    assert says in done.stderr


class Paper(BaseHTTPRequestHandler):
    """A newspaper of one page."""

    def do_GET(self):
        body = f"<!doctype html><html><body><main><h1>News</h1>{''.join(f'<p>{words}</p>' for words in MORE)}</main>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_arguments):
        """Nothing."""


@pytest.fixture
def paper():
    with ThreadingHTTPServer(("127.0.0.1", 0), Paper) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/story"
        server.shutdown()


@pytest.mark.network
def test_a_page_at_an_address_is_fetched(backstory, paper):
    document = annotated(backstory, paper, "--allow-private-hosts", "127.0.0.1", "--include-text")
    assert document["article"]["url"] == paper
    assert document["article"]["text"] == "\n\n".join(MORE)


@pytest.mark.network
def test_a_page_on_a_private_address_is_not_fetched_unasked(backstory, paper):
    done = backstory("annotate", paper)
    assert done.exit_code == 1
    assert "allow_private_hosts" in done.stderr


def test_a_file_that_is_not_there_is_wrong_usage(backstory, tmp_path):
    assert backstory("annotate", tmp_path / "nowhere").exit_code == 2
