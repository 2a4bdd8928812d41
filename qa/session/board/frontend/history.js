// One step of the viewer is one entry of the browser's history. Streamlit makes two when a click goes to another page with
// other parameters (the old page with the new parameters, then the new page), and the board when a choice of the page is
// not possible there and is corrected. What comes after the first without a touch between takes the first one's place:
// an entry to be corrected again would let nobody back past it.

let isStepMade = false

export function joinSteps() {
  if (window.qbHistory) return
  window.qbHistory = true
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => (isStepMade = false), { capture: true })
  addEventListener("popstate", () => (isStepMade = true), { capture: true })
  const push = history.pushState.bind(history)
  history.pushState = (...entry) => {
    if (isStepMade) history.replaceState(...entry)
    else push(...entry)
    isStepMade = true
  }
}
