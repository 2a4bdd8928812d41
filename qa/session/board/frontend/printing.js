// Paper: before the browser lays out the sheet the page takes its width, and what is drawn by hand is drawn anew for it. All
// of it happens within the event, whatever opened the dialog: the browser does not wait.
const SHEET = "qa-sheet"
const redraws = new Set()

addEventListener("beforeprint", () => turn(true))
addEventListener("afterprint", () => turn(false))

// `redraw(onPaper)` is called when printing begins and when it is over, until the function returned is called.
export function whenPrinted(redraw) {
  redraws.add(redraw)
  return () => redraws.delete(redraw)
}

function turn(onPaper) {
  document.body.classList.toggle(SHEET, onPaper)
  for (const redraw of redraws) redraw(onPaper)
}
