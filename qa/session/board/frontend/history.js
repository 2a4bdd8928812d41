// One step of the viewer is one entry of the browser's history. Going to another page with other parameters, Streamlit
// makes two: the old page with the new parameters, then the new page. The second takes the first one's place here.

let pushed = { at: -Infinity, path: "" }
let touched = 0

export function joinHalfSteps() {
  if (window.qbHistory) return
  window.qbHistory = true
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => (touched = performance.now()), { capture: true })
  addEventListener("popstate", () => (pushed = { at: -Infinity, path: "" }), { capture: true })
  const push = history.pushState.bind(history)
  history.pushState = (state, unused, address) => {
    const wanted = new URL(address ?? "", location.href)
    const isSecondHalf = pushed.at > touched && pushed.path === location.pathname && wanted.pathname !== location.pathname && wanted.search === location.search
    if (isSecondHalf) history.replaceState(state, unused, address)
    else push(state, unused, address)
    pushed = { at: isSecondHalf ? -Infinity : performance.now(), path: location.pathname }
  }
}
