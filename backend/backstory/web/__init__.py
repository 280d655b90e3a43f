"""HTTP in, HTTP out: the only room that speaks to clients.

A request passes Logbook → Cors → Draining → Faults → Gate before a route sees it; every error on the way out is a
problem (RFC 9457) with the same headers as any other answer.
"""
