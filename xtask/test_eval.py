"""Tests of eval.py; `cargo test -p xtask` runs them."""
import types
import unittest

import eval as it

README = """# A corpus

| file | what |
|---|---|
| a | b |

| system | Q exact F | new | attr | KB/s |
| --- | --- | --- | --- | --- |
| naive | 60.6 | 1 | 34.2 | 6975 |
| clever | 70.6 | 2 | 62.1 | 22 |

| other | table |
"""


class Tables(unittest.TestCase):
    def test_the_peers_are_read_from_the_readme(self):
        header, rows = it.peers(README)
        self.assertEqual(header, ["system", "Q exact F", "new", "attr", "KB/s"])
        self.assertEqual([row[0] for row in rows], ["naive", "clever"])

    def test_without_peers_the_columns_are_ours(self):
        header, rows = it.peers("# Nothing\n")
        self.assertEqual((header[0], rows), ("system", []))
        self.assertIn("speaker*", header)

    def test_our_row_fits_the_columns(self):
        metrics = {name: 50.04 for name in it.METRICS.values()}
        row = it.shown("dixit", metrics, {"KB/s": 99.6, "MB": None}, ["system", "attr", "new", "KB/s", "MB"])
        self.assertEqual(row, ["dixit", "50.0", "", "100", ""])
        self.assertEqual(it.own_row("dev", metrics, {"KB/s": 7}).count("|"), len(it.OWN_COLUMNS) + 2)

    def test_columns_stand_below_each_other(self):
        self.assertEqual(it.aligned([["system", "a"], ["x", "100"]]), "system    a\nx       100")

    def test_confidence_is_held_against_the_corpus(self):
        # Units are sets of word numbers; a source is right where it is the same word.
        unit = lambda con, src, **more: {"units": [frozenset(con)], "src": set(src), **more}
        gold = types.SimpleNamespace(
            rec={"id": 1}, doc=None, discard=set(), atts=[unit([1, 2], [3]), unit([5], [6]), unit([8], [])])
        score = types.SimpleNamespace(
            PARTIAL=0.8,
            prep=lambda a, doc, discard: a,
            match=lambda gs, ps, thr: {i: ps.index(g) for i, g in enumerate(gs) if g in ps},
            source_right=lambda g, p, gold: (g["src"] == p["src"], False))
        found = [{"id": 1, "attributions": [
            unit([1, 2], [3], confidence="high"),    # right
            unit([5], [7], confidence="high"),       # the wrong source
            unit([99], [7], confidence="low"),       # no quotation
            unit([8], [], confidence="medium"),      # credited to nobody: not counted
        ]}]
        table = it.reliability(score, [gold], found)
        self.assertEqual(table, {"high": [2, 2, 1], "medium": [0, 0, 0], "low": [1, 0, 0]})
        self.assertIn("50.0", it.reliability_lines(table))


if __name__ == "__main__":
    unittest.main()
