"""The ways of doing a thing that stand side by side."""

PAGE, FLOOR, ORDINARY, ADMIN = "page", "floor", "ordinary", "admin"
WAYS = (PAGE, FLOOR, ORDINARY, ADMIN)
SAID = {PAGE: "page", FLOOR: "SQL by hand", ORDINARY: "ordinary ORM page", ADMIN: "Django admin"}
