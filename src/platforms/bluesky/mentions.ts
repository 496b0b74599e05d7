import type { Draft, Facet, Warning } from '../../posts/post.ts'

/**
 * A draft whose mentions say whom they mean by DID, each name asked for once. One that means nobody is plain text
 * from now on, and a warning says so.
 */
export async function resolved(
  draft: Draft,
  didOf: (handle: string) => Promise<string | null>,
): Promise<Draft> {
  const dids = new Map<string, string | null>()
  for (const name of namesIn(draft.facets)) {
    dids.set(name, await didOf(name.replace(/^@/, '').toLowerCase()))
  }
  const facets = draft.facets.flatMap((facet): Facet[] => {
    const did = facet.kind === 'mention' ? dids.get(facet.value ?? '') : undefined
    if (did === undefined) return [facet]
    return did === null ? [] : [{ ...facet, value: did }]
  })
  const nobody = [...dids].filter(([, did]) => did === null)
  const warnings = nobody.map(([about]): Warning => ({ kind: 'no-mention', about }))
  return { ...draft, facets, warnings: [...draft.warnings, ...warnings] }
}

/** The names that are still to be asked for. */
function namesIn(facets: readonly Facet[]): ReadonlySet<string> {
  return new Set(
    facets.flatMap(({ kind, value = '' }) =>
      kind === 'mention' && !value.startsWith('did:') ? [value] : [],
    ),
  )
}
