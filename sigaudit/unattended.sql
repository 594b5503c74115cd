-- What unattended scans remember, beside what was read and found. Made with a new database, and added to an older one.

create table if not exists looked_at (      -- files whose content is known, so that it need not be digested again
  path varchar not null,
  bytes bigint not null,
  modified bigint not null,                 -- nanoseconds since 1970, as the file system says
  sha256 varchar not null                   -- hex, over the file's bytes
);

create table if not exists alerted (        -- what was told, the worst of each finding to each [[alert]]
  finding varchar not null,                 -- finding.id
  channel varchar not null,                 -- alert.name
  severity varchar not null
);

create table if not exists horizon (        -- what was pruned
  before timestamp not null                 -- messages and rows of logs from before are gone, but for evidence
);

create table if not exists kept_finding as  -- findings that ended before, as they were found when their surroundings were there
from finding limit 0;
