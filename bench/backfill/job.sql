-- The flagship's backfill as one statement of ClickHouse: names looked up, weeks spread over their days (reported days of the
-- week that straddles the cut keep their figure), empty cells carried forward within a region, and how each row came about.
INSERT INTO incidence_revisions
WITH
    source AS
    (
        SELECT codes.code AS region, codes.name AS region_name, toDate32(days.date) AS date,
            toFloat64OrNull(new_cases) AS c, toFloat64OrNull(new_deaths) AS d,
            toFloat64OrNull(new_recovered) AS r, toFloat64OrNull(new_hospitalized) AS h
        FROM file({history:String}, CSVWithNames, 'date String, region String, new_cases String, new_deaths String, new_recovered String, new_hospitalized String') AS days
        INNER JOIN file({regions:String}, CSVWithNames, 'code String, name String, history_name String, page_name String') AS codes
            ON days.region = codes.history_name
    ),
    daily AS (SELECT *, 'reported' AS basis FROM source WHERE date <= {cut:Date32}),
    reported AS
    (
        SELECT weekly.region AS region, weekly.date AS end,
            sum(daily.c) AS c, sum(daily.d) AS d, sum(daily.r) AS r, sum(daily.h) AS h,
            count(daily.c) AS cn, count(daily.d) AS dn, count(daily.r) AS rn, count(daily.h) AS hn
        FROM source AS weekly INNER JOIN daily ON weekly.region = daily.region
        WHERE weekly.date > {cut:Date32} AND weekly.date < {cut:Date32} + 7 AND daily.date > weekly.date - 7
        GROUP BY weekly.region, weekly.date
    ),
    weekly AS
    (
        SELECT w.region AS region, w.region_name AS region_name,
            arrayJoin(arrayMap(n -> w.date - n, range(toUInt32(least(7, dateDiff('day', {cut:Date32}, w.date)))))) AS date,
            (w.c - coalesce(p.c, 0)) / (7 - coalesce(p.cn, 0)) AS c, (w.d - coalesce(p.d, 0)) / (7 - coalesce(p.dn, 0)) AS d,
            (w.r - coalesce(p.r, 0)) / (7 - coalesce(p.rn, 0)) AS r, (w.h - coalesce(p.h, 0)) / (7 - coalesce(p.hn, 0)) AS h, 'spread' AS basis
        FROM source AS w LEFT JOIN reported AS p ON w.region = p.region AND w.date = p.end
        WHERE w.date > {cut:Date32}
    ),
    straddled AS
    (
        SELECT daily.region AS region, daily.date AS date,
            (w.c - coalesce(p.c, 0)) / (7 - coalesce(p.cn, 0)) AS sc, (w.d - coalesce(p.d, 0)) / (7 - coalesce(p.dn, 0)) AS sd,
            (w.r - coalesce(p.r, 0)) / (7 - coalesce(p.rn, 0)) AS sr, (w.h - coalesce(p.h, 0)) / (7 - coalesce(p.hn, 0)) AS sh
        FROM source AS w
        INNER JOIN reported AS p ON w.region = p.region AND w.date = p.end
        INNER JOIN daily ON daily.region = w.region
        WHERE daily.date > w.date - 7 AND w.date < {cut:Date32} + 7 AND w.date > {cut:Date32}
    ),
    together AS
    (
        SELECT daily.region AS region, daily.region_name AS region_name, daily.date AS date,
            coalesce(daily.c, s.sc) AS c, coalesce(daily.d, s.sd) AS d, coalesce(daily.r, s.sr) AS r, coalesce(daily.h, s.sh) AS h,
            if((daily.c IS NULL AND s.sc IS NOT NULL) OR (daily.d IS NULL AND s.sd IS NOT NULL)
                OR (daily.r IS NULL AND s.sr IS NOT NULL) OR (daily.h IS NULL AND s.sh IS NOT NULL), 'spread', 'reported') AS basis
        FROM daily LEFT JOIN straddled AS s ON daily.region = s.region AND daily.date = s.date
        UNION ALL
        SELECT region, region_name, date, c, d, r, h, basis FROM weekly
    )
SELECT 'covid', region, region_name, date,
    last_value(c) IGNORE NULLS OVER before, last_value(d) IGNORE NULLS OVER before,
    last_value(r) IGNORE NULLS OVER before, last_value(h) IGNORE NULLS OVER before,
    basis,
    arrayFilter(name -> name != '', [
        if(c IS NULL AND last_value(c) IGNORE NULLS OVER before IS NOT NULL, 'new_cases', ''),
        if(d IS NULL AND last_value(d) IGNORE NULLS OVER before IS NOT NULL, 'new_deaths', ''),
        if(r IS NULL AND last_value(r) IGNORE NULLS OVER before IS NOT NULL, 'new_recovered', ''),
        if(h IS NULL AND last_value(h) IGNORE NULLS OVER before IS NOT NULL, 'new_hospitalized', '')]),
    'history.csv', 'bench', 1, false
FROM together
WINDOW before AS (PARTITION BY region ORDER BY date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
SETTINGS join_use_nulls = 1
