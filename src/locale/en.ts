/** Every sentence people read, in English. One namespace a room; facts come in, a sentence goes out. */
export const en = {
  /** What stopped us: what happened, to what, and what to do next. Read by `Problem`. */
  problems: {
    'store-no-binaries': (f: { platform: string }) =>
      `There is no built-in database for this machine (${f.platform}). Set DATABASE_URL to a Postgres 14 or newer.`,
    'store-other-version': (f: { found: string; wanted: string; folder: string }) =>
      `The database in ${f.folder} was made by Postgres ${f.found}, and this Crieur brings ${f.wanted}. Go back to the Crieur that made it, or set DATABASE_URL.`,
    'store-folder': (f: { folder: string; code: string }) =>
      `The folder ${f.folder} cannot be used (${f.code}). Make it writable for this user, or set DATA_DIR to another one.`,
    'store-initdb-failed': (f: { folder: string; said: string }) =>
      `The database in ${f.folder} could not be made: ${f.said}. Check the free space and the rights of that folder, or set DATA_DIR.`,
    'store-start-failed': (f: { folder: string; log: string }) =>
      `The database in ${f.folder} does not start: ${f.log || 'no reason given'}. See postgres.log there, or set DATABASE_URL.`,
    'store-root': (_f: Record<never, never>) =>
      'Postgres refuses to run as root, and this machine offers no way around it. Run Crieur as an ordinary user, or set DATABASE_URL.',
    'store-unreachable': (f: { reason: string }) =>
      `The database of DATABASE_URL cannot be reached: ${f.reason}. Check that it runs and that address, user and password are right.`,
    'store-newer': (_f: Record<never, never>) =>
      'This ledger was written by a newer Crieur. Update this one, then start again.',
    'queue-unreachable': (f: { reason: string }) =>
      `The Redis of REDIS_URL cannot be reached: ${f.reason}. Check that it runs and that the address is right, or remove REDIS_URL.`,
    'setting-invalid': (f: { setting: string; where: string; wrong: string; example: string }) =>
      `${f.setting} (${f.where}): ${f.wrong}. Example: ${f.example}`,
  },
}
