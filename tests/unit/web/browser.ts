import { parseHTML } from 'linkedom'
import type { Store } from '../../../src/store/store.ts'
import { openDoor } from './ask.ts'

/** What opens the pages of every browser of the tests. */
export const password = 'a password of the tests'
/** Where those pages stand. */
export const ours = 'http://localhost:8080'

export type Sent = Record<string, string>
export type Changes = NonNullable<Parameters<typeof openDoor>[1]>

/** Somebody's browser: it keeps its cookies and says where its forms come from. */
export async function browser(
  store: Store,
  changes: Changes = {},
  sandbox = false,
  more: Parameters<typeof openDoor>[3] = {},
) {
  const door = await openDoor(store, { adminPassword: password, ...changes }, sandbox, more)
  const cookies = new Map<string, string>()
  const ask = async (path: string, more: Sent = {}, form?: Sent) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { host: 'localhost:8080', ...(cookie && { cookie }), ...more }
    const body = form === undefined ? {} : { body: new URLSearchParams(form) }
    const answer = await door.ask(form === undefined ? 'GET' : 'POST', path, { headers, ...body })
    for (const set of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    return answer
  }
  const send = (path: string, form: Sent, more: Sent = {}) =>
    ask(path, { origin: ours, ...more }, form)
  const open = async (path: string) => parseHTML((await ask(path)).text).document
  /** Presses a button: sends its form with everything that stands in it, as a browser would. */
  const press = async (path: string, label: string, typed: Sent = {}) => {
    const page = await open(path)
    const button = [...page.querySelectorAll('button')].find((one) => told(one) === label)
    const form = button?.closest('form')
    if (!button || !form) throw new Error(`${path} has no button ${label}`)
    const fields = [...form.querySelectorAll('input')].map((input) => [
      input.getAttribute('name') ?? '',
      input.getAttribute('value') ?? '',
    ])
    const own = button.getAttribute('name')
    const said = own === null ? {} : { [own]: button.getAttribute('value') ?? '' }
    const sent = { ...Object.fromEntries(fields), ...said, ...typed }
    const answer = await send(form.getAttribute('action') ?? '', sent, {
      referer: `${ours}${path}`,
    })
    const next = await open(answer.headers.get('location') ?? '')
    return told(next.querySelector('.outcome'))
  }
  const csrf = async () =>
    (await open('/')).querySelector('[name=csrf]')?.getAttribute('value') ?? ''
  const logIn = () => send('/login', { password })
  return { door, ask, send, open, press, csrf, logIn, cookies }
}

/** The words of a piece of a page, as somebody reads them. */
export function told(root: { textContent: string | null } | null): string {
  return (root?.textContent ?? '').replace(/\s+/g, ' ').trim()
}
