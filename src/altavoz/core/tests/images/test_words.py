"""Every unusable picture has words for the person who chose it."""

from altavoz.core.images import Problem, Unusable, in_words


def test_every_problem_has_words_of_its_own() -> None:
    told = {str(in_words(Unusable(problem))) for problem in Problem}
    assert len(told) == len(Problem)
    assert all(text.endswith(".") for text in told)
