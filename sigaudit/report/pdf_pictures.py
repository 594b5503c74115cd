"""Pictures as the PDF's template wants them."""

from typing import Any

from sigaudit.report import wording
from sigaudit.report.pictures import Bars
from sigaudit.report.timeline import Timeline


def drawn(picture: Bars) -> dict[str, Any]:
    """A bar chart; what colours tell stands in words too, for who prints without them."""
    return {
        "title": picture.title,
        "note": picture.note,
        "head": picture.head,
        "legend": picture.legend,
        "lines": picture.lines,
        "lines_told": "Dotted lines: " + ", ".join(name for _, name in picture.lines) + ".",
        "bars": [
            {
                "label": bar.label,
                "all": wording.number(bar.total),
                "told": ", ".join(
                    f"{wording.number(count)} {picture.legend.get(kind, kind)}"
                    for kind, count, _ in bar.parts
                ),
                "parts": bar.parts,
            }
            for bar in picture.bars
        ],
    }


def lanes(timeline: Timeline) -> dict[str, Any]:
    """Findings over time."""
    merged = wording.number(timeline.lanes_merged)
    undated = wording.counted(timeline.undated, "finding")
    return {
        "note": f"{timeline.period} UTC. A mark is a finding, taller the more severe; its foot "
        "lasts as long as the incident. Where nothing was read, nothing can show."
        + (f" {merged} sources with few findings share a line." if timeline.lanes_merged else "")
        + (f" {undated} with an impossible date cannot be drawn." if timeline.undated else ""),
        "ticks": timeline.ticks,
        "lanes": [
            {
                "threat": wording.phrase(lane.threat),
                "first": lane.first_of_threat,
                "source": lane.source,
                "findings": wording.number(lane.findings),
                "marks": [
                    {
                        "left": mark.left,
                        "right": max(mark.right, mark.left),
                        "severity": mark.severity,
                    }
                    for mark in reversed(lane.marks)
                ],
            }
            for lane in timeline.lanes
        ],
        "coverage": [
            {"kind": kind, "files": wording.counted(files, "file"), "spans": spans}
            for kind, files, spans in timeline.coverage
        ],
    }
