import type { Context } from 'hono'
import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { callerOf, logRefusal } from '../caller.ts'
import { type Markup, page } from '../markup.ts'
import type { Web } from '../routes.ts'
import { COOKIE, sentFrom } from './guard.ts'
import { isFromUs } from './origin.ts'
import type { Passwords } from './password.ts'
import { endSession, openSession } from './sessions.ts'
import { countTries } from './tries.ts'

const COOKIE_LASTS_S = 30 * 24 * 3600
const LONGEST_PASSWORD = 500

/** Logging in and out. A wrong password is told, logged with its address, and soon costs a wait. */
export function login(web: Web, passwords: Passwords): Hono {
  const { store, log, words, config } = web
  const tries = countTries(store.clock)
  const routes = new Hono()
  const form = (context: Context, status: 200 | 401 | 403 | 429, said: string | null) =>
    context.html(loginPage(web, said, nextOf(context.req.query('next'))), status)

  routes.get('/login', (context) => form(context, 200, null))
  routes.post('/login', async (context) => {
    const from = callerOf(context) ?? ''
    if (!isFromUs(sentFrom(context), config)) {
      logRefusal(log, context, 403, 'foreign-origin')
      return form(context, 403, words.page.formRefused)
    }
    const wait = tries.waitS(from)
    if (wait > 0) {
      logRefusal(log, context, 429, 'too-many-passwords')
      context.header('Retry-After', String(wait))
      return form(context, 429, words.page.loginWait({ seconds: wait }))
    }
    const body = await context.req.parseBody()
    const given = typeof body['password'] === 'string' ? body['password'] : ''
    const hash = given.length > LONGEST_PASSWORD ? null : await passwords.check(given)
    if (hash === null) {
      tries.failed(from)
      logRefusal(log, context, 401, 'wrong-password')
      return form(context, 401, words.page.loginWrong)
    }
    tries.succeeded(from)
    const token = await openSession(store.db, hash, store.clock)
    setCookie(context, COOKIE, token, {
      httpOnly: true,
      sameSite: 'Lax', // Strict would show the log-in again to whoever follows a link from their mail
      path: '/',
      secure: config.publicUrl?.startsWith('https:') === true,
      maxAge: COOKIE_LASTS_S,
    })
    return context.redirect(nextOf(context.req.query('next')), 303)
  })
  routes.post('/logout', async (context) => {
    if (!isFromUs(sentFrom(context), config)) return form(context, 403, words.page.formRefused)
    const token = getCookie(context, COOKIE)
    if (token !== undefined) await endSession(store.db, token)
    deleteCookie(context, COOKIE, { path: '/' })
    return context.redirect('/login', 303)
  })
  return routes
}

/** Only a path of our own: `//elsewhere` and `/\elsewhere` would lead away. */
function nextOf(wanted: string | undefined): string {
  return wanted !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(wanted) && wanted.length < 500
    ? wanted
    : '/'
}

function loginPage({ words, config }: Web, said: string | null, next: string): Markup {
  const own = words.page
  const action = next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`
  return page(
    { locale: config.locale, title: `Crieur · ${own.login}`, refreshS: null },
    html`<main class="notice">
      <h1>Crieur</h1>
      ${said === null ? '' : html`<p class="outcome" role="alert">${said}</p>`}
      <form method="post" action="${action}" class="login">
        <label for="password">${own.password}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          autofocus
        />
        <button type="submit">${own.login}</button>
      </form>
    </main>`,
  )
}
