"""How well the detectors do on generated weeks: `python -m tests.quality`."""
