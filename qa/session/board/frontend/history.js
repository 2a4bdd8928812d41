// One step of the viewer is one entry of the browser's history. Streamlit makes two when a click goes to another page with
// other parameters (the old page with the new parameters, then the new page), and the board when a choice of the page is
// not possible there and is corrected. What comes after the first without a touch between takes the first one's place:
// an entry to be corrected again would let nobody back past it.

// Whoever narrows the view by a click on the board, far down the page, goes on reading at its top, where it says what is shown now.
const PLACES = ["center", "team", "queue", "agent"]

let isStepMade = false
let isOnBoard = false

export function joinSteps() {
  if (window.qbHistory) return
  window.qbHistory = true
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, touched, { capture: true })
  addEventListener("popstate", () => (isStepMade = true), { capture: true })
  const push = history.pushState.bind(history)
  history.pushState = (...entry) => {
    const before = places()
    if (isStepMade) history.replaceState(...entry)
    else push(...entry)
    isStepMade = true
    if (isOnBoard && places() !== before) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
  }
}

function touched({ target }) {
  isStepMade = false
  isOnBoard = Boolean(target.closest?.(".qb"))
}

function places() {
  const parameters = new URLSearchParams(location.search)
  return PLACES.map(name => parameters.getAll(name).join()).join("/")
}
