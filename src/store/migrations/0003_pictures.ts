import { type Kysely, sql } from 'kysely'

/** Posts with several pictures, each uploaded once; drafts say more than words and a card. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table pictures
      add column number integer not null default 0,
      add column ref jsonb,
      alter column bytes drop not null,
      drop constraint pictures_pkey,
      add primary key (delivery_id, position, number)`.execute(db)
  // what stands was uploaded once: its size is known no more, and no card needs it
  await sql`
    insert into pictures (delivery_id, position, number, ref, mime, width, height, alt)
      select delivery_id, position, 0, thumbnail, 'image/jpeg', 1, 1, ''
        from parts where thumbnail is not null
      on conflict (delivery_id, position, number) do update set ref = excluded.ref`.execute(db)
  await sql`alter table parts drop column thumbnail`.execute(db)
  await sql`
    update parts set draft = draft
      || '{"images": [], "manner": {"visibility": "public", "contentWarning": null, "silent": false}}'
      || case when draft->'card' is null or draft->'card' = 'null' then '{}'::jsonb
           else jsonb_build_object('card', draft->'card' || '{"above": false}') end`.execute(db)
}
