import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { type Answer, send } from './answer.ts'
import type { Fault } from './stand-in.ts'

const count = z.number().int().nonnegative()

/** A fault as it is ordered over HTTP; a `delay` needs `ms`, an `answer` needs `status`. */
export const faultSchema = z
  .strictObject({
    kind: z.enum(['delay', 'drop-before', 'drop-after', 'cut-answer', 'answer']),
    path: z.string(),
    method: z.string().exactOptional(),
    times: z.number().int().positive().exactOptional(),
    ms: count.exactOptional(),
    status: z.number().int().min(200).max(599).exactOptional(),
    headers: z.record(z.string(), z.string()).exactOptional(),
    body: z.string().exactOptional(),
    carriedOut: z.boolean().exactOptional(),
  })
  .refine(({ kind, ms }) => kind !== 'delay' || ms !== undefined, 'a delay needs ms')
  .refine(({ kind, status }) => kind !== 'answer' || status !== undefined, 'an answer needs status')

/** The mishaps that are still to come, in the order they were ordered. */
export interface Faults {
  add(fault: Fault): void
  /** The first that matches, one use of it taken; null where none does. */
  take(method: string, path: string): Fault | null
  reset(): void
}

export function openFaults(): Faults {
  let waiting: { fault: Fault; left: number }[] = []
  return {
    add: (fault) => {
      waiting.push({ fault: faultSchema.parse(fault), left: fault.times ?? 1 })
    },
    take: (method, path) => {
      const found = waiting.find(({ fault }) => matches(fault, method, path))
      if (found === undefined) return null
      found.left -= 1
      waiting = waiting.filter(({ left }) => left > 0)
      return found.fault
    },
    reset: () => {
      waiting = []
    },
  }
}

function matches(fault: Fault, method: string, path: string): boolean {
  if (!path.includes(fault.path)) return false
  return fault.method === undefined || fault.method.toUpperCase() === method
}

interface Meeting {
  response: ServerResponse
  closing: AbortSignal
  carryOut: () => Promise<Answer>
}

/** Carries a request out and answers, or what is left of that under a fault. */
export async function meet(
  fault: Fault | null,
  { response, closing, carryOut }: Meeting,
): Promise<void> {
  const cut = () => response.socket?.destroy()
  if (fault === null) return send(response, await carryOut())
  if (fault.kind === 'delay' && fault.carriedOut !== true)
    await wait(fault.ms ?? 0, undefined, { signal: closing })
  if (fault.kind === 'drop-before') return void cut()
  const own = fault.kind === 'answer' && fault.carriedOut !== true
  const answer = own ? null : await carryOut()
  if (fault.kind === 'drop-after') return void cut()
  if (fault.kind === 'delay' && fault.carriedOut === true)
    await wait(fault.ms ?? 0, undefined, { signal: closing })
  if (fault.kind === 'answer' || answer === null) return send(response, orderedAnswer(fault))
  if (fault.kind !== 'cut-answer') return send(response, answer)
  const bytes = Buffer.from(answer.body)
  response.writeHead(answer.status, { ...answer.headers, 'content-length': bytes.length })
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), cut)
}

function orderedAnswer({ status = 500, headers, body = '' }: Fault): Answer {
  const type = /^\s*[[{]/.test(body) ? 'application/json' : 'text/html'
  return { status, headers: headers ?? (body === '' ? {} : { 'content-type': type }), body }
}
