"""Runs `dixit attribute` on a corpus, scores it with the corpus's own scorer, and prints the tables.

  python3 eval.py DIR DIXIT OUT
  python3 eval.py --check DIR PREDICTIONS

DIR holds train.jsonl.gz, dev.jsonl.gz and score.py; with a README.md, the peers' table in it is shown too.
DIXIT is the built command. OUT gets the predictions, and the row for our own README.
With --check, only what is predicted for the training part is scored.
"""
import importlib
import json
import os
import subprocess
import sys
import threading
import time

# What each column of the peers' table is among the scorer's metrics.
METRICS = {
    "Q exact F": "quote_exact_F", "Q .8 F": "quote_part_F", "string F": "seg_F", "attr": "attr_acc",
    "attr P": "attr_P", "string attr": "segattr_acc", "speaker*": "speaker_acc",
    "spk, no name*": "speaker_coref_acc", "ind F": "indirect_F", "ind+src F": "indirect_src_F",
    "saying R": "speech_R", "all+src F": "all_src_F", "tok src": "tok_source_F", "tok cue": "tok_cue_F",
    "tok content": "tok_content_F", "false q %": "false_quote_rate",
}
COST = ["KB/s", "with load", "MB"]
COMMAND = ["attribute", "--jsonl", "--threads", "1"]


