import { type Kysely, sql } from 'kysely'

/** What the newsroom sees and decides: notices, decisions, hooks, holds, counts, the bot and the page. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table articles drop constraint articles_via_check`.execute(db)
  await sql`
    alter table articles
      add constraint articles_via_check
        check (via in ('feed', 'hook', 'person', 'api', 'bot', 'backfill', 'sandbox')),
      add column given jsonb,
      add column reread_at timestamptz,
      add column notice_id bigint,
      add column verdict text check (verdict in ('go', 'skip'))`.execute(db)
  await sql`create index articles_reread on articles (reread_at) where reread_at is not null`.execute(
    db,
  )
  await sql`
    create index articles_reading on articles (source_id, due_at)
      where due_at is not null and state = 'heard'`.execute(db)
  await sql`create index articles_notice on articles (notice_id) where notice_id is not null`.execute(
    db,
  )
  await sql`
    alter table sources add column kind text not null default 'feed' check (kind in ('feed', 'hook'))`.execute(
    db,
  )
  await sql`
    create table hook_messages (
      id text primary key,
      at timestamptz not null,
      article_id bigint not null references articles on delete cascade
    )`.execute(db)
  await sql`
    create table notices (
      id bigint generated always as identity primary key,
      kind text not null check (kind in
        ('rejected', 'unauthorized', 'uncertain', 'held', 'flood', 'overdue')),
      delivery_id bigint references deliveries on delete cascade,
      article_id bigint references articles on delete cascade,
      account_id bigint references accounts on delete cascade,
      source_id bigint references sources on delete cascade,
      raised_at timestamptz not null,
      told_at timestamptz,
      closed_at timestamptz,
      check (num_nonnulls(delivery_id, article_id, account_id, source_id) = 1)
    )`.execute(db)
  await sql`
    create unique index notices_open on notices (
      kind, coalesce(delivery_id, 0), coalesce(article_id, 0), coalesce(account_id, 0),
      coalesce(source_id, 0)
    ) where closed_at is null`.execute(db)
  await sql`create index notices_delivery on notices (delivery_id)`.execute(db)
  await sql`create index notices_article on notices (article_id)`.execute(db)
  await sql`create index notices_source on notices (source_id, closed_at)`.execute(db)
  await sql`
    create table decisions (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      kind text not null check (kind in
        ('approve', 'retry', 'cancel', 'resolve', 'pause', 'resume')),
      who text not null,
      door text not null check (door in ('cli', 'api', 'bot', 'page')),
      delivery_id bigint references deliveries on delete cascade,
      article_id bigint references articles on delete cascade,
      account_id bigint references accounts on delete cascade,
      notice_id bigint references notices on delete set null,
      from_state text not null,
      to_state text not null
    )`.execute(db)
  await sql`create index decisions_delivery on decisions (delivery_id, id)`.execute(db)
  await sql`create index decisions_article on decisions (article_id, id)`.execute(db)
  await sql`create index decisions_account on decisions (account_id, id)`.execute(db)
  await sql`
    alter table deliveries
      add column canceled_for text check (canceled_for in ('person', 'withdrawn')),
      add column left_at timestamptz,
      add column revision integer not null default 0`.execute(db)
  await sql`
    update deliveries set revision = articles.revision
      from articles where articles.id = deliveries.article_id`.execute(db)
  await sql`
    create index deliveries_published on deliveries (account_id, published_at)
      where state = 'published'`.execute(db)
  await sql`create index attempts_at on attempts (at)`.execute(db)
  await sql`create index deliveries_states on deliveries (account_id, state)`.execute(db)
  await sql`
    create index deliveries_open on deliveries (state, article_id, id)
      where state in ('held', 'pending', 'publishing', 'uncertain', 'failed')`.execute(db)
  await sql`create index parts_syndication on parts ((syndication ->> 'id'))`.execute(db)
  await sql`
    create table counts (
      delivery_id bigint primary key references deliveries on delete cascade,
      account_id bigint not null references accounts on delete cascade,
      published_at timestamptz not null,
      due_at timestamptz,
      alone boolean not null default false,
      likes integer, reposts integer, replies integer, quotes integer, views integer,
      rounded jsonb not null default '[]',
      counted_at timestamptz,
      changed_at timestamptz
    )`.execute(db)
  await sql`create index counts_due on counts (account_id, due_at) where due_at is not null`.execute(
    db,
  )
  await sql`
    create table samples (
      delivery_id bigint not null references deliveries on delete cascade,
      at timestamptz not null,
      likes integer, reposts integer, replies integer, quotes integer, views integer,
      rounded jsonb not null default '[]',
      primary key (delivery_id, at)
    )`.execute(db)
  await sql`
    create table counting (
      account_id bigint primary key references accounts on delete cascade,
      lease_until timestamptz,
      spent_until timestamptz,
      wait_until timestamptz,
      tries integer not null default 0,
      problem jsonb
    )`.execute(db)
  await sql`
    create table bots (
      token_hash text primary key,
      holder uuid,
      lease_until timestamptz
    )`.execute(db)
  await sql`
    create table bot_updates (
      bot text not null,
      update_id bigint not null,
      at timestamptz not null,
      primary key (bot, update_id)
    )`.execute(db)
  await sql`
    create table bot_people (
      bot text not null,
      person bigint not null,
      language text,
      answered_at timestamptz,
      blocked_at timestamptz,
      primary key (bot, person)
    )`.execute(db)
  await sql`
    create table bot_messages (
      bot text not null,
      chat bigint not null,
      message bigint not null,
      subject text not null,
      language text not null,
      shown text not null,
      at timestamptz not null,
      primary key (bot, chat, message)
    )`.execute(db)
  await sql`create index bot_messages_subject on bot_messages (subject)`.execute(db)
  await sql`
    create table bot_told (
      bot text not null,
      person bigint not null,
      notice_id bigint not null references notices on delete cascade,
      primary key (bot, person, notice_id)
    )`.execute(db)
  await sql`
    create table web_password (
      one boolean primary key default true check (one),
      hash text not null,
      at timestamptz not null
    )`.execute(db)
  await sql`
    create table web_sessions (
      token_hash text primary key,
      csrf text not null,
      started_at timestamptz not null,
      seen_at timestamptz not null,
      password_hash text not null
    )`.execute(db)
}
