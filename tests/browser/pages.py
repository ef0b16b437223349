"""Visits to the pages of a newsroom that fills them all."""

LONG_BODY = "".join(
    f"<p>The gauge at Lower Sarn stood at {height} metres on the morning of day {height}, the office said. "
    f"Workers carried {height * 40} sandbags to the old bridge before the evening came.</p>"
    for height in range(2, 9)
)


def visit(reader, address, wait="load"):
    reader.goto(reader.base + address, wait_until=wait)
    return reader
