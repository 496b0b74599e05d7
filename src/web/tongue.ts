import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Config } from '../config/config.ts'
import { type Locale, type Words, wordsOf } from '../locale/words.ts'

const COOKIE = 'crieur_language'
const LASTS_S = 365 * 24 * 3600
const locales = ['fr', 'en'] as const satisfies readonly Locale[]

/** The same, in the language that this reader chose; LOCALE's where they did not. */
export function inTongue<Speaking extends { config: Config; words: Words }>(
  speaking: Speaking,
  context: Context,
): Speaking {
  const locale = localeOf(getCookie(context, COOKIE))
  if (locale === null || locale === speaking.config.locale) return speaking
  return { ...speaking, words: wordsOf(locale), config: { ...speaking.config, locale } }
}

/** `?lang=fr` on any page: kept in this browser, and the page is shown again in that language. */
export function chooseTongue(): MiddlewareHandler {
  return async (context, next) => {
    const locale = localeOf(context.req.query('lang'))
    if (locale === null || context.req.method !== 'GET') return next()
    const { pathname, searchParams } = new URL(context.req.url)
    searchParams.delete('lang')
    setCookie(context, COOKIE, locale, {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: LASTS_S,
    })
    const rest = searchParams.size === 0 ? '' : `?${searchParams.toString()}`
    return context.redirect(`${pathname.replace(/^\/+/, '/')}${rest}`, 303)
  }
}

/** The language that is not spoken now, to be offered. */
export function otherTongue(locale: Locale): Locale {
  return locale === 'fr' ? 'en' : 'fr'
}

function localeOf(typed: string | undefined): Locale | null {
  return locales.find((locale) => locale === typed) ?? null
}
