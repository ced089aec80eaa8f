"""DuckDB: a query in, columns of Arrow out, and a query over those.

    python examples/duckdb_arrow.py [COUNT]
"""

import sys

import duckdb
import pyarrow as pa
from invented import applications

import indicia


def main(count: int = 2000) -> list[tuple[object, ...]]:
    ruleset = indicia.Ruleset.default()
    connection = duckdb.connect()
    given = pa.Table.from_pylist(list(applications(count)))
    connection.execute("create table applications as select * from given")

    # A relation goes in as it is; nested columns are the record's own. DuckDB finds what comes out by its name.
    recent = connection.sql("select * from applications where submitted >= timestamptz '2026-01-10 00:00:00Z'")
    verdicts = ruleset.screen_frame(recent, columns=["id", "outcome", "score", "indicators"])
    connection.execute("create table verdicts as select * from verdicts")

    rows = connection.sql(
        """
        select indicator, count(*) as applications, round(avg(score), 1) as mean_score
        from (select unnest(indicators) as indicator, score from verdicts)
        group by indicator order by applications desc, indicator
        """
    )
    print(rows)
    return connection.sql("select id, outcome, score, indicators from verdicts").fetchall()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
