// What a presentation shows on one screen each: the items of all boards of the page, in their order.

const TILES_A_SCREEN = 6

// The slides: {board, views}; tiles that follow each other share one, what is empty has none.
export function slidesOf(boards) {
  return inPage(boards).flatMap(board => grouped(board.order.filter(view => view.fills())).map(views => ({ board, views })))
}

// The boards as they follow each other on the page; those in a dialog are no part of it.
function inPage(boards) {
  const follows = (left, right) => (left.element.compareDocumentPosition(right.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1)
  return [...boards].filter(board => board.element.isConnected && !board.element.closest("[role=dialog]")).sort(follows)
}

function grouped(views) {
  const groups = []
  for (const view of views) {
    const last = groups.at(-1)
    const joins = view.type === "tile" && last?.[0].type === "tile" && last.length < TILES_A_SCREEN
    if (joins) last.push(view)
    else groups.push([view])
  }
  return groups
}

// How many columns so many tiles stand in.
export function columnsFor(count) {
  return count < 4 ? count : count === 4 ? 2 : 3
}
