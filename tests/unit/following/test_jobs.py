import asyncio

import pytest

from backstory.errors import SourceError
from backstory.following import Ledger, jobs
from backstory.following.jobrows import JOBS_KEPT
from backstory.following.jobs import Jobs


@pytest.fixture
def registry(ledger, clock):
    return Jobs(ledger.jobs, clock)


async def nothing(_reporter):
    pass


async def for_ever(_reporter):
    await asyncio.Event().wait()


async def test_a_job_is_told_how_it_goes_and_how_it_ended(registry, clock):
    async def work(reporter):
        reporter.at(1, 4)
        reporter.count(done=1, added=3, refused=1)
        reporter.trouble("one page was unreadable")
        clock.forward(minutes=1)

    job = registry.start("import", "news.ndjson", work)
    assert job.is_running
    ended = await registry.finished(job.number)

    assert (ended.state, ended.done, ended.total, ended.added, ended.refused) == ("done", 2, 4, 3, 1)
    assert (ended.share, ended.trouble, ended.ended_at) == (0.5, "one page was unreadable", clock())


async def test_an_error_of_ours_says_why_a_job_failed(registry):
    async def work(_reporter):
        raise SourceError("the key was refused")

    ended = await registry.finished(registry.start("backfill", "guardian", work).number)

    assert (ended.state, ended.trouble) == ("failed", "the key was refused")


async def test_a_fault_ends_the_job_and_nothing_else(registry, caplog):
    async def work(_reporter):
        raise ZeroDivisionError("a page's words")

    ended = await registry.finished(registry.start("backfill", "guardian", work).number)

    assert ended.state == "failed"
    assert "ZeroDivisionError" in ended.trouble
    assert "a page's words" not in ended.trouble
    assert "job 1 (backfill) failed" in caplog.text


async def test_a_job_is_stopped_once(registry):
    job = registry.start("backfill", "guardian", for_ever)
    await asyncio.sleep(0)

    assert registry.stop(job.number)
    assert (await registry.finished(job.number)).state == "stopped"
    assert not registry.stop(job.number)


async def test_a_job_that_is_stopped_before_it_began_is_stopped_all_the_same(registry):
    job = registry.start("backfill", "guardian", for_ever)
    registry.stop(job.number)
    assert (await registry.finished(job.number)).state == "stopped"


async def test_what_runs_when_the_service_ends_is_interrupted_and_remembered(ledger, clock):
    first = Jobs(ledger.jobs, clock)
    first.start("backfill", "guardian", for_ever)
    await asyncio.sleep(0)
    await first.close()

    assert [job.state for job in Jobs(ledger.jobs, clock).all()] == ["interrupted"]


async def test_what_ran_when_the_process_was_killed_is_interrupted_with_its_progress(tmp_path, clock):
    killed = Ledger.open(tmp_path)
    begun = killed.jobs.begin("backfill", "guardian", clock())
    reporter = jobs.Reporter(begun, killed.jobs.save)
    reporter.at(3, 9)
    killed.close()

    ledger = Ledger.open(tmp_path)
    [job] = Jobs(ledger.jobs, clock).all()
    assert (job.state, job.done, job.total) == ("interrupted", 3, 9)
    ledger.close()


async def test_a_watcher_sees_jobs_begin_change_and_end(registry):
    gates = [asyncio.Event(), asyncio.Event()]

    async def work(reporter):
        await gates[0].wait()
        reporter.at(1, 2)
        await gates[1].wait()

    changes = registry.watch()
    waiting = asyncio.ensure_future(anext(changes))
    await asyncio.sleep(0)
    registry.start("import", "news", work)
    seen = [await waiting]
    for gate in gates:
        gate.set()
        seen.append(await anext(changes))
    await changes.aclose()

    assert [(job.state, job.done) for job in seen] == [("running", 0), ("running", 1), ("done", 1)]


async def test_a_watcher_that_is_slow_gets_the_last_change_and_holds_nothing_up(registry):
    async def work(reporter):
        for done in range(10_000):
            reporter.at(done, 10_000)

    changes = registry.watch()
    waiting = asyncio.ensure_future(anext(changes))
    await asyncio.sleep(0)
    job = registry.start("import", "news", work)
    await registry.finished(job.number)
    await waiting

    assert (await anext(changes)).state == "done"
    await changes.aclose()


async def test_progress_is_written_down_now_and_then(registry, ledger, clock):
    async def work(reporter):
        reporter.at(1, 9)
        assert ledger.jobs.all()[0].done == 0
        clock.forward(seconds=3)
        reporter.at(2, 9)
        assert ledger.jobs.all()[0].done == 2

    assert (await registry.finished(registry.start("import", "news", work).number)).state == "done"


async def test_only_so_many_jobs_run_at_a_time(registry):
    for _ in range(jobs.RUNNING_MOST):
        registry.start("backfill", "guardian", for_ever)
    with pytest.raises(ValueError, match="jobs are running"):
        registry.start("backfill", "guardian", for_ever)
    await registry.close()
    assert {job.state for job in registry.all()} == {"interrupted"}


async def test_old_jobs_are_forgotten_and_running_ones_are_not(registry, ledger):
    running = registry.start("backfill", "guardian", for_ever)
    for _ in range(JOBS_KEPT + 10):
        await registry.finished(registry.start("import", "news", nothing).number)

    assert len(registry.all()) <= JOBS_KEPT + 1
    assert registry.get(running.number) == running
    assert {job.number for job in ledger.jobs.all()} == {job.number for job in registry.all()}
    await registry.close()


async def test_work_that_somebody_else_runs_is_noted_as_long_as_it_goes_on(registry):
    with registry.beside("import", "over HTTP") as reporter:
        reporter.count(added=2)
        assert registry.all()[0].is_running
        assert not registry.stop(reporter.job.number)
    assert (registry.all()[0].state, registry.all()[0].added) == ("done", 2)


@pytest.mark.parametrize(("error", "trouble"), [(SourceError("no key"), "no key"), (OSError("gone"), "broken off")])
async def test_work_of_somebody_else_that_breaks_off_is_noted_as_failed(registry, error, trouble):
    with pytest.raises(type(error)), registry.beside("import", "over HTTP"):
        raise error
    assert registry.all()[0].state == "failed"
    assert trouble in registry.all()[0].trouble
