import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Config } from '../../config/config.ts'
import { logRefusal } from '../caller.ts'
import { formOf } from '../form.ts'
import { isOurs } from '../hosts.ts'
import { notice } from '../markup.ts'
import type { Web } from '../routes.ts'
import { inTongue } from '../tongue.ts'
import { isFromUs } from './origin.ts'
import type { Passwords } from './password.ts'
import { findSession, type Session } from './sessions.ts'

export const COOKIE = 'crieur_session'

/** What the pages know of whoever asks. */
export interface Entered {
  Variables: { session: Session }
}

/** Whether anybody who reaches the pages may use them: the sandbox, on this machine only. */
export function isOpen({ config, sandbox }: Pick<Web, 'config' | 'sandbox'>): boolean {
  return sandbox !== null && config.publicUrl === null && isLoopback(config)
}

function isLoopback({ host }: Config): boolean {
  return host !== '0.0.0.0' && host !== '::' && isOurs(host, { host: '127.0.0.1', publicUrl: null })
}

/** Lets in whoever is logged in, and everybody where the pages are open; others are sent to log in. */
export function onlySessions(web: Web, passwords: Passwords): MiddlewareHandler<Entered> {
  const everybody: Session = { csrf: randomBytes(24).toString('base64url') }
  const open = isOpen(web)
  return async (context, next) => {
    if (open) context.set('session', everybody)
    else {
      const { db, clock } = web.store
      const token = getCookie(context, COOKIE)
      const session = await findSession(db, token, await passwords.current(), clock)
      if (session === null) return refused(web, context)
      context.set('session', session)
    }
    return next()
  }
}

/** A page is read after logging in; a change is not carried out later by surprise. */
function refused(web: Web, context: Context) {
  const { log, words, config } = inTongue(web, context)
  if (['GET', 'HEAD'].includes(context.req.method)) {
    const { pathname, search } = new URL(context.req.url)
    const wanted = pathname + search
    const next = wanted === '/' ? '' : `?next=${encodeURIComponent(wanted)}`
    return context.redirect(`/login${next}`, 303)
  }
  logRefusal(log, context, 401, 'no-session')
  return context.html(notice(words, config.locale, words.page.loginFirst), 401)
}

/** Every change comes from a form of ours, with the token of the very session. */
export function onlyOurForms(web: Web): MiddlewareHandler<Entered> {
  return async (context, next) => {
    if (['GET', 'HEAD'].includes(context.req.method)) return next()
    const { config, log, words } = inTongue(web, context)
    const { csrf: token = '' } = await formOf(context)
    const sent = sentFrom(context)
    const why = !isFromUs(sent, config)
      ? 'foreign-origin'
      : !isSame(token, context.var.session.csrf)
        ? 'wrong-form-token'
        : null
    if (why === null) return next()
    logRefusal(log, context, 403, why)
    return context.html(notice(words, config.locale, words.page.formRefused), 403)
  }
}

/** What the browser says of the page that a form stood on. */
export function sentFrom(context: Context) {
  return {
    origin: context.req.header('origin'),
    referer: context.req.header('referer'),
    host: context.req.header('host') ?? new URL(context.req.url).host,
  }
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}
