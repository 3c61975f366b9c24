"""What the form of a row says of it, whatever it is a form of: what is wrong, and what is to be confirmed."""

from common.forms import CautiousForm


def problems_of(form: CautiousForm) -> list[tuple[str, str]]:
    """Name of the form's field and what is wrong there, without what has to be confirmed."""
    if not form.errors:
        return []
    return [
        (name, message)
        for name, errors in form.errors.as_data().items()
        for error in errors
        if error.code != "caution"
        for message in error.messages
    ]


def cautions_of(form: CautiousForm) -> list[str]:
    """Keys of what has to be confirmed before it is saved."""
    form.errors  # noqa: B018 -- judged now, if it was not yet
    return [caution.key for caution in form.confirmation.pending]
