import { type Kysely, sql } from 'kysely'

/** The first shape of the ledger. Every table belongs to one noun's folder; only that folder writes it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sources (
      id bigint generated always as identity primary key,
      url text not null unique,
      configured boolean not null,
      title text,
      baseline_at timestamptz,
      backfill integer,
      etag text,
      last_modified text,
      due_at timestamptz not null,
      lease_until timestamptz,
      last_read_at timestamptz,
      problem jsonb
    )`.execute(db)
  await sql`
    create table articles (
      id bigint generated always as identity primary key,
      url text not null,
      state text not null check (state in ('heard', 'ready', 'known', 'unreadable', 'withdrawn')),
      via text not null check (via in ('feed', 'person', 'backfill', 'sandbox')),
      source_id bigint references sources,
      hint jsonb,
      article jsonb,
      revision integer not null default 0,
      problem jsonb,
      due_at timestamptz,
      lease_until timestamptz,
      tries integer not null default 0,
      heard_at timestamptz not null,
      ready_at timestamptz
    )`.execute(db)
  await sql`create index articles_due on articles (due_at) where due_at is not null`.execute(db)
  await sql`create index articles_source on articles (source_id, id)`.execute(db)
  await sql`
    create table article_keys (
      key text primary key,
      article_id bigint not null references articles on delete cascade
    )`.execute(db)
  await sql`create index article_keys_article on article_keys (article_id)`.execute(db)
  await sql`
    create table accounts (
      id bigint generated always as identity primary key,
      platform text not null,
      name text not null,
      identity text,
      fingerprint text,
      title text,
      url text,
      limits jsonb,
      configured boolean not null,
      paused_at timestamptz,
      pause jsonb,
      wait_until timestamptz,
      spent_until timestamptz,
      checked_at timestamptz,
      last_success_at timestamptz,
      unique (platform, identity)
    )`.execute(db)
  await sql`create unique index accounts_name on accounts (name) where configured`.execute(db)
  await sql`
    create table vaults (
      account_id bigint primary key references accounts on delete cascade,
      fingerprint text not null,
      kept jsonb not null
    )`.execute(db)
  await sql`
    create table deliveries (
      id bigint generated always as identity primary key,
      article_id bigint not null references articles,
      account_id bigint not null references accounts,
      round integer not null default 1,
      state text not null check (state in
        ('held', 'pending', 'publishing', 'uncertain', 'published', 'failed', 'canceled', 'deleted')),
      version integer not null default 1,
      due_at timestamptz,
      first_due_at timestamptz not null,
      tries integer not null default 0,
      lease_token uuid,
      lease_until timestamptz,
      frozen_at timestamptz,
      error jsonb,
      warnings jsonb not null default '[]',
      held_for text,
      change_kind text check (change_kind in ('edit', 'delete')),
      change_state text,
      change_due_at timestamptz,
      change_tries integer not null default 0,
      change_error jsonb,
      created_at timestamptz not null,
      published_at timestamptz,
      unique (article_id, account_id, round),
      check ((lease_token is null) = (lease_until is null))
    )`.execute(db)
  await sql`
    create index deliveries_due on deliveries (account_id, due_at)
      where state in ('pending', 'uncertain') and due_at is not null`.execute(db)
  await sql`
    create unique index deliveries_one_in_flight on deliveries (account_id)
      where lease_token is not null`.execute(db)
  await sql`create index deliveries_newest on deliveries (created_at desc)`.execute(db)
  await sql`
    create table parts (
      delivery_id bigint not null references deliveries on delete cascade,
      position integer not null,
      draft jsonb not null,
      key text not null,
      key_used_at timestamptz,
      sent_at timestamptz,
      thumbnail jsonb,
      syndication jsonb,
      primary key (delivery_id, position)
    )`.execute(db)
  await sql`
    create table pictures (
      delivery_id bigint not null references deliveries on delete cascade,
      position integer not null,
      bytes bytea not null,
      mime text not null,
      width integer not null,
      height integer not null,
      alt text not null,
      primary key (delivery_id, position)
    )`.execute(db)
  await sql`
    create table attempts (
      id bigint generated always as identity primary key,
      delivery_id bigint not null references deliveries on delete cascade,
      position integer not null,
      at timestamptz not null,
      operation text not null,
      outcome text,
      reason text,
      ended_at timestamptz
    )`.execute(db)
  await sql`create index attempts_delivery on attempts (delivery_id, id)`.execute(db)
  await sql`create table upkeep (name text primary key, at timestamptz not null)`.execute(db)
}
