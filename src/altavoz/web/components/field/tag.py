"""One question of a form: label, hint, error, control, tied together for those who listen."""

from django.forms import BoundField

from altavoz.web.component import Values, component


@component()
def field(*, field: BoundField) -> Values:
    """Draw a bound field of a form; its hint and errors are announced with the control."""
    box = getattr(field.field.widget, "input_type", "") == "checkbox"
    group = field.use_fieldset
    notes = " ".join(_notes(field))
    extra: dict[str, str | bool] = {"aria-describedby": notes} if notes and not group else {}
    return {
        "field": field,
        "control": field.as_widget(attrs=extra),
        "box": box and not group,
        "group": group,
        "notes": notes,
    }


def _notes(field: BoundField) -> list[str]:
    """Return the ids of what is said about the field."""
    hint = [f"{field.auto_id}_hint"] if field.help_text else []
    return [*hint, f"{field.auto_id}_error"] if field.errors else hint
