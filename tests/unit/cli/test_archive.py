import gzip
import json

import pytest


def found(backstory, *arguments):
    done = backstory("search", "--format", "json", *arguments)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_what_was_imported_is_found(backstory, news):
    done = backstory("import", news)

    assert done.exit_code == 0, done.output
    assert done.stdout == f"{news}: 3 added, 0 replaced, 0 unchanged, 0 refused\n"
    assert [article["url"] for article in found(backstory, "ferry")["articles"]] == ["https://paper.example/14"]


def test_importing_again_changes_nothing(backstory, news):
    backstory("import", news)
    assert "0 added, 0 replaced, 3 unchanged" in backstory("import", news).stdout


def test_a_gzipped_file_and_standard_input_hold_the_same_articles(backstory, news, tmp_path):
    packed = tmp_path / "news"
    packed.write_bytes(gzip.compress(news.read_bytes()))

    assert "3 added" in backstory("import", packed).stdout
    assert "3 unchanged" in backstory("import", "-", given=news.read_bytes()).stdout


def test_a_line_that_means_nothing_is_told_and_the_rest_is_added(backstory, news):
    news.write_text(news.read_text("utf-8") + "{}\n", "utf-8")
    done = backstory("import", news)

    assert done.exit_code == 0
    assert "3 added, 0 replaced, 0 unchanged, 1 refused" in done.stdout
    assert "line 4: " in done.stderr


def test_a_file_of_which_nothing_could_be_added_is_a_failure(backstory, tmp_path):
    file = tmp_path / "wrong.ndjson"
    file.write_text("{}\n" * 30, "utf-8")
    done = backstory("import", file)

    assert done.exit_code == 1
    assert "and 10 more" in done.stderr


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"<?xml version='1.0'?><opml version='2.0'>", "feeds are followed", id="OPML"),
        pytest.param(b"%PDF-1.7", "a PDF", id="PDF"),
        pytest.param(b"Dear reader,", "not NDJSON", id="a letter"),
        pytest.param(gzip.compress(b"%PDF-1.7"), "a PDF", id="a PDF, gzipped"),
        pytest.param(b"\x1f\x8b" * 99, "cannot be unpacked", id="no gzip file"),
    ],
)
def test_a_file_that_is_not_read_is_named_by_what_it_holds(backstory, tmp_path, content, says):
    file = tmp_path / "news.ndjson"
    file.write_bytes(content)
    done = backstory("import", file)

    assert done.exit_code == 1
    assert says in done.stderr


def test_a_packed_file_that_is_cut_off_gives_what_was_whole(backstory, news, tmp_path):
    cut = tmp_path / "cut"
    cut.write_bytes(gzip.compress(news.read_bytes() + b"x" * 99)[:-12])
    done = backstory("import", cut)

    assert done.exit_code == 0
    assert "3 added" in done.stdout
    assert "the file breaks off here" in done.stderr


def test_the_sample_coverage_comes_with_backstory(backstory):
    assert " 0 refused" in backstory("import", "--sample").stdout
    answer = found(backstory, "withdrawal", "Syria", "--after", "2016-03-14", "--before", "2016-03-15")
    assert answer["articles"]


def test_what_was_found_is_told_in_words(backstory, news):
    backstory("import", news)
    said = backstory("search", "ferry").stdout
    assert "14 March 2016" in said
    assert "A ferry struck the pier." in said
    assert "1 of 1 articles" in said


def test_an_archive_that_is_not_there_yet_holds_nothing(backstory, home):
    assert found(backstory, "rain") == {"total": 0, "articles": []}
    assert not home.exists()


def test_an_export_can_be_imported_as_it_is(backstory, news, tmp_path):
    backstory("import", news)
    exported = backstory("export")
    copy = tmp_path / "copy.ndjson"
    copy.write_text(exported.stdout, "utf-8")

    assert "3 unchanged" in backstory("import", copy).stdout
    assert [json.loads(line)["title"] for line in exported.stdout.splitlines()] == [
        "Report of day 13",
        "Report of day 14",
        "Report of day 15",
    ]


def test_an_article_is_forgotten_once(backstory, news):
    backstory("import", news)

    assert backstory("forget", "https://paper.example/14").exit_code == 0
    assert found(backstory, "ferry")["total"] == 0
    again = backstory("forget", "https://paper.example/14")
    assert (again.exit_code, "no article with this url" in again.stderr) == (1, True)


def test_a_whole_domain_is_forgotten(backstory, news):
    backstory("import", news)

    assert "paper.example is forgotten: 3 articles" in backstory("forget", "Paper.Example").stdout
    again = backstory("forget", "paper.example")
    assert (again.exit_code, "no article from paper.example" in again.stderr) == (1, True)


def test_what_names_neither_an_article_nor_a_domain_is_wrong_usage(backstory):
    for nonsense in ("example", "ftp://paper.example/1", "*.example"):
        assert backstory("forget", nonsense).exit_code == 2


def test_an_index_that_is_gone_is_made_anew(backstory, news, home):
    backstory("import", news)
    for part in home.glob("archive/index*/*"):
        part.unlink()
    broken = backstory("search", "ferry")
    assert (broken.exit_code, "backstory rebuild" in broken.stderr) == (1, True)

    assert backstory("rebuild").exit_code == 0

    assert found(backstory, "ferry")["total"] == 1
