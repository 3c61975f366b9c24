"""What is kept of frameworks and objectives."""

from common.history.tracking import Rows, Tracked, register
from objectives.models import Framework, Objective

FRAMEWORK = register(
    Tracked(
        kind="framework",
        model=Framework,
        columns={
            name: name
            for name in (
                "code", "kind", "title_en", "title_fr", "owner_en", "owner_fr", "source",
                "official_en", "official_fr", "adopted", "in_force_from", "in_force_to", "retired_on",
            )
        },
    )
)  # fmt: skip
OBJECTIVE = register(
    Tracked(
        kind="objective",
        model=Objective,
        columns={
            name: name
            for name in (
                "code", "position", "wording_en", "wording_fr", "short_en", "short_fr", "retired_on",
            )
        }
        | {"framework": "framework__code"},
        rows={
            "follows": Rows(
                model=Objective.follows.through,
                record="from_objective",
                columns={"objective": "to_objective__code"},
                order=("to_objective__code",),
            )
        },
    )
)  # fmt: skip
