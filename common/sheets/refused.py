"""Why a file is not read: raised wherever that is seen, put into words by `reading`."""

from typing import Any


class Refused(Exception):
    """`code` is a key of `words.REFUSALS`; `told` fills its sentence: text and numbers."""

    def __init__(self, code: str, **told: Any):
        super().__init__(code, told)
        self.code = code
        self.told = told
