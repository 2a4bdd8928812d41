// A chart: one Plotly figure, redrawn in place where it is seen or nearly so, with its table and its picture.
import { make, setClass, setText } from "./dom.js"
import { figureTable } from "./figure_table.js"
import { dressed } from "./layout.js"
import { setLegend } from "./legend.js"
import { downloadPicture } from "./picture.js"
import { loadPlotly, plotlyNow } from "./plotly.js"
import { whenPrinted } from "./printing.js"
import { makeCard, nameButton, plainView, setCard, setToolbar } from "./toolbar.js"
import { word } from "./words.js"

// Of a chart higher than usual as much is shown on one screen of a presentation as can still be read.
const HIGH = 420
const HIGHEST = 900
const FRAME = 110
const LEAST = 160
const NEAR = "600px 0px" // beyond what is seen: drawn before it is scrolled to
const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, showTips: false }

export function makeChart(key, send) {
  const card = makeCard("qb-chart")
  const legend = make("div", "qb-legend")
  const plot = make("div", "qb-plot")
  const empty = make("p", "qb-empty")
  const table = make("div", "qb-figure-table")
  card.body.append(legend, plot, empty, table)
  const chart = {
    key, send, card, legend, plot, empty, table,
    body: null, mode: "light", width: 0, height: 0, onStage: false, near: false, stale: false, asTable: false, drawn: false, hidden: new Set(),
  }
  const handlers = {
    proof: () => send("proof", key),
    open: () => send("open", key),
    table: () => turn(chart),
    image: () => plotlyNow() && downloadPicture(plotlyNow(), shownFigure(chart), chart.body.title, chart.mode),
  }
  const sizes = new ResizeObserver(entries => resized(chart, Math.floor(entries[0].contentRect.width)))
  sizes.observe(card.body)
  const sight = new IntersectionObserver(entries => approached(chart, entries.at(-1).isIntersecting), { rootMargin: NEAR, scrollMargin: NEAR })
  sight.observe(card.element)
  const stopPrinting = whenPrinted(onPaper => printed(chart, onPaper))
  return {
    ...plainView(card.element),
    fills: () => chart.body.figure !== null,
    needs: () => ({ width: 0, height: chart.body.height > HIGH ? Math.min(chart.body.height + FRAME, HIGHEST) : 0 }),
    staged: on => staged(chart, on),
    update: (body, mode) => update(chart, body, mode, handlers),
    themed: mode => draw(chart, mode),
    remove() {
      sizes.disconnect()
      sight.disconnect()
      stopPrinting()
      if (chart.drawn) plotlyNow()?.purge(chart.plot)
    },
  }
}

function update(chart, body, mode, handlers) {
  chart.body = body
  setCard(chart.card, body)
  const actions = body.figure ? body.actions : body.actions.filter(action => action !== "table" && action !== "image")
  setToolbar(chart.card.toolbar, actions, handlers, body.title)
  if (!chart.onStage) setHeight(chart, body.height)
  setText(chart.empty, body.figure ? "" : body.empty)
  chart.empty.style.minHeight = `${body.height}px`
  draw(chart, mode)
}

function turn(chart) {
  chart.asTable = !chart.asTable
  draw(chart, chart.mode)
}

function draw(chart, mode) {
  chart.mode = mode
  const { figure } = chart.body
  const asTable = chart.asTable && figure !== null
  nameTurn(chart)
  setClass(chart.table, "qb-hidden", !asTable)
  for (const part of [chart.plot, chart.legend]) setClass(part, "qb-hidden", asTable || figure === null)
  setClass(chart.empty, "qb-hidden", figure !== null)
  if (asTable) chart.table.replaceChildren(figureTable(figure, chart.body))
  else if (figure !== null) paint(chart)
}

function nameTurn(chart) {
  const button = [...chart.card.toolbar.children].find(one => one.dataset.action === "table")
  if (button) nameButton(button, chart.asTable ? "chart" : "table", `${word(chart.asTable ? "show_chart" : "show_table")}: ${chart.body.title}`)
}

function paint(chart) {
  chart.stale = !chart.near && !chart.onStage
  if (chart.stale) return
  const library = plotlyNow()
  if (library) return react(library, chart)
  loadPlotly().then(
    () => draw(chart, chart.mode),
    () => {
      setText(chart.empty, word("failed"))
      setClass(chart.empty, "qb-hidden", false)
      setClass(chart.plot, "qb-hidden", true)
    },
  )
}

function react(library, chart) {
  chart.width ||= Math.floor(chart.card.body.clientWidth)
  if (!chart.width) return // not laid out yet: the size observer calls again
  const { data, layout } = shownFigure(chart)
  setLegend(chart.legend, layout.showlegend ? data : [], chart.hidden, () => draw(chart, chart.mode))
  if (chart.onStage) fillStage(chart, layout)
  library.react(chart.plot, data, { ...layout, showlegend: false }, CONFIG)
  if (!chart.drawn) listen(chart)
  chart.drawn = true
}

// The figure as drawn now: colours of the mode, this card's size, without the lines that are switched off.
function shownFigure(chart) {
  return dressed(chart.body.figure, chart.mode, { width: chart.width, height: chart.height }, chart.hidden)
}

function setHeight(chart, height) {
  chart.height = height
  chart.plot.style.height = `${height}px`
}

// In a presentation a chart takes what its title, legend and caption leave of the screen.
function staged(chart, on) {
  chart.onStage = on
  if (!on) setHeight(chart, chart.body.height)
  chart.width = Math.floor(chart.card.body.clientWidth)
  draw(chart, chart.mode)
}

function fillStage(chart, layout) {
  setHeight(chart, 0)
  setHeight(chart, Math.max(chart.card.body.clientHeight - chart.legend.offsetHeight, LEAST))
  layout.height = chart.height
}

function listen(chart) {
  chart.plot.on("plotly_click", event => {
    const point = event.points[0]
    if (!point) return
    const meaning = chart.body.figure.data[point.curveNumber].customdata?.[point.pointNumber]
    chart.send("point", chart.key, meaning ?? [point.x, point.y])
  })
}

function approached(chart, near) {
  chart.near = near
  if (near && chart.stale) draw(chart, chart.mode)
}

// On paper everything is seen.
function printed(chart, onPaper) {
  chart.near ||= onPaper
  resized(chart, Math.floor(chart.card.body.clientWidth))
  approached(chart, chart.near)
}

function resized(chart, width) {
  if (!width || width === chart.width) return
  chart.width = width
  if (chart.body) draw(chart, chart.mode)
}
