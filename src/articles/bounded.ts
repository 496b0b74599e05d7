import { Tokenizer } from 'htmlparser2'

/** More than any article has; a tree costs hundreds of bytes a tag, and an unclosed tag costs every later one. */
const longest = 2_000_000
const mostTags = 16_000
const deepest = 1_000
/** Elements without an end, or whose end authors may leave out. */
const endless = new Set(
  (
    'area base br col embed hr img input link meta source track wbr p li dt dd tr td th thead tbody tfoot option ' +
    'optgroup rp rt body html head'
  ).split(' '),
)

/** The beginning of a page that can be parsed in little time and memory: not too long, not too deep. */
export function bounded(html: string): string {
  const text = html.slice(0, longest)
  let end = text.length
  let tags = 0
  let depth = 0
  const stopAt = (index: number) => {
    end = index
    tokenizer.pause()
  }
  const nothing = () => {}
  const tokenizer = new Tokenizer(
    { recognizeSelfClosing: true },
    {
      onopentagname(start, stop) {
        if (end < text.length) return
        tags++
        if (!endless.has(text.slice(start, stop).toLowerCase())) depth++
        if (tags > mostTags || depth > deepest) stopAt(start - 1)
      },
      onclosetag(start, stop) {
        if (!endless.has(text.slice(start, stop).toLowerCase())) depth = Math.max(0, depth - 1)
        if (end === text.length && ++tags > mostTags) stopAt(start - 2)
      },
      onselfclosingtag() {
        depth = Math.max(0, depth - 1)
      },
      onattribdata: nothing,
      onattribentity: nothing,
      onattribend: nothing,
      onattribname: nothing,
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onend: nothing,
      onopentagend: nothing,
      onprocessinginstruction: nothing,
      ontext: nothing,
      ontextentity: nothing,
    },
  )
  tokenizer.write(text)
  return text.slice(0, end)
}
