// Installed before any script of a page. "Drawn": the figures expected are on screen, every chart on screen is painted (after a click: painted
// since), no request is under way, no spinner turns, and all that still holds 600 ms later, which are not counted.
(() => {
  if (window.bench) return
  const bench = (window.bench = { clicked: 0, underway: 0, known: new WeakSet() })
  for (const name of ["clearRect", "fillRect", "stroke", "fill", "fillText", "drawImage"]) {
    const original = CanvasRenderingContext2D.prototype[name]
    CanvasRenderingContext2D.prototype[name] = function (...given) {
      this.canvas.paintedAt = Date.now()
      return original.apply(this, given)
    }
  }
  const fetched = window.fetch
  window.fetch = function (asked, ...rest) {
    const counts = !(bench.ignored && bench.ignored.test(String(asked?.url ?? asked)))
    bench.underway += counts
    return fetched.call(this, asked, ...rest).finally(() => { bench.underway -= counts })
  }
  const sent = XMLHttpRequest.prototype.send
  XMLHttpRequest.prototype.send = function (...given) {
    bench.underway += 1
    this.addEventListener("loadend", () => { bench.underway -= 1 })
    return sent.apply(this, given)
  }
  addEventListener("mousedown", () => { bench.clicked = Date.now() }, true)

  const all = selector => (selector ? [...document.querySelectorAll(selector)] : [])
  const visible = element => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden"

  // Watch the charts from now on: a click is about to change them.
  bench.watch = selector => all(selector).forEach(chart => {
    bench.known.add(chart)
    chart.watched ??= new MutationObserver(() => { chart.changedAt = Date.now() })
    chart.watched.observe(chart, { subtree: true, childList: true, characterData: true, attributes: true })
    bench.clicked = 0
  })

  const fresh = (chart, since) => !since || chart.changedAt >= since || !bench.known.has(chart)
    || [...chart.querySelectorAll("canvas")].some(canvas => canvas.paintedAt >= since)
  const painted = chart => [...chart.querySelectorAll("canvas, svg")].some(drawing => {
    const { width, height } = drawing.getBoundingClientRect()
    return width > 150 && height > 80 && (drawing.tagName !== "CANVAS" || drawing.paintedAt)
  })
  const text = selector => all(selector).map(element => element.textContent).join(" | ")

  const missing = ({ tiles, charts, table, busy }, wanted, since) => {
    const boxes = all(charts).filter(chart => chart.getBoundingClientRect().top < innerHeight), figures = text(tiles), rows = text(table)
    return [
      ...wanted.tiles.filter(figure => !figures.includes(figure)),
      ...wanted.table.filter(figure => !rows.includes(figure)),
      ...(boxes.length >= 4 && boxes.filter(painted).length >= 4 && boxes.every(chart => fresh(chart, since)) ? [] : [`charts (${boxes.length})`]),
      ...(bench.underway === 0 && !all(busy).some(visible) ? [] : ["still busy"]),
    ]
  }

  // The moment (Date.now) the page was drawn; what is missing where that takes too long. After a click "since" is true.
  bench.drawn = async (selectors, wanted, afterClick) => {
    if (selectors.ignored) bench.ignored = new RegExp(selectors.ignored)
    const began = Date.now()
    let since = 0
    for (;;) {
      const lacks = missing(selectors, wanted, afterClick ? bench.clicked || Infinity : 0)
      const now = Date.now()
      if (lacks.length) since = 0
      else since ||= now
      if (since && now - since >= 600) return { at: since, clicked: bench.clicked }
      if (now - began > 120000) return { lacks }
      await new Promise(go => setTimeout(go, 40))
    }
  }
})()