def cells(line):
    """The cells of a row of a Markdown table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def peers(readme):
    """Header and rows of the table that begins with `system`; our own columns where there is none."""
    table = []
    for line in readme.splitlines():
        if line.startswith("| system |") or table and line.startswith("|"):
            table.append(cells(line))
        elif table:
            break
    if not table:
        return ["system", *METRICS, *COST], []
    return table[0], table[2:]


def shown(name, metrics, cost, header):
    """Our row, in the columns of `header`; a column that is not known stays empty."""
    row = [name]
    for column in header[1:]:
        if column in METRICS:
            row.append(f"{metrics[METRICS[column]]:.1f}")
        else:
            row.append(f"{cost[column]:.0f}" if cost.get(column) is not None else "")
    return row


def markdown(rows):
    return "| " + " | ".join(rows) + " |"


def aligned(table):
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    return "\n".join("  ".join(c.rjust(w) if i else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths)))
                     for row in table)


def run(dixit, lines):
    """The records, and the seconds that they took on one core."""
    began = time.perf_counter()
    done = subprocess.run([dixit, *COMMAND], input=lines, stdout=subprocess.PIPE, check=True)
    seconds = time.perf_counter() - began
    return [json.loads(line) for line in done.stdout.splitlines()], seconds


def peak_of_memory(dixit, lines):
    """In MB; None where the system does not tell it (it does on Linux)."""
    if not os.path.exists("/proc/self/status"):
        return None
    with subprocess.Popen([dixit, *COMMAND], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        # Asked when the last record is there and the program still waits for more. What the system
        # says after its end holds the memory of this Python too.
        records = threading.Thread(target=lambda: [child.stdout.readline() for _ in lines.splitlines()])
        records.start()
        child.stdin.write(lines)
        child.stdin.flush()
        records.join()
        with open(f"/proc/{child.pid}/status") as status:
            return next((int(line.split()[1]) / 1e3 for line in status if line.startswith("VmHWM:")), None)


def measured(dixit, records):
    """The records of `records`, and what they cost on one core."""
    fields = ("id", "title", "text")
    lines = "".join(json.dumps({f: r.get(f) for f in fields}) + "\n" for r in records).encode()
    found, seconds = run(dixit, lines)
    seconds = min(seconds, *(run(dixit, lines)[1] for _ in range(2)))
    start = min(run(dixit, b"")[1] for _ in range(3))
    size = sum(len(r["text"].encode()) for r in records) / 1e3
    cost = {"KB/s": size / max(seconds - start, 1e-6), "with load": size / seconds}
    return found, {**cost, "MB": peak_of_memory(dixit, lines)}


def reliability(score, golds, found):
    """By confidence: quoted units that we credit to somebody, those that are quotations of the corpus, those with the right source."""
    by_id = {r["id"]: r["attributions"] for r in found}
    table = {level: [0, 0, 0] for level in ("high", "medium", "low")}
    for gold in golds:
        predicted = []
        for a in by_id.get(gold.rec["id"], []):
            p = score.prep(a, gold.doc, gold.discard)
            if p["src"]:
                predicted += [(u, p, a["confidence"]) for u in p["units"]]
        units = [(u, g) for g in gold.atts for u in g["units"]]
        matched = score.match([u for u, _ in units], [u for u, _, _ in predicted], score.PARTIAL)
        for _, _, level in predicted:
            table[level][0] += 1
        for i, j in matched.items():
            _, p, level = predicted[j]
            table[level][1] += 1
            table[level][2] += score.source_right(units[i][1], p, gold)[0]
    return table


def reliability_lines(table):
    rows = [["confidence", "quoted units", "quotations", "right source", "right of units %", "right of quotations %"]]
    for level, (units, quotations, right) in table.items():
        share = lambda n: f"{100 * right / n:.1f}" if n else "–"
        rows.append([level, str(units), str(quotations), str(right), share(units), share(quotations)])
    return aligned(rows)


# What README's table shows.
OWN_COLUMNS = ["Q exact F", "string F", "attr", "attr P", "string attr", "speaker*", "ind+src F", "saying R", "false q %", "KB/s"]


def own_row(name, metrics, cost):
    return markdown(shown(name, metrics, cost, ["", *OWN_COLUMNS]))


def check(folder, predictions):
    sys.path.insert(0, folder)
    score = importlib.import_module("score")
    golds = [score.Gold(r) for r in score.load(os.path.join(folder, "train.jsonl.gz"))]
    found = score.load(predictions)
    metrics, _, intervals = score.evaluate(golds, found, boot=200)
    table = [["", *METRICS]]
    table.append(["cross-check", *(f"{metrics[m]:.1f}" for m in METRICS.values())])
    for side, name in enumerate(("from", "to")):
        table.append([name, *(f"{intervals[m][side]:.1f}" if m in intervals else "" for m in METRICS.values())])
    print(aligned(table))
    print(f"\nHow far to trust the confidence:\n{reliability_lines(reliability(score, golds, found))}")


def main(folder, dixit, out):
    sys.path.insert(0, folder)
    score = importlib.import_module("score")
    os.makedirs(out, exist_ok=True)
    readme = os.path.join(folder, "README.md")
    header, table = ["system", *METRICS, *COST], []
    if os.path.isfile(readme):
        with open(readme, encoding="utf8") as file:
            header, table = peers(file.read())
    own, levels = [], []
    for name in ("dev", "train"):
        records = score.load(os.path.join(folder, name + ".jsonl.gz"))
        found, cost = measured(dixit, records)
        with open(os.path.join(out, name + ".jsonl"), "w", encoding="utf8") as file:
            file.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in found)
        golds = [score.Gold(r) for r in records]
        metrics, _, _ = score.evaluate(golds, found)
        table.append(shown(f"dixit ({name})", metrics, cost, header))
        own.append(own_row(f"{name}, {len(records)} articles", metrics, cost))
        levels.append((name, reliability(score, golds, found)))
    print(aligned([header, *table]))
    for name, level in levels:
        print(f"\nHow far to trust the confidence, on {name}:\n{reliability_lines(level)}")
    row = os.path.join(out, "rows.md")
    with open(row, "w", encoding="utf8") as file:
        file.write("\n".join([markdown(["corpus", *OWN_COLUMNS]), markdown(["---"] * (len(OWN_COLUMNS) + 1)), *own]) + "\n")
    print(f"\nFor the table in docs/accuracy.md ({row}):\n" + "\n".join(own))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    if sys.argv[1] == "--check":
        check(*sys.argv[2:])
    else:
        main(*sys.argv[1:])
