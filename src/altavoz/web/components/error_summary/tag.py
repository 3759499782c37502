"""What went wrong in a form, at its head, with a link to each answer; takes the focus."""

from django.forms import BaseForm

from altavoz.web.component import Values, component


@component()
def error_summary(*, form: BaseForm) -> Values:
    """Draw the summary; nothing while the form has no errors."""
    wrong = [(field, error) for field in form for error in field.errors]
    return {"wrong": wrong, "general": form.non_field_errors()}
