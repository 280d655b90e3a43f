from backstory.web.stopwatch import Stopwatch


def test_each_lap_counts_from_the_one_before():
    seconds = iter([10.0, 10.004, 10.0065])
    stopwatch = Stopwatch(lambda: next(seconds))

    stopwatch.lap("read")
    stopwatch.lap("dates")

    assert stopwatch.header() == "read;dur=4.0, dates;dur=2.5"
