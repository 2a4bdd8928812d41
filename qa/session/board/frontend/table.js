// A table that stays fast with thousands of rows: only the rows in view are elements, and they are used again.
import { icon, make, makeMark, setAttribute, setClass, setIcon, setMark, setText, textWidth } from "./dom.js"
import { makeCard, setCard, setToolbar } from "./toolbar.js"
import { arrange } from "./sorting.js"
import { word } from "./words.js"

const ROW_HEIGHT = 34
const TALL_ROW_HEIGHT = 48
const SPARE_ROWS = 6
const FILTER_FROM = 9 // shorter tables are read at a glance
const LONGEST_HEADING_LINE = 7.5 // em
const UNSURE = ["uncertain", "too_few"] // beside a value these are an icon: said in words in every cell they would drown the rest

export function makeTable(key, send) {
  const card = makeCard("qb-table")
  const box = make("input", "qb-filter")
  box.type = "search"
  const count = make("span", "qb-count")
  count.setAttribute("aria-live", "polite")
  const widths = make("colgroup")
  const head = make("tr")
  const before = make("tr", "qb-space")
  const after = make("tr", "qb-space")
  const rows = make("tbody", "", before, after)
  const grid = make("table", "qb-grid-table", widths, make("thead", "", head), rows)
  grid.setAttribute("role", "grid")
  const scroller = make("div", "qb-scroller", grid)
  const empty = make("p", "qb-empty")
  const tools = make("div", "qb-tools", box, count)
  card.body.append(tools, scroller, empty)
  const table = {
    key, send, card, box, count, tools, widths, head, before, after, rows, grid, scroller, empty,
    pool: [], body: null, shown: [], first: 0, current: 0, all: false,
    order: { query: "", sortBy: "", descending: false, chosen: false },
  }
  listen(table)
  const print = { before: () => printed(table, true), after: () => printed(table, false) }
  addEventListener("beforeprint", print.before)
  addEventListener("afterprint", print.after)
  return {
    element: card.element,
    update: body => update(table, body),
    themed() {},
    remove() {
      removeEventListener("beforeprint", print.before)
      removeEventListener("afterprint", print.after)
    },
  }
}

function listen(table) {
  table.box.oninput = () => {
    table.order.query = table.box.value.trim()
    rearrange(table)
    table.scroller.scrollTop = 0
  }
  table.scroller.onscroll = () => requestAnimationFrame(() => fill(table))
  table.rows.onclick = event => {
    const line = event.target.closest("tr[data-at]")
    if (line && !getSelection().toString()) openRow(table, Number(line.dataset.at))
  }
  table.rows.onkeydown = event => pressed(table, event)
}

function update(table, body) {
  const sameColumns = table.body && JSON.stringify(table.body.columns) === JSON.stringify(body.columns)
  table.body = body
  table.rowHeight = body.rows.some(row => row[1].some(cell => cell[2])) ? TALL_ROW_HEIGHT : ROW_HEIGHT
  setCard(table.card, body)
  setToolbar(table.card.toolbar, body.actions, { proof: () => table.send("proof", table.key), open: () => table.send("open", table.key) }, body.title)
  if (!table.order.chosen) {
    table.order.sortBy = body.sorted_by.replace(/^-/, "")
    table.order.descending = body.sorted_by.startsWith("-")
  }
  if (!sameColumns) buildHead(table)
  setWidths(table)
  setAttribute(table.grid, "aria-label", body.title)
  setAttribute(table.grid, "aria-colcount", body.columns.length)
  setAttribute(table.box, "placeholder", word("filter"))
  setAttribute(table.box, "aria-label", `${word("filter")}: ${body.title}`)
  table.tools.hidden = !body.tools || (body.rows.length < FILTER_FROM && !table.order.query)
  setClass(table.grid, "qb-record", !body.tools)
  table.scroller.style.maxHeight = `${body.height}px`
  table.grid.style.setProperty("--qb-row", `${table.rowHeight}px`)
  setClass(table.grid, "qb-tall", table.rowHeight === TALL_ROW_HEIGHT)
  rearrange(table)
}

function buildHead(table) {
  table.head.replaceChildren(...table.body.columns.map(([key, label, align, , hint], at) => {
    const button = make("button", "qb-sort", make("span", "", label), icon("none"))
    button.type = "button"
    button.onclick = () => sortBy(table, key)
    const cell = make("th", `qb-${align}`, button)
    cell.scope = "col"
    cell.dataset.column = key
    setAttribute(cell, "aria-colindex", at + 1)
    if (hint) cell.title = hint
    return cell
  }))
  for (const line of table.pool) line.element.remove()
  table.pool = []
}

// Widths from the longest text of each column over all rows, so that scrolling never moves a column.
function setWidths(table) {
  const { columns, rows, marks } = table.body
  const markWidths = [0, ...marks.map(mark => textWidth(mark[1]) + 2)]
  const iconWidths = [0, ...marks.map((mark, at) => (UNSURE.includes(mark[0]) ? 2 : markWidths[at + 1]))]
  const isTall = table.rowHeight === TALL_ROW_HEIGHT
  const ems = columns.map(([, label], at) => {
    let most = headWidth(label)
    for (const row of rows) {
      const [text, , detail, mark = 0] = row[1][at]
      const under = detail ? textWidth(detail) * 0.86 : 0
      most = Math.max(most, text && isTall ? Math.max(textWidth(text), (detail ? iconWidths : markWidths)[mark] + under) : Math.max(textWidth(text) + markWidths[mark], under))
    }
    return Math.min(most, 26) + 1.15
  })
  const total = ems.reduce((sum, width) => sum + width, 0)
  if (table.widths.children.length !== columns.length) table.widths.replaceChildren(...columns.map(() => make("col")))
  ems.forEach((width, at) => (table.widths.children[at].style.width = `${((width / total) * 100).toFixed(2)}%`))
  table.grid.style.minWidth = `${total.toFixed(1)}em`
}

