// A list of plain sentences, and the headings between items.
import { make, makeMark, setAttribute, setClass, setMark, setText, textWidth } from "./dom.js"
import { makeCard, plainView, setCard, setToolbar } from "./toolbar.js"

// On a slide, in pixels: what a line holds, how high it is, what is between two sentences and above the first.
const SLIDE = { text: 20, room: 560, line: 29, gap: 21, head: 70 }

export function makeSentences(key, send) {
  const card = makeCard("qb-sentences")
  const list = make("ul", "qb-list")
  const empty = make("p", "qb-empty")
  card.body.append(list, empty)
  const lines = new Map()
  let subject = ""
  return {
    ...plainView(card.element),
    fills: () => lines.size > 0,
    lines: () => lines.size,
    subject: () => subject,
    needs: () => ({ width: 0, height: [...lines.values()].reduce((sum, line) => sum + heightOf(line.text.textContent), SLIDE.head) }),
    update(body) {
      subject = body.subject
      setCard(card, body)
      setToolbar(card.toolbar, body.actions, { proof: () => send("proof", key), open: () => send("open", key), print: () => print() }, body.title)
      setText(empty, body.items.length ? "" : body.empty)
      const wanted = body.items.map(item => setLine(lines, item, () => send("open", key, item[0])))
      if (wanted.some((line, at) => list.children[at] !== line) || list.children.length !== wanted.length) list.replaceChildren(...wanted)
      for (const [name, line] of lines) if (!wanted.includes(line.element)) lines.delete(name)
    },
  }
}

function heightOf(text) {
  return Math.ceil((textWidth(text) * SLIDE.text) / SLIDE.room) * SLIDE.line + SLIDE.gap
}

function setLine(lines, [key, text, mark, opens], onOpen) {
  if (!lines.has(key)) lines.set(key, makeLine())
  const line = lines.get(key)
  setMark(line.mark, mark)
  setText(line.text, text)
  line.text.onclick = opens ? onOpen : null
  line.text.disabled = !opens
  setClass(line.text, "qb-link", opens)
  return line.element
}

function makeLine() {
  const mark = makeMark()
  const text = make("button", "qb-sentence")
  text.type = "button"
  return { element: make("li", "", mark, text), mark, text }
}

export function makeHeading() {
  const text = make("h2", "qb-heading-text")
  const note = make("p", "qb-caption")
  const element = make("div", "qb-heading", text, note)
  setAttribute(element, "data-width", "full")
  return {
    ...plainView(element),
    fills: () => false,
    heading: () => text.textContent,
    update(body) {
      setText(text, body.text)
      setText(note, body.note)
    },
  }
}
