"""A flat table of pandas: screen it, read the findings of those that go to a reviewer.

    python examples/pandas_table.py [COUNT]
"""

import sys

import pandas as pd
from invented import MAPPING, applications, flat

import indicia


def main(count: int = 300) -> pd.DataFrame:
    ruleset = indicia.Ruleset.default()
    table = pd.DataFrame([flat(one) for one in applications(count)])

    verdicts = ruleset.screen_frame(table, MAPPING, columns=["outcome", "score", "coverage", "indicators"])
    # The index is that of the table, so that the two stand side by side.
    judged = table[["candidate", "full_name"]].join(verdicts)
    print(judged["outcome"].value_counts().to_string(), end="\n\n")

    # The findings, a row each, of those alone that somebody will read.
    to_read = table[judged["outcome"].ne("clear").to_numpy(dtype=bool)]
    findings = ruleset.screen_frame(to_read, MAPPING, explode=True) if len(to_read) else pd.DataFrame()
    for finding in findings.head(5).itertuples():
        print(f"{finding.id}  {finding.title}\n    {finding.because}\n    verify   {finding.verify}\n    caution  {finding.caution}")
    return judged


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