// A long heading takes two lines rather than push other columns out of sight.
function headWidth(label) {
  const whole = textWidth(label)
  const words = label.split(/[\s-]/).map(textWidth)
  return 0.9 * (whole > LONGEST_HEADING_LINE ? Math.max(whole * 0.6, ...words) : whole) + 1.1
}

function sortBy(table, key) {
  const { order } = table
  const numeric = table.body.columns.find(column => column[0] === key)[3] !== "text"
  if (order.sortBy !== key) Object.assign(order, { sortBy: key, descending: numeric })
  else if (order.descending === numeric) order.descending = !order.descending
  else Object.assign(order, { sortBy: "", descending: false })
  order.chosen = true
  rearrange(table)
}

function rearrange(table) {
  const { rows, empty } = table.body
  table.shown = arrange(table.body, table.order)
  table.current = Math.min(table.current, Math.max(table.shown.length - 1, 0))
  setAttribute(table.grid, "aria-rowcount", table.shown.length + 1)
  const counts = { shown: table.shown.length, all: rows.length }
  setText(table.count, word(counts.shown === counts.all ? "rows_all" : "rows", counts))
  setText(table.empty, table.shown.length ? "" : rows.length ? word("no_match") : empty)
  setClass(table.scroller, "qb-hidden", rows.length === 0)
  nameSorting(table)
  fill(table, true)
}

function nameSorting({ head, order, body }) {
  ;[...head.children].forEach((cell, at) => {
    const active = cell.dataset.column === order.sortBy
    const direction = order.descending ? "descending" : "ascending"
    setAttribute(cell, "aria-sort", active ? direction : "none")
    setIcon(cell.querySelector("svg"), active ? (order.descending ? "worse" : "better") : "none")
    setAttribute(cell.firstChild, "aria-label", `${body.columns[at][1]}. ${active ? word(`sort_${direction}`) : word("sort", { column: body.columns[at][1] })}`)
  })
}

// Puts the rows in view into the lines of the pool; spacers keep the scroll bar honest.
function fill(table) {
  const { shown, rowHeight, scroller, body } = table
  const inView = table.all ? shown.length : Math.ceil(body.height / rowHeight) + 2 * SPARE_ROWS
  const size = Math.min(inView, shown.length)
  const from = Math.floor(scroller.scrollTop / rowHeight) - SPARE_ROWS
  table.first = table.all ? 0 : Math.max(0, Math.min(from, shown.length - size))
  growPool(table, size)
  table.before.style.height = `${table.first * rowHeight}px`
  table.after.style.height = `${(shown.length - table.first - size) * rowHeight}px`
  for (let at = 0; at < size; at++) fillLine(table, table.pool[at], table.first + at)
}

function growPool(table, size) {
  while (table.pool.length < size) {
    const line = makeLine(table)
    table.pool.push(line)
    table.after.before(line.element)
  }
  table.pool.forEach((line, at) => (line.element.hidden = at >= size))
}

function makeLine({ body }) {
  const cells = body.columns.map(([, , align], at) => {
    const text = make("span", "qb-cell-text")
    const mark = makeMark()
    const detail = make("small", "qb-detail")
    const element = make(at === 0 ? "th" : "td", `qb-${align}`, text, make("span", "qb-under", mark, detail))
    if (at === 0) element.scope = "row"
    setAttribute(element, "aria-colindex", at + 1)
    return { element, text, mark, detail }
  })
  return { element: make("tr", "", ...cells.map(cell => cell.element)), cells, row: null }
}

function fillLine(table, line, at) {
  const row = table.shown[at]
  const { element } = line
  setAttribute(element, "data-at", at)
  setAttribute(element, "aria-rowindex", at + 2)
  setAttribute(element, "tabindex", at === table.current ? 0 : -1)
  setClass(element, "qb-opens", opens(table, row))
  if (line.row === row) return
  line.row = row
  row[1].forEach((cell, column) => fillCell(line.cells[column], cell, table.body.marks))
}

function fillCell(parts, [text, , detail, mark], marks) {
  setText(parts.text, text)
  if (parts.text.title !== text) parts.text.title = text
  setText(parts.detail, detail ?? "")
  setMark(parts.mark, mark ? marks[mark - 1] : null)
  setAttribute(parts.mark, "title", mark ? marks[mark - 1][1] : null)
}

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }

function pressed(table, event) {
  if (event.key === "Enter" || event.key === " ") openRow(table, table.current)
  else if (event.key in STEPS) moveTo(table, table.current + STEPS[event.key])
  else return
  event.preventDefault()
}

function moveTo(table, wanted) {
  const { scroller, rowHeight, head } = table
  table.current = Math.max(0, Math.min(table.shown.length - 1, wanted))
  const top = table.current * rowHeight
  const room = scroller.clientHeight - head.offsetHeight - rowHeight
  if (top < scroller.scrollTop) scroller.scrollTop = top
  else if (top > scroller.scrollTop + room) scroller.scrollTop = top - room
  fill(table)
  table.pool[table.current - table.first]?.element.focus({ preventScroll: true })
}

function openRow(table, at) {
  table.current = at
  fill(table)
  const row = table.shown[at]
  if (row && opens(table, row)) table.send("row", table.key, row[0])
}

// A row without a key has nothing behind it.
function opens({ body }, row) {
  return body.opens && row[0] !== ""
}

// On paper every row is shown.
function printed(table, all) {
  table.all = all
  if (table.body) fill(table)
}
