"""One archive with everything of a household, and a new household from one.

``tables`` says what stands in it, ``writing`` writes, ``archive`` opens and distrusts, ``restoring`` makes rows.
A wiring room: it may import every app.
"""
