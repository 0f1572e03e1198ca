"""Runs textacy over the articles again and again and answers how long each pass took, as engines.mjs does.

It answers the articles, a line of JSON, with how many of them textacy refuses.
"""
import json
import sys
import time
from importlib import import_module

import textacy.extract


def main(model: str) -> None:
    # What finds names of persons is not asked: direct_quotations takes its speakers from the grammar.
    nlp = import_module(model).load(exclude=["ner"])
    articles = json.loads(sys.stdin.readline())

    def run() -> tuple[int, int]:
        found = refused = 0
        for doc in nlp.pipe(articles):
            try:
                found += sum(1 for _ in textacy.extract.direct_quotations(doc))
            except ValueError:  # an odd number of quotation marks
                refused += 1
        return found, refused

    print("ready", run()[1], flush=True)
    for _ in sys.stdin:
        start = time.perf_counter_ns()
        found, _ = run()
        print(time.perf_counter_ns() - start, found, flush=True)


main(sys.argv[1])
