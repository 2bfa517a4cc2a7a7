-- The newest runs of all pipelines, page by page: a pipeline that looks every five minutes leaves 100,000 a year.

CREATE INDEX runs_by_number ON runs (number DESC);
