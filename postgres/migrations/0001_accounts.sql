-- Users and their API keys.

CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- As it was typed, and as it is compared: folded by libs/accounts, because lower() depends on the database's locale.
  email text NOT NULL,
  email_folded text NOT NULL UNIQUE,
  -- bcrypt; null: made by an operator, nobody can log in.
  password_hash text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE api_keys (
  -- The part of the key that is no secret.
  id char(8) PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  secret_sha256 bytea NOT NULL CHECK (octet_length(secret_sha256) = 32),
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
  origin text NOT NULL CHECK (origin IN ('self_service', 'operator')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);

CREATE INDEX api_keys_by_user ON api_keys (user_id, created_at);

-- Whatever races: one key of a user's own.
CREATE UNIQUE INDEX api_keys_one_self_service ON api_keys (user_id) WHERE origin = 'self_service' AND revoked_at IS NULL;
