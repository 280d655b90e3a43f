"""Interfaces that can be asked for the coverage of past days, each a `Source`.

Each asks through the `Door` alone, paced as its keepers wish (`terms`), and turns what they answer into `Offer`s.
"""
