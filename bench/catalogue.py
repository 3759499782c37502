"""The real catalogue as a community that has adopted all of it, and invented works where it has no voice."""

import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench import stage

PATH = Path("../shared/data/pyvideo.tar.xz")
_AT = datetime(2026, 11, 1, tzinfo=UTC)
#: The number of the decision that the adopted works name; no public page reads the decision itself.
_ADOPTION = 1
# The catalogue has no Arabic, and searching in Arabic is to be measured.
_ARABIC = 300
_WORDS = """
بايثون البرمجة تعلم البيانات تحليل دروس للمبتدئين مقدمة الشبكات العصبية الذكاء الاصطناعي قواعد معالجة الصور النصوص اللغة
العربية تطبيقات الويب خادم مكتبة اختبار الأمان المفتوح المصدر مشروع ورشة محاضرة كتابة برنامج حلقة متغير دالة صنف قائمة
خوارزمية رسم بياني نشر إحصاء رياضيات علوم لعبة روبوت أداة تصميم أنماط متقدمة متزامن ذاكرة سرعة أداء
""".split()  # noqa: SIM905  a paragraph is easier to read


def load() -> None:
    """Make every work of the catalogue visible, by the import, the worker and the adoption that operators use."""
    for command in (
        stage.altavoz("import", "pyvideo", str(PATH)),
        [sys.executable, "-m", "bench.oneshot"],
    ):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own programs
    _invent()
    _adopt()


def _adopt() -> None:
    from altavoz.showcase import actions
    from altavoz.showcase.models import Catalogue, Publication

    (catalogue,) = Catalogue.objects.all()
    for language in Publication.objects.values_list("language", flat=True).distinct().order_by("language"):
        while actions.adopt_batch(
            catalogue=catalogue.subject, language=language, collections=(), adoption=_ADOPTION, at=_AT
        ):
            pass


def _invent() -> None:
    from altavoz.showcase.models import Catalogue, Creator, Credit, Publication, Revision

    (catalogue,) = Catalogue.objects.all()
    creators = list(Creator.objects.order_by("pk")[:_ARABIC])
    works = Publication.objects.bulk_create(
        Publication(
            catalogue=catalogue, language="ar", newest=1, lead=creator, gathered_at=_AT, changed_at=_AT
        )
        for creator in creators
    )
    Revision.objects.bulk_create(_revision(work) for work in works)
    Credit.objects.bulk_create(
        Credit(publication=work, creator=creator) for work, creator in zip(works, creators, strict=True)
    )


def _revision(work: "Publication") -> "Revision":  # type: ignore[name-defined]  # noqa: F821  known once Django is
    from altavoz.core.text import slugify
    from altavoz.showcase.models import Revision

    chance = random.Random(work.pk)  # noqa: S311  invented content
    frequencies = [1 / place for place in range(1, len(_WORDS) + 1)]  # as words are in any language
    title = " ".join(chance.choices(_WORDS, frequencies, k=6))
    return Revision(
        publication=work,
        number=1,
        digest=f"{work.pk:064d}",
        kind="talk",
        title=title,
        slug=slugify(title)[:80],
        summary=" ".join(chance.choices(_WORDS, frequencies, k=40)),
        metadata_language="ar",
        spoken_language="ar",
        url=f"https://ar.example/{work.pk}",
        duration_s=chance.randrange(300, 5_000),
        topics=["python"],
        published_at=_AT - timedelta(days=chance.randrange(4_000)),
        created_at=_AT,
    )
