"""The detectors: one SQL file each, in a folder by threat (docs/writing-detectors.md)."""
