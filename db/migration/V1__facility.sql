-- One facility is one schema. No statement here names it: the migration's search_path chooses it, and the
-- application's statements name it each. Functions pin the path, so that no caller can slip a table, a function or an
-- operator of his own under their names.
--
-- The versioned migrations make the tables; the functions and triggers that guard them stand in R__guards.sql,
-- each once. Here is only the function that checks are made of. It reads no table, and its body is bound when it is
-- made: no search_path can change what it means.
--
-- Where each decision writes, what a value may be is said by a type of its own (a domain): the server reads a table's
-- CHECKs anew with each statement, which was a third of what an allocation cost it, and those of a type once in a
-- session. What queues are read by as arrays stays text with a CHECK: drivers do not take an array of a domain for one of
-- texts.

-- Text that a person wrote and that is shown to others: one line, in composed form (NFC), without what erases,
-- reorders or hides characters on a screen: controls, zero-width and bidirectional marks, line separators, tags.
-- ZWNJ and ZWJ (U+200C, U+200D) stay: Indic names need them. And one character at least that is drawn as something.
CREATE FUNCTION is_plain_text(value text, most integer) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN char_length(value) >= 1 AND char_length(value) <= most
   AND value = btrim(value)
   AND value IS NFC NORMALIZED
   AND value !~ '[\u0001-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFD\U000E0000-\U000E007F]'
   AND value ~ '[^ \u00A0\u00AD\u034F\u115F\u1160\u1680\u17B4\u17B5\u180B-\u180F\u2000-\u200D\u202F\u205F\u2800\u3000\u3164\uFE00-\uFE0F\uFFA0\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0100-\U000E01EF]';

CREATE TABLE facility (
    only_row         boolean PRIMARY KEY DEFAULT true CONSTRAINT facility_is_one_row CHECK (only_row),
    -- ISO 3166 code that phone numbers without a country code belong to
    default_region   text NOT NULL CONSTRAINT facility_region_is_iso_code CHECK (default_region ~ '^[A-Z]{2}$'),
    -- IANA zone for people's eyes; storage is UTC
    zone             text NOT NULL CONSTRAINT facility_zone_is_plain_text CHECK (is_plain_text(zone, 100)),
    -- whose clock dates the decisions: the database's, or a simulation's logical one
    clock            text NOT NULL CONSTRAINT facility_clock_is_known CHECK (clock IN ('DATABASE', 'SIMULATION')),
    -- Under this key phone numbers enter the digests of requests. Desks read it; an auditor does not, who could
    -- otherwise try out the few possible numbers.
    phone_key        bytea NOT NULL CONSTRAINT facility_phone_key_is_256_bits CHECK (octet_length(phone_key) = 32),
    -- What the log holds of the key, so that another one shows.
    phone_key_digest bytea NOT NULL GENERATED ALWAYS AS (sha256(phone_key)) STORED,
    -- how many times the row was set, its making included: each needs an audit entry
    version          integer NOT NULL DEFAULT 1
);
