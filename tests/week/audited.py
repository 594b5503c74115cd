"""The audited network of the week, as network.toml tells it to sigaudit."""

from pathlib import Path

from sigaudit import network

HERE = Path(__file__).parent
AGREEMENTS = "hub" in network.Network.model_fields  # whether sigaudit knows such


def write(directory: Path) -> Path:
    """network.toml for a week in this folder, with the agreements where sigaudit knows such."""
    path = directory / "network.toml"
    text = (HERE / "network.toml").read_text("utf-8")
    if AGREEMENTS:
        text += (HERE / "agreements.toml").read_text("utf-8")
    path.write_text(text, "utf-8")
    return path
