import { z } from 'zod'
import { Problem } from '../locale/problem.ts'
import type { AccountSpec, FoundAccount } from './accounts.ts'
import type { Policy } from './config.ts'

const text = z.string().trim().toLowerCase()

/** By key in `crieur.yaml`; YAML has truths of its own, the environment words. */
const rules = {
  edit: z.union([
    z.boolean(),
    text.pipe(z.enum(['true', 'false', '1', '0'])).transform((word) => /true|1/.test(word)),
  ]),
  withdrawn: text.pipe(z.enum(['keep', 'delete'])),
  uncertain: text
    .transform((word) => word.replaceAll(/[-_]/g, ' '))
    .pipe(z.enum(['ask', 'send again', 'leave'])),
} satisfies { [K in keyof Policy]: z.ZodType<Policy[K]> }

/** Right values, to be shown where a wrong one was found. */
const examples: Record<keyof Policy, string> = {
  edit: 'true',
  withdrawn: 'delete',
  uncertain: 'leave',
}

const keys = ['edit', 'withdrawn', 'uncertain'] as const

/** What an account of that platform can be told to do by itself: keys of `crieur.yaml`. */
export function policyKeys({ uncertain }: Pick<AccountSpec, 'uncertain'>): (keyof Policy)[] {
  return keys.filter((key) => key !== 'uncertain' || uncertain)
}

/** What a found account says that it does by itself. Throws `Problem` 'setting-invalid'. */
export function policyOf(account: FoundAccount): Partial<Policy> {
  const { edit, withdrawn, uncertain } = account.values
  return {
    ...(edit !== undefined && { edit: checked(account, 'edit', rules.edit, edit) }),
    ...(withdrawn !== undefined && {
      withdrawn: checked(account, 'withdrawn', rules.withdrawn, withdrawn),
    }),
    ...(uncertain !== undefined && {
      uncertain: checked(account, 'uncertain', rules.uncertain, uncertain),
    }),
  }
}

function checked<T>(
  account: FoundAccount,
  key: keyof Policy,
  rule: z.ZodType<T>,
  value: unknown,
): T {
  const parsed = rule.safeParse(value)
  if (parsed.success) return parsed.data
  const setting = account.nameOf(key)
  throw new Problem('setting-invalid', {
    setting,
    about: key,
    said: '',
    ...account.placeOf(key),
    example: setting.includes('.') ? `${key}: ${examples[key]}` : `${setting}=${examples[key]}`,
  })
}
