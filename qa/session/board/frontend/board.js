// The board: keeps one view an item key and changes what differs from the last message.
import { make, setAttribute } from "./dom.js"
import { modeOf } from "./colours.js"
import { makeChart } from "./chart.js"
import { joinSteps } from "./history.js"
import { changed, join, leave } from "./presentation.js"
import { makeHeading, makeSentences } from "./sentences.js"
import { makeTable } from "./table.js"
import { makeTile } from "./tile.js"
import { setWords } from "./words.js"

const MAKERS = { tile: makeTile, chart: makeChart, table: makeTable, sentences: makeSentences, heading: makeHeading }
const boards = new WeakMap()

// Streamlit calls this at each message and each change of theme; it calls what comes back when the element goes.
export default function render({ data, parentElement, setTriggerValue }) {
  const board = boards.get(parentElement) ?? open(parentElement)
  board.trigger = setTriggerValue
  if (data) show(board, data)
  return () => close(board)
}

function open(parent) {
  joinSteps()
  const grid = make("div", "qb-items")
  const element = make("div", "qb", grid)
  const board = { element, grid, parent, views: new Map(), order: [], mode: "", message: null, trigger: null }
  parent.append(element)
  boards.set(parent, board)
  join(board)
  return board
}

function close(board) {
  for (const view of board.views.values()) {
    view.remove()
    view.element.remove()
  }
  board.element.remove()
  boards.delete(board.parent)
  leave(board)
}

function show(board, data) {
  const mode = modeOf(board.element)
  const themed = mode !== board.mode
  board.mode = mode
  setAttribute(board.element, "data-mode", mode)
  if (data !== board.message) draw(board, data)
  else if (themed) {
    board.views.forEach(view => recolour(view, mode))
    changed()
  }
}

// Reading takes a moment: what a newer message or a closed board has overtaken is not drawn any more.
async function draw(board, data) {
  board.message = data
  const message = await read(data)
  if (board.message !== data || boards.get(board.parent) !== board) return
  update(board, message)
  changed()
}

function read(data) {
  // Not by a Blob, whose bytes another process keeps.
  const bytes = new ReadableStream({
    start(controller) {
      controller.enqueue(data)
      controller.close()
    },
  })
  return new Response(bytes.pipeThrough(new DecompressionStream("deflate"))).json()
}

function recolour(view, mode) {
  view.themed(mode)
  view.mode = mode
}

function update(board, { items, words }) {
  const reworded = setWords(words)
  const send = (kind, item, payload = null) => board.trigger("event", { kind, item, payload })
  dropAllBut(board, items)
  let place = board.grid.firstChild
  board.order = []
  for (const { key, type, digest, body } of items) {
    const view = board.views.get(key) ?? add(board, key, type, send)
    const element = view.holder ?? view.element // on the stage of a presentation an empty one stands in
    board.order.push(view)
    if (element === place) place = place.nextSibling
    else board.grid.insertBefore(element, place)
    if (view.digest === digest && view.mode === board.mode && !reworded) continue
    view.update(body, board.mode)
    view.digest = digest
    view.mode = board.mode
  }
  setAttribute(board.element, "data-drawn", items.length)
}

function add(board, key, type, send) {
  const view = MAKERS[type](key, send)
  view.type = type
  setAttribute(view.element, "data-key", key)
  board.views.set(key, view)
  return view
}

function dropAllBut(board, items) {
  const kept = new Map(items.map(item => [item.key, item.type]))
  for (const [key, view] of board.views) {
    if (kept.get(key) === view.type) continue
    view.remove()
    view.element.remove()
    view.holder?.remove()
    board.views.delete(key)
  }
}
