"""The ways of doing a thing that stand side by side."""

PAGE, FLOOR, SIGNED, ORDINARY, ADMIN = "page", "floor", "signed", "ordinary", "admin"
WAYS = (PAGE, FLOOR, SIGNED, ORDINARY, ADMIN)
SAID = {
    PAGE: "page",
    FLOOR: "SQL by hand",
    SIGNED: "the same, signed in",
    ORDINARY: "ordinary ORM page",
    ADMIN: "Django admin",
}
