"""A household to try Batua with.

``life`` says how it lives and ``history`` writes its years: pure Python. ``books`` keeps them as rows.
"""
