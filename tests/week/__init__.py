"""An operator's week of signalling, made up: everyday traffic, and attacks that carry a label."""
