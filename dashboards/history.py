"""What is kept of saved views: of one that an office shares, what it was and who said so.

One that is its owner's alone has no history, as a draft has none: it begins when the view is shared.
"""

from common.history.tracking import Tracked, register
from dashboards.models import SavedView

VIEW = register(
    Tracked(
        kind="view",
        model=SavedView,
        columns={
            "name": "name",
            "page": "page",
            "query": "query",
            "owner": "owner",
            "office": "office__code",
        },
        version="version",
    )
)
