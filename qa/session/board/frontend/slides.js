// What a presentation shows on one screen each: the items of all boards of the page, in their order.

const TILES_A_SCREEN = 6
const TILES_A_ROW = 3
const LINES_ABOVE_TILES = 4
const LINES_ABOVE_TWO_ROWS = 2

// The slides: {board, views, heading}; tiles that follow each other share one, below the few sentences before them; what is empty has none.
export function slidesOf(boards) {
  return inPage(boards).flatMap(board => {
    const headings = headingsOf(board.order)
    return grouped(board.order.filter(view => view.fills())).map(views => ({ board, views, heading: common(views.map(view => headings.get(view))) }))
  })
}

// What the page is about, where it says so itself.
export function subjectOf(boards) {
  return inPage(boards).flatMap(board => board.order.map(view => view.subject?.() ?? "")).find(Boolean) ?? ""
}

// The boards as they follow each other on the page; those in a dialog are no part of it.
function inPage(boards) {
  const follows = (left, right) => (left.element.compareDocumentPosition(right.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1)
  return [...boards].filter(board => board.element.isConnected && !board.element.closest("[role=dialog]")).sort(follows)
}

// The heading each item stands under: a slide shows it below.
function headingsOf(views) {
  const found = new Map()
  let heading = ""
  for (const view of views) {
    if (view.type === "heading") heading = view.heading()
    found.set(view, heading)
  }
  return found
}

function common(texts) {
  return texts.every(text => text === texts[0]) ? texts[0] : ""
}

function grouped(views) {
  const groups = []
  for (const view of views) {
    const last = groups.at(-1)
    if (view.type === "tile" && last && last.length < mostOf(last)) last.push(view)
    else groups.push([view])
  }
  return groups
}

// How many items a slide that begins like this can hold.
function mostOf([first]) {
  if (first.type === "tile") return TILES_A_SCREEN
  if (first.type !== "sentences" || first.lines() > LINES_ABOVE_TILES) return 1
  return 1 + (first.lines() > LINES_ABOVE_TWO_ROWS ? TILES_A_ROW : TILES_A_SCREEN)
}

// How many columns so many tiles stand in.
export function columnsFor(count) {
  return count < 4 ? count : count === 4 ? 2 : TILES_A_ROW
}
