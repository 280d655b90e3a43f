"""`backstory backup` and `restore`."""

from backstory.archive.lock import WriterLock
from backstory.archive.writing import LOCK


def test_a_backup_brings_a_home_back(backstory, news, tmp_path):
    backstory("import", news)
    file = tmp_path / "news.zip"

    done = backstory("backup", file)
    assert (done.exit_code, str(file) in done.stdout) == (0, True)

    backstory("forget", "paper.example")
    refused = backstory("restore", file)
    assert (refused.exit_code, "--replace" in refused.stderr) == (1, True)
    assert backstory("restore", file, "--replace").exit_code == 0
    assert "3 of 3 articles" in backstory("search").stdout


def test_a_service_that_runs_is_not_restored_under(backstory, news, tmp_path, home):
    backstory("import", news)
    backstory("backup", tmp_path / "news.zip")

    with WriterLock(home / "archive" / LOCK):
        refused = backstory("restore", tmp_path / "news.zip", "--replace")

    assert (refused.exit_code, "another Backstory is writing" in refused.stderr) == (1, True)


def test_an_empty_home_has_nothing_to_back_up(backstory, tmp_path):
    done = backstory("backup", tmp_path / "news.zip")

    assert (done.exit_code, "nothing to back up" in done.stderr) == (1, True)


def test_an_archive_without_files_has_nothing_to_back_up(backstory, tmp_path):
    done = backstory("backup", tmp_path / "news.zip", "--archive", "memory:")

    assert (done.exit_code, "no files of its own" in done.stderr) == (1, True)
