import type { Context } from 'hono'
import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { callerOf, logRefusal } from '../caller.ts'
import { formOf, onlyShortForms } from '../form.ts'
import { type Markup, page } from '../markup.ts'
import type { Web } from '../routes.ts'
import { inTongue } from '../tongue.ts'
import { tongueLink } from '../pages/frame.ts'
import { COOKIE, isOpen, sentFrom } from './guard.ts'
import { isFromUs } from './origin.ts'
import type { Passwords } from './password.ts'
import { openSession } from './sessions.ts'
import { countTries } from './tries.ts'

const COOKIE_LASTS_S = 30 * 24 * 3600
const LONGEST_PASSWORD = 500

/** Logging in. A wrong password is told, logged with its address, and soon costs a wait. */
export function login(web: Web, passwords: Passwords): Hono {
  const { store, log, config } = web
  const tries = countTries(store.clock)
  const routes = new Hono()
  const form = (context: Context, status: 200 | 401 | 403 | 429, said: string | null) => {
    context.header('Cache-Control', 'no-store')
    const next = nextOf(context.req.query('next'))
    return context.html(loginPage(inTongue(web, context), said, next), status)
  }

  routes.get('/login', (context) =>
    isOpen(web) ? context.redirect('/', 303) : form(context, 200, null),
  )
  routes.post('/login', onlyShortForms(web), async (context) => {
    const { words } = inTongue(web, context)
    const from = callerOf(context) ?? ''
    if (!isFromUs(sentFrom(context), config)) {
      logRefusal(log, context, 403, 'foreign-origin')
      return form(context, 403, words.page.formRefused)
    }
    const wait = tries.begin(from)
    if (wait > 0) {
      logRefusal(log, context, 429, 'too-many-passwords')
      context.header('Retry-After', String(wait))
      return form(context, 429, words.page.loginWait({ seconds: wait }))
    }
    const { password: given = '' } = await formOf(context)
    const hash = given.length > LONGEST_PASSWORD ? null : await passwords.check(given)
    if (hash === null) {
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
        <button type="submit" class="main">${own.login}</button>
      </form>
      <p class="faint">${own.loginHint}</p>
      <p class="faint">${tongueLink(action, config.locale, own)}</p>
    </main>`,
  )
}
