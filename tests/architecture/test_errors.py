import inspect
import re

from backstory import errors
from backstory.errors import PageError
from backstory.web.problems import problem_name


def drawn():
    """The tree in the module's docstring: each error with the one it hangs from."""
    parents: dict[str, str] = {}
    above: dict[int, str] = {}
    for line in (errors.__doc__ or "").splitlines():
        match = re.match(r"^([\s│├└─]*)(\w+Error)\b", line)
        if match:
            depth = len(match[1])
            above = {column: name for column, name in above.items() if column < depth}
            parents[match[2]] = above[max(above)] if above else "Exception"
            above[depth] = match[2]
    return parents


def written():
    return {
        name: kind.__bases__[0].__name__
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if kind.__module__ == errors.__name__
    }


def test_the_tree_is_drawn_as_it_is():
    assert drawn() == written()


def test_every_error_says_what_it_is():
    assert not [name for name in written() if not getattr(errors, name).__doc__.strip()]


def test_whatever_is_wrong_with_a_page_is_a_problem_that_its_sender_reads():
    kinds = PageError.__subclasses__()
    assert kinds
    assert not [kind.__name__ for kind in kinds if problem_name(kind) in {None, "internal"}]
