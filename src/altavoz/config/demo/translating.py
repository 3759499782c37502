"""What people of the demonstration wrote about works in other languages."""

from dataclasses import dataclass
from datetime import datetime

from altavoz.people.models import Account
from altavoz.showcase import actions as showcase
from altavoz.showcase.models import Publication


@dataclass(frozen=True)
class Words:
    """A translation as its author sends it."""

    by: str
    language: str
    title: str
    summary: str


_OF = "Sensores del río"
#: What volunteers have checked before you arrive.
CHECKED = (
    Words(
        "emi",
        "ja",
        "川のセンサー：ノイズから、誰にでもわかるグラフへ",
        "安いセンサーでパラグアイ川の水位を測り、pandas でデータをきれいにします。最後にできたグラフは、"
        "町の人たちが学校の入口に貼ってくれました。\n\nたくさんあった失敗も、そのままお見せします。",
    ),
    Words(
        "nour",
        "ar",
        "حسّاسات النهر: من الضجيج إلى رسم بياني يفهمه الجميع",
        "نقيس منسوب نهر باراغواي بحسّاس رخيص وننظّف البيانات باستخدام pandas. وفي النهاية رسم بياني علّقه أهل الحي "
        "على باب المدرسة.\n\nمع كل الأخطاء التي ارتكبناها، وقد كانت كثيرة.",
    ),
)
#: What waits for you.
WAITING = Words(
    "nour",
    "fr",
    "Des capteurs dans le fleuve : du bruit à un graphique qui se comprend",
    "Nous mesurons le niveau du fleuve Paraguay avec un capteur bon marché et nettoyons les données avec pandas.",
)


def offer(words: Words, cast: dict[str, Account], *, at: datetime) -> None:
    """Send a translation of the talk about the river, as its author would."""
    work = Publication.objects.get(published_revision__title__startswith=_OF)
    shown = work.published_revision
    assert shown is not None  # noqa: S101 - it was found by what is shown of it
    showcase.offer_translation(
        publication=work,
        revision=shown.number,
        language=words.language,
        title=words.title,
        summary=words.summary,
        named=True,
        by=cast[words.by],
        at=at,
    )
