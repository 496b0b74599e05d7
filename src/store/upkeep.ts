import type { Db } from './store.ts'

/** Notes that something recurring was done. */
export async function noteDone(db: Db, name: string, at: Date): Promise<void> {
  await db
    .insertInto('upkeep')
    .values({ name, at })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ at }))
    .execute()
}

/** When it was last done; null where never. */
export async function lastDone(db: Db, name: string): Promise<Date | null> {
  const row = await db.selectFrom('upkeep').select('at').where('name', '=', name).executeTakeFirst()
  return row?.at ?? null
}
