"""Saving a view and changing it, as a person does: the form opened, then sent."""

from django.urls import reverse

from tests.open_forms import opened

NEW = "/en/views/new/"


def save(client, query="", /, **told):
    """Open the form of a page's query, and send it."""
    url = f"{NEW}?of=dashboard&{query}"
    form = client.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in ("of", "query", "key")}
    return client.post(NEW, opened(client, url) | sent | {"name": "Ours", "rhythm": ""} | told)


def edit(client, view, **told):
    url = reverse("dashboards:view_edit", args=[view.key])
    page = client.get(url)
    form = page.context["form"]
    sent = {"seen": page.context["seen"], "of": view.page, "query": view.query, "name": view.name}
    sent |= {"office": form["office"].value() or "", "rhythm": form["rhythm"].value() or ""}
    return client.post(url, opened(client, url) | sent | told)
