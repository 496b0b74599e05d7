import { type Context, Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { Problem } from '../locale/problem.ts'
import { stackOf } from '../reason.ts'
import { logRefusal } from './caller.ts'
import { publicProblem, statusOf } from './problems.ts'
import type { Web } from './routes.ts'

/** What each 401 asks for (RFC 9110, 11.6.1). */
const challenges: Readonly<Record<string, string>> = {
  'token-wrong': 'Bearer realm="crieur"',
  'signature-missing': 'Signature realm="crieur"',
  'signature-wrong': 'Signature realm="crieur"',
  'signature-old': 'Signature realm="crieur"',
}

/**
 * Routes for machines: every answer is JSON and kept by nobody, every refusal a `Problem` in the configured
 * language; what is forbidden or too large leaves a line in the log.
 */
export function machines(web: Pick<Web, 'words' | 'log'>, fill: (door: Hono) => void): Hono {
  const { words, log } = web
  const door = new Hono()
  const refuse = (context: Context, problem: Problem) => {
    const status = statusOf(problem) ?? 500
    const challenge = challenges[problem.kind]
    if (challenge !== undefined) context.header('WWW-Authenticate', challenge)
    if ([401, 403, 413].includes(status)) logRefusal(log, context, status, problem.kind)
    return context.json(publicProblem(problem, words), status)
  }
  door.onError((error, context) => {
    context.header('Cache-Control', 'no-store')
    if (error instanceof Problem && statusOf(error) !== null) return refuse(context, error)
    log.error('request failed', { path: context.req.path, error: stackOf(error) })
    return refuse(context, new Problem('answer-failed', {}))
  })
  door.use(async (context, next) => {
    context.header('Cache-Control', 'no-store')
    await next()
  })
  door.use(
    methodNotAllowed({
      app: door,
      onMethodNotAllowed: (context, methods) => {
        const allowed = methods.join(', ')
        context.header('Allow', allowed)
        return refuse(context, new Problem('method-wrong', { method: context.req.method, allowed }))
      },
    }),
  )
  fill(door)
  door.all('*', (context) => refuse(context, new Problem('nothing-here', {})))
  return door
}
