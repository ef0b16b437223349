"""The site's addresses, and one that answers the least that a Django view can."""

from django.http import HttpResponse
from django.urls import include, path


def constant(request):
    return HttpResponse("Hello")


urlpatterns = [path("constant/", constant), path("", include("newsroom.urls"))]
