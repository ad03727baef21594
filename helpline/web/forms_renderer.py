"""How every form of the house is drawn: one template for a field, one for a form."""

from django.forms.renderers import DjangoTemplates
from django.template.backends.django import Template

OURS = {
    "django/forms/div.html": "ui/_form.html",
    "django/forms/errors/list/ul.html": "ui/_errors.html",
    "django/forms/errors/list/default.html": "ui/_errors.html",
}


class HouseRenderer(DjangoTemplates):
    """Label, hint and error in one order, tied together for screen readers.

    Used by `{{ form }}`, `{{ form.as_div }}` and `{{ field.as_field_group }}`.
    """

    form_template_name = "ui/_form.html"
    field_template_name = "ui/_field.html"

    def get_template(self, template_name: str) -> Template:
        """Ours where we have one, Django's for single widgets."""
        return super().get_template(OURS.get(template_name, template_name))
