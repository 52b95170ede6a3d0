#!/usr/bin/env python3
"""Writes docs/benchmarks.md from the measures of `train benchmark --json`, of baselines.py and of speed.py.

    page.py OURS.json BASELINES.json SPEED.json docs/benchmarks.md
"""
import json
import pathlib
import sys

HEAD = """# Benchmarks

Made by `make benchmarks` (needs the corpora, and pip's scikit-learn and fasttext-wheel). All figures are macro-F1; brackets hold
95 % bootstrap intervals over groups (articles, sentences, speeches). Models of PLOVER and UNSCon are measured here and never
shipped. Settings were chosen on train and dev splits; UNSCon has neither, so its features were chosen
on the folds it is measured by. docs/experiments.md has the tries.

"""


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n\n"


def public(results, baselines):
    rows = []
    names = list(next(iter(baselines.values())))
    for r in results:
        others = baselines[r["name"]]
        best = max(max(others.values()), r["floor"])
        rows.append([
            r["name"], r["split"], f"{r['train']} / {r['test']}",
            f"**{r['macro_f1']:.3f}** [{r['low']:.3f}, {r['high']:.3f}]",
            *[f"{others[n]:.3f}" if n in others else "-" for n in names],
            f"{r['floor']:.2f}", f"{r['macro_f1'] - best:+.3f}", r["best"] or "-",
        ])
    return ("## Public corpora\n\n`train benchmark --shared DIR`; the same questions and splits for all systems. The floor is the best "
            "bag-of-words figure\nnoted in the README of the corpora; the lead is over the best of the floor and the four systems.\n\n"
            + table(["benchmark", "split", "train / test rows", "ours", *names, "floor", "lead", "published best"], rows))


def stance(results):
    rows = [[r["name"], str(r["examples"]), str(r["labels"]), f"{r['macro_f1']:.3f} [{r['low']:.3f}, {r['high']:.3f}]"]
            for r in results]
    return ("## Stance: learning curve, transfer, outlets left out\n\n`train benchmark --only stance`. \"curve\": share of the training "
            "texts, measured on dev. \"ukraine to taiwan\": learned from one\ntopic of train, asked about the other in train and dev; "
            "\"all but taiwan\": learned from all corpora of\nmodels/default.yaml without the labels of that topic. "
            "\"without X\": learned from train without an outlet and asked about it\n(outlets of at least 300 labels). "
            "None counts as neutral; calibration is fitted in 2 folds, not 5, to save time.\n\n" + table(["measure", "articles learned from", "labels answered", "macro-F1"], rows))


def votes(results):
    rows = [[v["name"], str(v["correlation"]["Pairs"]), f"{v['correlation']['Rho']:+.3f}", f"{v['correlation']['P']:.2g}",
             f"{v['correlation']['PPermutation']:.2g}"] for v in results]
    lists = "".join(f"{v['name']}: " + ", ".join(f"{c['country']} {c['score']:+.2f} ({c['labels']} labels, vote {c['vote']:+.0f})"
                                                  for c in v["countries"] or []) + "\n\n" for v in results)
    return ("## Stance against votes in the General Assembly\n\n`train benchmark --only votes`. The mean stance on ukraine of each third "
            "country that is an actor at least 5 times (supportive 1,\nneutral 0, critical -1) against its vote on Ukraine (in favor 1, "
            "abstention 0, against -1; the absent are left out). Spearman's\nrho, its p by Student's t and by 10,000 permutations. Most of "
            "the\ncountries that news of the war speaks of as actors voted in favor, so ties are many. As found.\n\n"
            + table(["stance of", "countries", "rho", "p (t)", "p (permutation)"], rows) + lists)


def speed(result):
    seconds = result["seconds"]
    first = next(iter(seconds.values()))
    rows = [[system, f"{s:.2f} s", f"{result['megabytes'] / s:.1f} MB/s", f"{result['articles'] / s:.0f}", f"{first / s:.1f}"]
            for system, s in seconds.items()]
    return ("## Speed\n\n`scripts/benchmarks/speed.py`: the first " + f"{result['articles']:,} articles of unlabelled-news "
            f"({result['megabytes']:.1f} MB of text), one core, median of {result['rounds']} turns\nin the same run. `classify` does a "
            "whole run: it reads JSON, looks for topics, countries and copies of stories, answers every pair\nand writes four Parquet "
            "tables. The peers give one answer to each text that lies in memory. Ratios mean more than seconds.\n\n"
            + table(["system", "time", "text", "articles/s", "times our speed"], rows))


def main(ours, baselines, timed, out):
    m = json.loads(pathlib.Path(ours).read_text())
    page = HEAD + public(m["benchmarks"], json.loads(pathlib.Path(baselines).read_text()))
    page += stance(m["stance"]) if m["stance"] else ""
    page += votes(m["votes"]) if m["votes"] else ""
    page += speed(json.loads(pathlib.Path(timed).read_text()))
    pathlib.Path(out).write_text(page.rstrip() + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
