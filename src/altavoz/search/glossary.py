"""Names of tools as they are written in other scripts: who asks for one way finds the other."""

from functools import cache

from altavoz.core import text

_NAMES = """
python: 파이썬 파이선 パイソン питон пайтон пітон بايثون پایتون पाइथन पायथन פייתון ไพธอน πάιθον
django: 장고 ジャンゴ джанго جانغو جنگو
flask: 플라스크 フラスク фласк فلاسك
pandas: 판다스 пандас بانداس
numpy: 넘파이
jupyter: 주피터
celery: 셀러리
docker: 도커 ドッカー докер دوكر
kubernetes: 쿠버네티스 クバネティス кубернетес
pytest: 파이테스트 пайтест
selenium: 셀레니움 セレニウム селениум
tensorflow: 텐서플로 텐서플로우 テンソルフロー тензорфлоу
scikit: 사이킷런 سايكيت
raspberry: 라즈베리파이 ラズベリーパイ ラズパイ
arduino: 아두이노 ардуино أردوينو
linux: 리눅스 リナックス линукс لينكس
telegram: 텔레그램 テレグラム телеграм تيليجرام
"""


@cache
def _latin() -> dict[str, str]:
    """Return the name in Latin letters by each other way to write it, folded as the index has it."""
    names = (line.split(": ") for line in _NAMES.strip().splitlines())
    return {text.fold(way): latin for latin, ways in names for way in ways.split()}


def latin(term: str) -> str:
    """Return the name in Latin letters that `term` (folded) stands for; "" if it is none."""
    return _latin().get(term, "")
