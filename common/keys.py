"""Keys that stand in addresses and forms where a running number would tell how many others there are."""

import uuid


def key_from(text: str) -> uuid.UUID | None:
    """The key that was sent; None where it is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
