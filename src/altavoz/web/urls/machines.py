"""Addresses of what machines ask for that find and embed pages."""

from django.urls import path

from altavoz.web.pages import machines

app_name = "machines"

urlpatterns = [
    path("sitemap.xml", machines.sitemap_index, name="sitemaps"),
    path("sitemap-<slug:kind>-<int:number>.xml.gz", machines.sitemap, name="sitemap"),
    path("oembed/", machines.embed, name="oembed"),
]
