"""What a claim states, weighed on top of what the ranker learned.

The ranker learned from pages that their editors linked; few of those name a day, and none is a sentence among thirty.
What a single claim states outright is weighed here, as log-odds that are added to the ranker's:

- A day. Of the reports of an event most appear in its window (`window`), of look-alikes only as many as the window has
  days: the likelihood ratio is the window's share of the archive's days against IN_WINDOW. It counts only as far as
  the names and what happened are shared as well: other news of those days about the same people proves nothing.
- An outlet. What the named outlet published is nearer to what it said; where the archive lacks that outlet, what others
  published is farther.
- Names and events. Who shares neither the claim's names nor what happened is about something else, whatever the score.

The numbers are set by hand, on the reasons beside them; no development set has claims with days and labels.
"""

import math
from collections.abc import Mapping

import numpy as np

from backstory.retrieval.counts import Floats
from backstory.retrieval.scores import View
from backstory.retrieval.terms import fold

IN_WINDOW = 0.7  # of an event's reports, as far as we saw
BELIEVED = 0.65  # of the log-odds of a day: a window is a hope, not a fact
MOST = 3.0  # log-odds that a day may add
LONGEST = 100  # days of a window that tell anything: a season's news is full of everything
OUTSIDE = -1.0  # log-odds for a report outside the claim's days: ln(1 - IN_WINDOW), kept softer
ENOUGH = 9.0  # rarity of the event words shared, added up; two telling words have as much
NAMELESS = -0.75  # log-odds for a claim without a name: "talks between the two went on" fits too much
STRANGER = -1.5  # log-odds for a report that shares none of the claim's names, or nothing of what happened
OUTLET = 1.0  # log-odds for a report of the outlet that the claim names


def stated(view: View, found: Mapping[str, Floats]) -> Floats:
    """The log-odds that claims' own statements add to each article's."""
    shared = found["events_rarity"]
    named = np.array([bool(need.names) for need in view.needs])[:, None]
    odds = np.where((~named | (found["names"] > 0)) & (shared > 0), np.where(named, 0.0, NAMELESS), STRANGER)
    odds = odds + _outlet(view)
    dated = np.array([bool(need.windows) for need in view.needs])[:, None]
    worth = found["names"] * np.minimum(shared / ENOUGH, 1.0) * _window_odds(view)
    return odds + np.where(dated, np.where(found["in_window"] > 0, worth, OUTSIDE), 0.0)


def _outlet(view: View) -> Floats:
    """The log-odds that the claims' outlets add to each article's."""
    odds = np.zeros(view.there.shape)
    for row, need in enumerate(view.needs):
        if need.outlet and need.outlet_held:
            openings = (view.candidates.openings[article] for article in view.articles[row])
            odds[row] = [OUTLET if fold(each.publisher) == need.outlet else 0.0 for each in openings]
        elif need.outlet:
            odds[row] = STRANGER
    return odds


def _window_odds(view: View) -> Floats:
    """BELIEVED x ln(IN_WINDOW / the windows' share of the days that the candidates span), from 0 to MOST."""
    odds = np.zeros((len(view.numbers), 1))
    for row, need in enumerate(view.needs):
        covered = sum((window.end - window.start).days + 1 for window in need.windows)
        days = view.candidates.days[view.articles[row, : view.sizes[row]]]
        if 0 < covered <= LONGEST and days.size:
            span = max(int(view.brief.published.day.toordinal() - days.min()), 1)
            odds[row] = min(max(BELIEVED * math.log(IN_WINDOW * span / covered), 0.0), MOST)
    return odds
