"""The same job as the scripts that data engineers keep for it: pandas, and json.dumps for each record of the topic.

    python scripts.py <folder of history.mjs> <cut>

Prints JSON: seconds, peak memory and how many records. They are written to a file, which costs less than a broker would.
"""

import json
import resource
import sys
import time

import pandas as pd

METRICS = ["new_cases", "new_deaths", "new_recovered", "new_hospitalized"]


def main(folder: str, cut: str) -> None:
    began = time.perf_counter()
    rows = pd.read_csv(f"{folder}/history.csv", parse_dates=["date"])
    codes = pd.read_csv(f"{folder}/pipelines/covid/regions.csv")
    rows = rows.merge(codes, left_on="region", right_on="history_name")
    cut_day = pd.Timestamp(cut)
    daily = rows[rows.date <= cut_day].assign(basis="reported")
    weekly = rows[rows.date > cut_day]

    # Days of a week that were reported by themselves keep their figure; the others share what is left.
    straddling = weekly[weekly.date < cut_day + pd.Timedelta(days=7)][["code", "date", *METRICS]]
    parts = straddling.merge(daily[["code", "date", *METRICS]], on="code", suffixes=("_week", ""))
    parts = parts[parts.date > parts.date_week - pd.Timedelta(days=7)]
    known = parts.groupby(["code", "date_week"])[METRICS].agg(["sum", "count"])
    known.columns = [f"{metric}_{what}" for metric, what in known.columns]
    weekly = weekly.merge(known, left_on=["code", "date"], right_index=True, how="left")
    for metric in METRICS:
        left = weekly[metric] - weekly[f"{metric}_sum"].fillna(0)
        weekly[metric] = left / (7 - weekly[f"{metric}_count"].fillna(0))
    shares = weekly.loc[weekly.index.repeat(7)]
    shares = shares.assign(date=shares.date - pd.to_timedelta(shares.groupby(level=0).cumcount(), unit="D"))
    inside = shares[shares.date <= cut_day].set_index(["code", "date"])[METRICS]
    shares = shares[shares.date > cut_day].assign(basis="spread")
    blank = daily.set_index(["code", "date"])
    filled_in = blank[METRICS].combine_first(inside.reindex(blank.index))
    spread = (blank[METRICS].isna() & filled_in.notna()).any(axis=1)
    blank[METRICS] = filled_in
    blank.loc[spread, "basis"] = "spread"
    daily = blank.reset_index()

    columns = ["code", "name", "date", "basis", *METRICS]
    table = pd.concat([daily[columns], shares[columns]]).sort_values(["code", "date"], ignore_index=True)
    before = table[METRICS].isna()
    table[METRICS] = table.groupby("code")[METRICS].ffill()
    carried = before & table[METRICS].notna()
    table["date"] = table.date.dt.strftime("%Y-%m-%d")

    count = 0
    with open(f"{folder}/records.ndjson", "w") as out:
        values = table.astype(object).where(table.notna(), None).to_dict("records")
        for record, flags in zip(values, carried.itertuples(index=False, name=None)):
            record["dataset"] = "covid"
            record["region"] = record.pop("code")
            record["region_name"] = record.pop("name")
            record["filled"] = [metric for metric, flag in zip(METRICS, flags) if flag]
            record["source"] = "history.csv"
            record["run_id"] = "bench"
            record["revision"] = 1
            record["withdrawn"] = False
            out.write(json.dumps(record))
            out.write("\n")
            count += 1
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds, "peak_bytes": peak, "records": count}))


main(*sys.argv[1:])
