import { operations } from './operations.ts'
import { points } from './points.ts'
import { crashed, type End, type Queue } from './run.ts'

/** Every operation at every point. */
export const matrix = operations.flatMap((operation) =>
  points.map((point) => ({ operation, point, name: `${operation.name}, ${point.name}` })),
)

/** What a run must end with: on Telegram the same, or the delivery says that nobody knows. */
interface Expected {
  posts: number
  state: 'published' | 'deleted'
  words: string
}

function expectedOf({ operation }: Pick<(typeof matrix)[number], 'operation'>): Expected {
  return {
    posts: operation.posts,
    state: operation.changes === 'delete' ? 'deleted' : 'published',
    words: operation.changes === 'edit' ? 'Nouveau titre' : 'Le canal rouvre',
  }
}

/** What is wrong after a run; nothing where everything stands once. */
function faultsOf({ posts, deliveries }: End, { posts: many, state, words }: Expected): string[] {
  return deliveries.flatMap(({ platform, state: ended, change }) => {
    const standing = posts[platform]
    const firsts = standing.slice(0, 1).map(({ wire }) => JSON.stringify(wire))
    if (platform === 'telegram' && ended === 'uncertain') {
      return standing.length > many ? [`${platform}: ${standing.length} posts, uncertain`] : []
    }
    const faults: string[] = []
    if (standing.length !== many) faults.push(`${platform}: ${standing.length} posts, not ${many}`)
    if (ended !== state || change !== null) faults.push(`${platform}: ${ended}, change ${change}`)
    if (firsts.some((text) => !text.includes(words))) faults.push(`${platform}: other words`)
    return faults
  })
}

/** One run, and what is wrong after it. */
export async function runOf(
  cell: Pick<(typeof matrix)[number], 'operation' | 'point'>,
  queue: Queue = {},
): Promise<string[]> {
  return faultsOf(await crashed(cell.operation, cell.point, queue), expectedOf(cell))
}
