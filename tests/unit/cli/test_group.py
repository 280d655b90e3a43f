import pytest
from click.testing import CliRunner

from backstory import __version__
from backstory.cli import main
from backstory.settings import all_settings

COMMANDS = (
    *("serve", "annotate", "search", "doctor"),
    *("import", "follow", "backfill", "export", "forget", "backup", "restore", "rebuild", "tune"),
)


def test_the_commands_are_these():
    assert set(main.commands) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command):
    said = CliRunner().invoke(main, [command, "--help"])
    assert said.exit_code == 0
    assert f"Example: backstory {command}" in said.stdout
    assert "--home" in said.stdout


def test_serve_takes_every_setting_as_a_flag():
    flags = {option for parameter in main.commands["serve"].params for option in parameter.opts}
    assert not [setting.name for setting in all_settings() if "--" + setting.name.replace("_", "-") not in flags]


def test_the_version_is_told():
    assert __version__ in CliRunner().invoke(main, ["--version"]).stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["search", "--home"], "requires an argument", id="half a flag"),
        pytest.param(["serch"], "No such command", id="no command"),
        pytest.param(["serve", "--port", "many"], "--port cannot be 'many': give a whole number", id="no port"),
        pytest.param(["serve", "--host", "192.168.1.5"], "needs a token", id="open to all"),
        pytest.param(["search", "--after", "soon", "rain"], "after must be a date", id="no day"),
        pytest.param(["import"], "say which files", id="nothing to import"),
        pytest.param(["annotate", "-", "--published", "soon"], "must be a date", id="no day of publication"),
        pytest.param(["annotate", "-", "--url", "ftp://x"], "must be an http or https address", id="no address"),
        pytest.param(["export", "--archive", "shelf:"], "try local: or memory:", id="no archive"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_what_would_be_right(arguments, says, tmp_path, monkeypatch):
    monkeypatch.setenv("BACKSTORY_HOME", str(tmp_path))
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert says in " ".join(done.stderr.split())


def test_a_variable_that_is_no_setting_is_told_of(backstory, monkeypatch):
    monkeypatch.setenv("BACKSTORY_PROT", "1")
    done = backstory("search")
    assert done.exit_code == 0
    assert "BACKSTORY_PROT" in done.stderr


def test_settings_come_from_a_file(backstory, tmp_path):
    config = tmp_path / "backstory.toml"
    config.write_text("archive = 'shelf:'\n", "utf-8")
    assert "'shelf:'" in backstory("search", "--config", config).stderr
