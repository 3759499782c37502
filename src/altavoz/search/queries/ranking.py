"""How well a work answers a question, as a whole number that a cursor can hold."""

#: Scores are whole numbers, so that a cursor can say exactly where a page ended.
SCORE_UNIT = 1_000_000
#: Weights of summary (C), topics and names (B) and title (A); nearer words count more, longer texts less.
SCORE = f"(ts_rank_cd('{{0.1,0.2,0.4,1}}', terms, %(words)s::tsquery, 33) * {SCORE_UNIT})"
