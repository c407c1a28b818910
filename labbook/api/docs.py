"""The schema of the API and the page that shows it, both from this server alone."""

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView


class SchemaView(SpectacularAPIView):
    """The schema, for everybody who is signed in."""


class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI; its start script is a file of its own, so that no script stands in the page."""

    url_name = "api_schema"
    template_name = "labbook/api_docs.html"
