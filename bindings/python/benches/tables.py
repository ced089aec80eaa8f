"""The same rules over a table, as Polars expressions and as SQL of DuckDB. Both give one number of bits for each applicant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.json
from work import Work, ref

TEXT = pa.string()
SCHEMA = pa.schema({
    "id": TEXT, "name": TEXT, "email": TEXT, "phone": TEXT, "claimed_country": TEXT, "claimed_state": TEXT, "birth_date": TEXT,
    "ip": pa.struct({"country": TEXT, "asn_type": TEXT}),
    "education": pa.list_(pa.struct({"institution": TEXT, "area": TEXT, "studyType": TEXT, "startDate": TEXT, "endDate": TEXT})),
    "work": pa.list_(pa.struct({"name": TEXT, "position": TEXT, "startDate": TEXT, "endDate": TEXT, "country": TEXT})),
    "profiles": pa.list_(pa.struct({"network": TEXT, "username": TEXT, "createdYear": pa.int64(), "connections": pa.int64(),
                                    "lastActiveYear": pa.int64()})),
    "resume_hash": TEXT, "summary": TEXT,
})  # fmt: skip


def arrow(path: Path, threads: bool = False) -> pa.Table:
    """JSON Lines as columns. Days stay texts, as every side compares them."""
    options = pyarrow.json.ParseOptions(explicit_schema=SCHEMA, unexpected_field_behavior="ignore")
    return pyarrow.json.read_json(path, pyarrow.json.ReadOptions(use_threads=threads), options)


class Polars:
    """Expressions; the four rules that compare items of a list with each other, or with the record around it, are joins."""

    def __init__(self, work: Work, count: int) -> None:
        self._refs = work.refs
        self._count = count

    def run(self, df: pl.DataFrame) -> Any:
        if self._count > 12:
            df = self._pairs(df)
        return df.lazy().select(self._mask()).collect()["mask"].to_numpy()

    def _mask(self) -> pl.Expr:
        raw = self._refs.raw
        home, ip = pl.col("claimed_country"), pl.col("ip").struct
        country = ip.field("country")

        def e(name: str) -> pl.Expr:
            return pl.element().struct.field(name)

        def year(text: pl.Expr) -> pl.Expr:
            return text.str.slice(0, 4).cast(pl.Int32)

        def any_of(column: str, condition: pl.Expr) -> pl.Expr:
            return pl.col(column).list.eval(condition).list.any()

        prefix = home.replace_strict(self._refs.prefix, default=None, return_dtype=pl.String)
        mail = pl.col("email").str.split("@").list
        local = mail.get(0).str.to_lowercase()
        names = pl.col("name").str.to_lowercase().str.split(" ").list
        rules = [
            country != home,
            ip.field("asn_type") == "hosting",
            pl.col("phone").is_null(),
            country.is_in(list(ref.HIGH_RISK)),
            pl.col("resume_hash").is_in(raw["hashes"]),
            (home == "US") & pl.col("claimed_state").is_null(),
            ~pl.col("phone").str.starts_with(prefix),
            mail.get(1, null_on_oob=True).is_in(raw["disposable"]),
            any_of("education", e("endDate") < e("startDate")),
            any_of("education", e("institution").is_in(raw["mills"])),
            any_of("profiles", (e("network") == "linkedin") & (2026 - e("createdYear") < 1)),
            any_of("profiles", (2026 - e("lastActiveYear") >= 3) & (e("connections") < 20)),
        ]
        if self._count > 12:
            rules += [
                ~local.str.contains(names.first(), literal=True) & ~local.str.contains(names.last(), literal=True),
                pl.col("r14"),
                pl.col("r15"),
                pl.col("r16"),
                pl.lit(False),
                any_of("education", e("studyType").is_in(["PhD", "Doctorate"]) & (year(e("endDate")) - year(e("startDate")) < 2)),
                pl.col("r19"),
                pl.col("summary").str.contains(ref.TEXT.pattern),
            ]
        kept = enumerate(rules[: self._count])
        return pl.sum_horizontal(rule.fill_null(False).cast(pl.UInt32) * (1 << place) for place, rule in kept).alias("mask")

    @staticmethod
    def _pairs(df: pl.DataFrame) -> pl.DataFrame:
        rows = df.with_row_index("row")
        e = rows.select("row", "birth_date", "education").explode("education").unnest("education").with_row_index("i")
        spans = e.select("row", "i", "startDate", "endDate").drop_nulls()
        pairs = spans.join(spans, on="row", suffix="2").filter(pl.col("i") < pl.col("i2"))
        r14 = pairs.filter((pl.col("startDate") < pl.col("endDate2")) & (pl.col("startDate2") < pl.col("endDate")))["row"]

        def year(name: str) -> pl.Expr:
            return pl.col(name).str.slice(0, 4).cast(pl.Int32)

        r16 = e.filter(year("endDate") - year("birth_date") < 16)["row"]
        w = rows.select("row", "claimed_country", "work").explode("work").unnest("work").with_row_index("i")
        start, end = pl.col("startDate"), pl.col("endDate").fill_null(ref.AS_OF)
        jobs = w.filter(start.is_not_null()).select("row", "i", s=start.str.to_date("%Y-%m-%d"), t=end.str.to_date("%Y-%m-%d"))
        both = jobs.join(jobs, on="row", suffix="2").filter(pl.col("i") < pl.col("i2"))
        shared = pl.min_horizontal("t", "t2") - pl.max_horizontal("s", "s2")
        r15 = both.filter(shared.dt.total_days() > 92)["row"]
        r19 = w.filter(pl.col("endDate").is_null() & (pl.col("country") != pl.col("claimed_country")))["row"]
        number = pl.int_range(0, pl.len(), dtype=pl.get_index_type())
        found = {"r14": r14, "r15": r15, "r16": r16, "r19": r19}
        return df.with_columns(number.is_in(rows.unique().implode()).alias(name) for name, rows in found.items())


SQL = [
    "ip.country <> claimed_country",
    "ip.asn_type = 'hosting'",
    "phone IS NULL",
    f"ip.country IN {ref.HIGH_RISK}",
    "resume_hash IN (SELECT v FROM hashes)",
    "claimed_country = 'US' AND claimed_state IS NULL",
    "NOT starts_with(phone, prefix[claimed_country])",
    "split_part(email, '@', 2) IN (SELECT v FROM disposable)",
    "list_bool_or(list_transform(education, lambda e: e.endDate < e.startDate))",
    "n IN (SELECT n FROM (SELECT n, unnest(education) AS e FROM a) WHERE e.institution IN (SELECT v FROM mills))",
    "list_bool_or(list_transform(profiles, lambda p: p.network = 'linkedin' AND 2026 - p.createdYear < 1))",
    "list_bool_or(list_transform(profiles, lambda p: 2026 - p.lastActiveYear >= 3 AND p.connections < 20))",
    "NOT contains(lower(split_part(email, '@', 1)), lower(split_part(name, ' ', 1))) "
    "AND NOT contains(lower(split_part(email, '@', 1)), lower(split_part(name, ' ', -1)))",
    "list_bool_or(list_transform(education, lambda x, i: list_bool_or(list_transform(education[i + 1:], "
    "lambda y: x.startDate < y.endDate AND y.startDate < x.endDate))))",
    "list_bool_or(list_transform(work, lambda x, i: list_bool_or(list_transform(work[i + 1:], "
    "lambda y: x.startDate IS NOT NULL AND y.startDate IS NOT NULL AND "
    "least(coalesce(x.endDate, '2026-11-01')::DATE, coalesce(y.endDate, '2026-11-01')::DATE) "
    "- greatest(x.startDate::DATE, y.startDate::DATE) > 92))))",
    "list_bool_or(list_transform(education, lambda e: e.endDate[:4]::INT - birth_date[:4]::INT < 16))",
    "false",
    "list_bool_or(list_transform(education, lambda e: e.studyType IN ('PhD', 'Doctorate') "
    "AND e.endDate[:4]::INT - e.startDate[:4]::INT < 2))",
    "list_bool_or(list_transform(work, lambda w: w.endDate IS NULL AND w.country <> claimed_country))",
    f"regexp_matches(summary, '{ref.TEXT.pattern}')",
]


def _sql_type(ty: pa.DataType) -> str:
    if pa.types.is_list(ty):
        return _sql_type(ty.value_type) + "[]"
    if pa.types.is_struct(ty):
        return "STRUCT(" + ", ".join(f'"{field.name}" {_sql_type(field.type)}' for field in ty) + ")"
    return "BIGINT" if pa.types.is_integer(ty) else "VARCHAR"


class DuckDB:
    """SQL over a table of its own."""

    def __init__(self, work: Work, count: int, threads: int) -> None:
        self._con = duckdb.connect(config={"threads": threads})
        for name in ("hashes", "disposable", "mills"):
            self._con.execute(f"CREATE TABLE {name} AS SELECT unnest(?) AS v", [work.refs.raw[name]])
        prefix = work.refs.prefix
        self._con.execute("CREATE TABLE lists AS SELECT map(?, ?) AS prefix", [list(prefix), list(prefix.values())])
        bits = " + ".join(f"coalesce(({rule})::UINTEGER, 0) * {1 << place}" for place, rule in enumerate(SQL[:count]))
        self._query = f"SELECT n, ({bits})::UINTEGER AS mask FROM a, lists ORDER BY n"

    def load(self, path: Path) -> None:
        columns = "{" + ", ".join(f"'{field.name}': '{_sql_type(field.type)}'" for field in SCHEMA) + "}"
        self._con.execute(
            "CREATE OR REPLACE TABLE a AS SELECT row_number() OVER () AS n, * FROM "
            f"read_json('{path}', columns={columns}, format='newline_delimited')"
        )

    def run(self) -> Any:
        return self._con.execute(self._query).fetchnumpy()["mask"]
