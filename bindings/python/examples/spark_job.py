"""Spark: a job that screens the partitions of a table and writes scores beside their keys.

    python examples/spark_job.py [COUNT]                  # on this machine
    spark-submit --py-files invented.py spark_job.py      # on a cluster, where the wheel of indicia is installed
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from invented import applications
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import indicia
from indicia import spark as screening

SCHEMA = """
    id string, submitted timestamp,
    form struct<name: string, email: string, phone: string,
        location: struct<city: string, region: string, country: string>>,
    resume struct<name: string, email: string,
        work: array<struct<name: string, position: string, startDate: string, endDate: string, summary: string>>,
        education: array<struct<institution: string, area: string, study_type: string, startDate: string, endDate: string>>>,
    phone_facts struct<activated: date>
"""


def session() -> SparkSession:
    """A session on this machine alone; `spark-submit` brings its own settings."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("indicia").config("spark.ui.enabled", "false")
    if "SPARK_ENV_LOADED" not in os.environ:
        builder = builder.master("local[2]").config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    return builder.getOrCreate()


def job(given: DataFrame, ruleset: indicia.Ruleset) -> DataFrame:
    """Keys and scores of all applications; one that can't be read says why."""
    return screening.screen(given, ruleset, keep=["id"], columns=["outcome", "score", "indicators"], on_error="row")


def main(count: int = 400) -> list[dict[str, Any]]:
    own = session()
    own.sparkContext.setLogLevel("ERROR")
    given = own.createDataFrame(list(applications(count)), SCHEMA).repartition(4)
    with tempfile.TemporaryDirectory() as folder:
        made = str(Path(folder, "scores"))
        job(given, indicia.Ruleset.default()).write.parquet(made)
        scores = own.read.parquet(made)
        indicators = scores.select(F.explode("indicators").alias("indicator")).groupBy("indicator").count()
        indicators.orderBy(F.desc("count"), "indicator").show(truncate=False)
        scores.groupBy("outcome").count().orderBy("outcome").show()
        return [row.asDict() for row in scores.collect()]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
