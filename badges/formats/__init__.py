"""Open Badges 1.0 to 3.0 as a library: reading, baking, signing, verifying.

Pure functions: no Django, no network, no clock. What must be fetched is asked of a `Documents`; the moment is given.
"""
