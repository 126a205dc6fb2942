-- Times are epoch milliseconds of the server's clock. Statuses are the codes of common-model's enums.
-- The constraints are the last line of defence for the invariants of docs/state-machine.md.

CREATE TABLE server_clock (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  newest_at INTEGER NOT NULL
) STRICT;
INSERT INTO server_clock (id, newest_at) VALUES (1, 0);

CREATE TABLE teams (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  slug          TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  password_hash TEXT,
  created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE team_tokens (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  team_id      INTEGER NOT NULL REFERENCES teams (id),
  name         TEXT,
  role         TEXT NOT NULL CHECK (role IN ('admin', 'member')),
  token_hash   TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
  created_by   INTEGER,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER,
  expires_at   INTEGER,
  revoked_at   INTEGER
) STRICT;
CREATE INDEX team_tokens_by_team ON team_tokens (team_id, id);

CREATE TABLE environments (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  team_id    INTEGER NOT NULL REFERENCES teams (id),
  name       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (team_id, name),
  UNIQUE (id, team_id, name)
) STRICT;

CREATE TABLE apps (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  team_id         INTEGER NOT NULL REFERENCES teams (id),
  slug            TEXT NOT NULL,
  description     TEXT,
  disabled        INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
  last_version_no INTEGER NOT NULL DEFAULT 0,
  last_run_no     INTEGER NOT NULL DEFAULT 0,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  UNIQUE (team_id, slug),
  UNIQUE (id, team_id)
) STRICT;

CREATE TABLE app_versions (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  app_id          INTEGER NOT NULL REFERENCES apps (id),
  version_no      INTEGER NOT NULL CHECK (version_no >= 1),
  entrypoint      TEXT NOT NULL,
  timeout_seconds INTEGER CHECK (timeout_seconds >= 1),
  params_schema   TEXT,
  import_paths    TEXT,
  towerfile_toml  TEXT NOT NULL,
  artifact_sha256 TEXT NOT NULL CHECK (length(artifact_sha256) = 64),
  artifact_size   INTEGER NOT NULL CHECK (artifact_size > 0),
  content_sha256  TEXT NOT NULL CHECK (length(content_sha256) = 64),
  created_at      INTEGER NOT NULL,
  UNIQUE (app_id, version_no),
  UNIQUE (id, app_id)
) STRICT;

CREATE TABLE runs (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  team_id          INTEGER NOT NULL,
  app_id           INTEGER NOT NULL,
  version_id       INTEGER NOT NULL,
  environment_id   INTEGER NOT NULL,
  -- The environment's name never changes; it stands here so that a claim is one index probe.
  environment      TEXT NOT NULL,
  run_no           INTEGER NOT NULL CHECK (run_no >= 1),
  status           TEXT NOT NULL CHECK (status IN
                     ('queued', 'leased', 'running', 'cancelling',
                      'completed', 'failed', 'cancelled', 'dead')),
  input            TEXT,
  priority         INTEGER NOT NULL CHECK (priority BETWEEN -1000 AND 1000),
  max_retries      INTEGER NOT NULL CHECK (max_retries BETWEEN 0 AND 100),
  retry_count      INTEGER NOT NULL DEFAULT 0,
  attempt_count    INTEGER NOT NULL DEFAULT 0,
  cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
  queued_at        INTEGER NOT NULL,
  started_at       INTEGER,
  finished_at      INTEGER,
  UNIQUE (app_id, run_no),
  FOREIGN KEY (app_id, team_id) REFERENCES apps (id, team_id),
  FOREIGN KEY (version_id, app_id) REFERENCES app_versions (id, app_id),
  FOREIGN KEY (environment_id, team_id, environment) REFERENCES environments (id, team_id, name),
  CHECK (retry_count BETWEEN 0 AND max_retries),
  CHECK ((status IN ('completed', 'failed', 'cancelled', 'dead')) = (finished_at IS NOT NULL)),
  CHECK (cancel_requested = 0 OR status IN ('cancelling', 'cancelled')),
  CHECK (started_at IS NULL OR started_at >= queued_at),
  CHECK (finished_at IS NULL OR finished_at >= coalesce(started_at, queued_at))
) STRICT;
CREATE INDEX runs_queue ON runs (environment, priority DESC, queued_at, id)
  WHERE status = 'queued';
CREATE INDEX runs_by_team ON runs (team_id, id);
CREATE INDEX runs_by_team_status ON runs (team_id, status, id);
CREATE INDEX runs_by_app ON runs (app_id, id);
CREATE INDEX runs_by_app_status ON runs (app_id, status, id);

CREATE TABLE run_attempts (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id           INTEGER NOT NULL REFERENCES runs (id),
  attempt_no       INTEGER NOT NULL CHECK (attempt_no >= 1),
  -- No foreign key: a runner may be forgotten, what it did is not. Its name is kept here.
  runner_id        INTEGER NOT NULL,
  runner_name      TEXT NOT NULL,
  status           TEXT NOT NULL CHECK (status IN
                     ('leased', 'running', 'cancelling',
                      'completed', 'failed', 'cancelled', 'expired')),
  lease_token_hash TEXT NOT NULL UNIQUE CHECK (length(lease_token_hash) = 64),
  leased_at        INTEGER NOT NULL,
  lease_expires_at INTEGER NOT NULL,
  -- However often the runner is heard, the lease does not go beyond this.
  deadline_at      INTEGER NOT NULL,
  started_at       INTEGER,
  finished_at      INTEGER,
  -- What ended it: only a recorded result may be repeated.
  ended_by         TEXT CHECK (ended_by IN ('result', 'lease_over', 'release')),
  exit_code        INTEGER,
  error_message    TEXT,
  last_log_seq     INTEGER NOT NULL DEFAULT 0,
  UNIQUE (run_id, attempt_no),
  CHECK ((status IN ('completed', 'failed', 'cancelled', 'expired')) = (finished_at IS NOT NULL)),
  CHECK ((finished_at IS NULL) = (ended_by IS NULL)),
  CHECK (started_at IS NULL OR started_at >= leased_at),
  CHECK (finished_at IS NULL OR finished_at >= coalesce(started_at, leased_at))
) STRICT;
CREATE UNIQUE INDEX run_attempts_one_active ON run_attempts (run_id)
  WHERE status IN ('leased', 'running', 'cancelling');
CREATE INDEX run_attempts_active_by_runner ON run_attempts (runner_id)
  WHERE status IN ('leased', 'running', 'cancelling');
CREATE INDEX run_attempts_expiring ON run_attempts (lease_expires_at, id)
  WHERE status IN ('leased', 'running', 'cancelling');

-- One row per stored stretch of lines without a gap; stretches of one attempt never overlap.
CREATE TABLE run_log_chunks (
  id         INTEGER PRIMARY KEY,
  attempt_id INTEGER NOT NULL REFERENCES run_attempts (id),
  first_seq  INTEGER NOT NULL CHECK (first_seq >= 1),
  last_seq   INTEGER NOT NULL,
  lines      BLOB NOT NULL,
  CHECK (last_seq >= first_seq)
) STRICT;
CREATE UNIQUE INDEX run_log_chunks_in_order ON run_log_chunks (attempt_id, first_seq, last_seq);

CREATE TABLE runners (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  name           TEXT NOT NULL UNIQUE,
  token_hash     TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
  environment    TEXT NOT NULL,
  instance_id    TEXT,
  version        TEXT,
  labels         TEXT,
  max_concurrent INTEGER NOT NULL CHECK (max_concurrent BETWEEN 1 AND 256),
  registered_at  INTEGER NOT NULL,
  last_seen_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE idempotency_keys (
  team_id      INTEGER NOT NULL REFERENCES teams (id),
  key          TEXT NOT NULL,
  request_hash TEXT NOT NULL CHECK (length(request_hash) = 64),
  run_id       INTEGER NOT NULL REFERENCES runs (id),
  created_at   INTEGER NOT NULL,
  PRIMARY KEY (team_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
CREATE INDEX idempotency_keys_by_run ON idempotency_keys (run_id);
