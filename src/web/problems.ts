import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type Problem, type ProblemKind, sentenceOf } from '../locale/problem.ts'
import type { Words } from '../locale/words.ts'

/** A problem as scripts get it: `Problem` in the docs. */
export interface PublicProblem {
  error: { kind: string; message: string; field?: string; setting?: string }
}

/** Of which problems a request is the cause, and what it is answered; all others are ours. */
const statuses: Partial<Record<ProblemKind, ContentfulStatusCode>> = {
  'setting-needed': 403,
  'token-wrong': 401,
  'signature-missing': 401,
  'signature-wrong': 401,
  'signature-old': 401,
  'body-too-large': 413,
  'body-broken': 400,
  'method-wrong': 405,
  'nothing-here': 404,
  'unknown-id': 404,
  'unknown-address': 404,
  'json-invalid': 400,
  'field-missing': 400,
  'field-unknown': 400,
  'field-invalid': 400,
  'address-invalid': 400,
  'address-private': 400,
  'not-an-article': 400,
  'hook-foreign': 400,
  'post-address': 400,
  'resolve-one': 400,
  'newest-elsewhere': 400,
  'usage-id': 400,
  'usage-by': 400,
  'usage-since': 400,
}

/** The field that a problem is about, where its facts do not name it. */
const fields: Partial<Record<ProblemKind, string>> = {
  'address-invalid': 'url',
  'address-private': 'url',
  'not-an-article': 'url',
  'hook-foreign': 'url',
  'post-address': 'published',
  'newest-elsewhere': 'newest',
  'usage-by': 'by',
  'usage-since': 'since',
}

/** What a problem is answered with; null where it is no fault of the request. */
export function statusOf({ kind }: Problem): ContentfulStatusCode | null {
  return statuses[kind] ?? null
}

/** The body of such an answer. */
export function publicProblem(problem: Problem, words: Words): PublicProblem {
  const { kind, facts } = problem
  const field = 'field' in facts ? facts.field : fields[kind]
  const setting = kind === 'address-private' ? 'ALLOW_PRIVATE_SOURCES' : settingIn(problem)
  const message = sentenceOf(words, { kind, facts })
  return { error: { kind, message, ...(field && { field }), ...(setting && { setting }) } }
}

function settingIn({ facts }: Problem): string | undefined {
  return 'setting' in facts ? facts.setting : undefined
}
