from django.urls import path

from engagements.views.search import search

app_name = "search"
urlpatterns = [path("", search, name="results")]
