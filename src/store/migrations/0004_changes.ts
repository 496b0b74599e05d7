import { type Kysely, sql } from 'kysely'

/** Edits and deletions of what stands. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table deliveries
      add column change_by text check (change_by in ('site', 'person')),
      add column change_revision integer not null default 0,
      add column change_first_due_at timestamptz,
      add column site_at timestamptz,
      add check (change_state in ('waiting', 'failed')),
      add check ((change_kind is null) = (change_state is null))`.execute(db)
  await sql`
    create index deliveries_changes on deliveries (account_id, change_due_at)
      where change_kind is not null`.execute(db)
  await sql`alter table parts add column removed_at timestamptz`.execute(db)
  await sql`alter table accounts add column allowance jsonb`.execute(db)
  await sql`
    create index deliveries_site_at on deliveries (site_at)
      where site_at is not null and state in ('held', 'pending')`.execute(db)
  await sql`alter table articles add column withdrawn_at timestamptz`.execute(db)
  // what was revised or withdrawn lately is looked for each minute among all that there ever was
  await sql`create index articles_ready on articles (ready_at)`.execute(db)
  await sql`create index articles_withdrawn on articles (withdrawn_at)`.execute(db)
  await sql`
    alter table decisions
      drop constraint decisions_kind_check,
      add constraint decisions_kind_check check (kind in
        ('approve', 'retry', 'cancel', 'resolve', 'delete', 'pause', 'resume'))`.execute(db)
  await sql`
    alter table notices
      drop constraint notices_kind_check,
      add constraint notices_kind_check check (kind in
        ('rejected', 'unauthorized', 'uncertain', 'held', 'flood', 'overdue', 'change', 'gap'))`.execute(
    db,
  )
  await sql`alter table pictures add column again boolean not null default false`.execute(db)
}
