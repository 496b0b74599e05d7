import { html } from 'hono/html'
import { Problem, sentenceOf } from '../../locale/problem.ts'
import type { Markup } from '../markup.ts'
import type { Web } from '../routes.ts'
import { shown } from '../shown.ts'
import type { Turns } from '../turns.ts'
import { frame, hidden, type View } from './frame.ts'
import { makePreview } from './preview-made.ts'
import { previewSections } from './preview-posts.ts'
import type { Asked } from './preview-subject.ts'

const SECONDS = 30

/** The form by itself; `url` may be filled in. */
export function previewPage(view: View, url: string): Markup {
  return pageOf(view, { url, json: '' }, null, html``)
}

/** What a form asks for, drawn; beside the form what was wrong with it. */
export async function previewAsked(
  web: Web,
  view: View,
  asked: Asked,
  turns: Turns,
): Promise<{ page: Markup; status: 200 | 422 | 429 }> {
  const { preview } = view.words
  const refused = (wrong: Wrong, status: 422 | 429 = 422) => ({
    page: pageOf(view, asked, wrong, html``),
    status,
  })
  if (asked.url === '' && asked.json.trim() === '') {
    return refused({ sentence: preview.nothingNamed, field: 'url' })
  }
  const end = turns.take(view.session.csrf)
  if (end === null) return refused({ sentence: preview.busy, field: null }, 429)
  const signal = AbortSignal.timeout(SECONDS * 1000)
  try {
    const made = await makePreview(web, asked, signal)
    const page = pageOf(view, asked, null, await previewSections(web, view, made))
    return { page, status: 200 }
  } catch (error) {
    if (signal.aborted)
      return refused({ sentence: preview.late({ seconds: SECONDS }), field: null })
    if (!(error instanceof Problem)) throw error
    const field = asked.json.trim() === '' ? 'url' : 'json'
    return refused({ sentence: sentenceOf(view.words, error), field })
  } finally {
    end()
  }
}

/** What was wrong with a form, and with which of its fields. */
interface Wrong {
  sentence: string
  field: 'url' | 'json' | null
}

function pageOf(view: View, asked: Asked, wrong: Wrong | null, posts: Markup): Markup {
  const { preview } = view.words
  return frame(
    view,
    { place: 'preview', title: preview.title },
    html`<h1>${preview.title}</h1>
      <p class="faint">${preview.lead}</p>
      ${form(view, asked, wrong)} ${posts}`,
  )
}

function form({ words, session }: View, { url, json }: Asked, wrong: Wrong | null): Markup {
  const { preview } = words
  const marks = (field: Wrong['field']) =>
    wrong?.field === field ? html`aria-invalid="true" aria-describedby="wrong"` : ''
  return html`<form method="post" action="/preview" enctype="multipart/form-data" class="ask">
    ${hidden(session)}
    ${wrong === null ? '' : html`<p class="outcome" id="wrong" role="alert" dir="auto">${shown(wrong.sentence, 600)}</p>`}
    <label for="url">${preview.address}</label>
    <div class="line">
      <input
        id="url"
        name="url"
        type="url"
        maxlength="2000"
        placeholder="https://"
        value="${url}"
        ${marks('url')}
      />
      <button class="main">${preview.show}</button>
    </div>
    <details ${json === '' ? '' : 'open'}>
      <summary>${preview.json}</summary>
      <textarea
        id="json"
        name="json"
        rows="8"
        spellcheck="false"
        aria-label="${preview.json}"
        ${marks('json')}
      >
${json}</textarea>
      <label
        >${preview.file} <input name="file" type="file" accept="application/json,.json"
      /></label>
    </details>
  </form>`
}
