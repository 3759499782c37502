"""Content that breaks careless pages: endless words, mixed scripts, nothing at all."""

from datetime import UTC, datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from altavoz.web.cards import CreatorCard, Facet, Link, WorkCard

#: Texts that break careless components: one endless word, mixed scripts with emoji, nothing.
HOSTILE = ("W" * 200, "ليلى حسن (asyncio) 山田太郎 👩🏽‍💻👨‍👩‍👧‍👦 पायथन ภาษาไทยที่ไม่มีช่องว่าง", "")

_AT = datetime(2026, 3, 3, 18, 5, tzinfo=UTC)


def _work(pk: int, title: str, language: str, **more: object) -> WorkCard:
    given: dict[str, object] = {
        "subject": f"showcase.publication:{pk}",
        "title": title,
        "page": f"works/{pk}-x/",
        "kind": "video",
        "language": language,
        "spoken_language": language,
        "summary": title,
        "creator_name": "Comunidad",
        "published_at": _AT,
    }
    return WorkCard(**(given | more))  # type: ignore[arg-type]  # checked by the dataclass's own fields


WORKS = (
    _work(1, "Programación asíncrona sin miedo: de los hilos a asyncio", "es", duration_s=2710, kind="talk"),
    _work(2, "شرح المولدات في بايثون خطوة بخطوة مع أمثلة asyncio", "ar", creator_name="ليلى", duration_s=754),
    _work(3, "型ヒントで大きなコードを守る:mypyを仕事で使う", "ja", kind="article", creator_name="山田"),
    _work(4, "x" * 200, "en", summary="y" * 400, creator_name="z" * 90, duration_s=86399, kind="course"),
    _work(
        5,
        "(((<script>alert(1)</script> & “quotes” 👩🏽‍💻👩🏽‍💻👩🏽‍💻",
        "und",
        summary="",
        creator_name="",
        published_at=None,
    ),
    _work(6, "पायथन में डेटा विज्ञान की शुरुआत", "hi", kind="podcast", spoken_language="mr", duration_s=4000),
)

CREATORS = (
    CreatorCard(
        name="Lucía Fernández",
        page="creators/lucia/",
        about="Vídeos de Python.",
        languages=("es", "pt"),
        works=42,
        claimed=True,
    ),
    CreatorCard(
        name="ليلى حسن", page="creators/layla/", about="دروس بايثون بالعربية", languages=("ar",), works=1
    ),
    CreatorCard(
        name="W" * 120,
        page="creators/w/",
        about="v" * 500,
        languages=("es", "ar", "ja", "hi", "zh-Hant"),
        works=123456,
    ),
)

TRAIL = (
    Link(label="Altavoz", href="#"),
    Link(label="日本語", href="#", language="ja"),
    Link(label="W" * 90, href="#"),
)

FACETS = (
    Facet(
        title=str(_("Language")),
        name="language",
        values=(
            Link(label="Español", href="#", language="es", count=5120, active=True),
            Link(label="العربية", href="#", language="ar", count=12),
            Link(label="ก" * 60, href="#", language="th", count=1),
        ),
    ),
    Facet(title=str(_("Length")), name="length", values=(Link(label=str(_("Short")), href="#", count=3),)),
)

CHIPS = (Link(label="العربية", href="#", language="ar"), Link(label="W" * 80, href="#"))


class _SampleForm(forms.Form):
    """One field of every sort."""

    address = forms.URLField(
        label=_("Address"), help_text=_("A channel, a blog or a single work."), assume_scheme="https"
    )
    about = forms.CharField(label=_("About"), widget=forms.Textarea, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[("es", "Español"), ("ar", "العربية")])
    kinds = forms.MultipleChoiceField(
        label=_("Kind"),
        choices=[("video", _("Video")), ("talk", _("Talk"))],
        widget=forms.CheckboxSelectMultiple,
    )
    mine = forms.BooleanField(label=_("This is my own work"), required=False)


def filled_form() -> forms.Form:
    """Return a form as it is first shown."""
    return _SampleForm(auto_id="filled_%s", initial={"address": "https://example.org/عنوان/" + "w" * 200})


def wrong_form() -> forms.Form:
    """Return a form that was sent with everything wrong."""
    form = _SampleForm({"address": "::", "language": "xx"}, auto_id="wrong_%s")
    form.add_error(None, str(_("Nothing could be found at this address.")))
    return form
