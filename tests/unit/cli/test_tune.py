import json


def linking_news(number):
    """One of a town's articles, each of which links to the one before it on its subject."""
    subject = ("harbour", "railway", "budget")[number % 3]
    words = f"The {subject} of Lindau was in the news again, as the report of week {number} had it."
    start = words.index("the report")
    link = {"start": start, "end": start + 10, "url": f"https://town.example/{number - 3}"}
    return {
        "url": f"https://town.example/{number}",
        "title": f"The {subject} of Lindau",
        "text": words,
        "published": f"2023-{1 + number // 28:02}-{1 + number % 28:02}",
        "publisher": "The Lake Courier",
        "links": [link] if number > 2 else [],
    }


def test_an_archive_without_links_teaches_nothing(backstory, news):
    backstory("import", news)
    done = backstory("tune")
    assert done.exit_code == 0, done.output
    assert "nothing learned" in done.stdout


def test_an_archive_that_links_teaches_and_what_it_taught_can_be_forgotten(backstory, home, tmp_path):
    file = tmp_path / "town.ndjson"
    file.write_text("\n".join(json.dumps(linking_news(number)) for number in range(75)), "utf-8")
    backstory("import", file)

    done = backstory("tune")

    assert done.exit_code == 0, done.output
    assert "72 linking articles" in done.stdout
    assert (home / "tuning.json").exists() == ("kept" in done.stdout)
    assert backstory("tune", "--forget").exit_code == 0
    assert not (home / "tuning.json").exists()


def test_a_correction_that_means_nothing_is_passed_over(backstory, news, home, caplog):
    backstory("import", news)
    (home / "tuning.json").write_text("{}", "utf-8")
    done = backstory("annotate", news, "--url", "https://town.example/new", "--published", "2024-01-01")
    assert done.exit_code == 0, done.output
    assert "is passed over" in caplog.text
