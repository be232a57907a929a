"""From a file that was sent in to entries: what each line is, what the page shows and keeps of it, what is written.

``transactions.importing`` is the way in.
"""
