-- Draws are functions of the row's number and the seed, never of the order in which rows are made,
-- so the same seed on the same day gives the same cases. They vanish with the session.

-- Uniform in [0, 1). `salt` tells the draws of one row apart.
CREATE OR REPLACE FUNCTION pg_temp.traek(nr bigint, salt integer) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (hashint8extended(nr, %(seed)s::bigint * 1000003 + salt) & 9007199254740991)::double precision
       / 9007199254740992;

-- Uniform too, but evenly spread over any run of numbers (an additive recurrence in nine
-- dimensions, one per `akse` 1–9): shares come out right in small towns, not only in large ones.
CREATE OR REPLACE FUNCTION pg_temp.jaevn(nr bigint, akse integer) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (nr * power(1.0757660660868371::double precision, -akse) + pg_temp.traek(0, 900 + akse))
       - floor(nr * power(1.0757660660868371::double precision, -akse) + pg_temp.traek(0, 900 + akse));

-- A whole number from `fra` to `til`, both included.
CREATE OR REPLACE FUNCTION pg_temp.heltal(nr bigint, salt integer, fra integer, til integer)
RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN fra + floor(pg_temp.traek(nr, salt) * (til - fra + 1))::integer;

-- One of the words.
CREATE OR REPLACE FUNCTION pg_temp.vaelg(ord text[], nr bigint, salt integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ord[1 + floor(pg_temp.traek(nr, salt) * cardinality(ord))::integer];

-- The Friday before a weekend, else the day itself. Keeps the order of days.
CREATE OR REPLACE FUNCTION pg_temp.hverdag(dag date) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN dag - GREATEST(0, extract(isodow FROM dag)::integer - 5);

-- A moment in office hours.
CREATE OR REPLACE FUNCTION pg_temp.klok(dag date, nr bigint, salt integer) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (dag + time '08:30' + make_interval(mins => 5 * pg_temp.heltal(nr, salt, 0, 84)))
       AT TIME ZONE 'Europe/Copenhagen';

-- A share that has risen evenly from `fra` to `til` over the last 13 months.
CREATE OR REPLACE FUNCTION pg_temp.stigende(dag date, fra double precision, til double precision)
RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN fra + (til - fra) * LEAST(1, GREATEST(0, 1 - (%(dato)s::date - dag) / 396.0));

-- The first day on which a case with draw `u` belongs to such a share; NULL: it never does.
CREATE OR REPLACE FUNCTION pg_temp.med_fra(
    u double precision, fra double precision, til double precision
) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN u < fra THEN %(dato)s::date - 36500
            WHEN u < til
            THEN %(dato)s::date - 396 + floor((u - fra) / (til - fra) * 396)::integer END;
