// A table that stays fast with thousands of rows: only the rows in view are elements, and they are used again.
import { icon, make, makeMark, setAttribute, setClass, setIcon, setMark, setText, textWidth } from "./dom.js"
import { makeCard, plainView, setCard, setToolbar } from "./toolbar.js"
import { whenPrinted } from "./printing.js"
import { arrange, rowsOf } from "./sorting.js"
import { columnChoice, columnsFitting, columnsMenu, columnsShown, onlyMenu, saveMenu, toolActions } from "./table_tools.js"
import { word } from "./words.js"

const ROW_HEIGHT = 34
const TALL_ROW_HEIGHT = 48
const SPARE_ROWS = 6
const EM = 14 // px, as the style sheet has it
const FILTER_FROM = 9 // shorter tables are read at a glance
const LONGEST_HEADING_LINE = 7.5 // em
const BOLD = 1.08 // how much wider the first column's letters are
const QUIET = ["met", "uncertain", "too_few"] // beside a value these are an icon: said in words in every cell they would drown the rest

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
    pool: [], body: null, shown: [], at: [], aligned: [], minWidth: 0, height: 0, first: 0, current: 0, all: false, onStage: false,
    choice: columnChoice(key),
    order: { query: "", only: new Map(), sortBy: "", descending: false, chosen: false },
  }
  listen(table)
  const room = new ResizeObserver(() => refit(table))
  room.observe(scroller)
  const stopPrinting = whenPrinted(onPaper => printed(table, onPaper))
  return {
    ...plainView(card.element),
    fills: () => table.body.rows.length > 0,
    needs: () => ({ width: table.minWidth * EM + 40, height: 0 }),
    staged: on => staged(table, on),
    update: body => update(table, body),
    remove() {
      room.disconnect()
      stopPrinting()
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
    if (line && !getSelection().toString()) openRow(table, Number(line.dataset.at), event.target.closest("td, th")?.cellIndex)
  }
  table.rows.onkeydown = event => pressed(table, event)
}

function update(table, body) {
  const before = table.body?.columns
  table.body = { ...body, rows: rowsOf(body) }
  table.rowHeight = body.by_column.some(([, , details]) => details) ? TALL_ROW_HEIGHT : ROW_HEIGHT
  setCard(table.card, body)
  setToolbar(table.card.toolbar, [...toolActions(table.body), ...body.actions], handlers(table), body.title)
  if (!table.order.chosen) {
    table.order.sortBy = body.sorted_by.replace(/^-/, "")
    table.order.descending = body.sorted_by.startsWith("-")
  }
  table.ems = columnWidths(table)
  if (!isSame(before?.map(([key]) => key), body.columns.map(([key]) => key))) table.order.only.clear()
  if (isSame(before, body.columns) && fits(table)) setWidths(table)
  else buildColumns(table)
  setAttribute(table.grid, "aria-label", body.title)
  setAttribute(table.box, "placeholder", word("filter"))
  setAttribute(table.box, "aria-label", `${word("filter")}: ${body.title}`)
  table.box.hidden = body.keys.length < FILTER_FROM && !table.order.query
  setClass(table.grid, "qb-record", !body.tools)
  if (!table.onStage) setHeight(table, body.height)
  table.grid.style.setProperty("--qb-row", `${table.rowHeight}px`)
  setClass(table.grid, "qb-tall", table.rowHeight === TALL_ROW_HEIGHT)
  setClass(table.grid, "qb-cells", body.cells)
  // Of a table that is read without scrolling every row is an element: its words may take a second line rather than be cut.
  setClass(table.grid, "qb-short", body.keys.length * table.rowHeight <= body.height)
  rearrange(table)
}

function handlers(table) {
  const { send, key } = table
  return {
    proof: () => send("proof", key),
    open: () => send("open", key),
    columns: button => columnsMenu(table, button, () => {
      buildColumns(table)
      rearrange(table)
    }),
    only: button => onlyMenu(table, button, () => rearrange(table)),
    save: button => saveMenu(table, button),
  }
}

// The places of the columns to show: those chosen, or as many as there is room for.
function placesShown(table) {
  const { body, choice, ems, scroller } = table
  if (choice.hidden) return columnsShown(body, choice.hidden)
  return body.tools && scroller.clientWidth ? columnsFitting(ems, scroller.clientWidth / EM) : ems.map((_width, at) => at)
}

function fits(table) {
  return isSame(placesShown(table), table.at)
}

function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other)
}

// After the room has changed.
function refit(table) {
  if (!table.body || table.onStage || table.all || fits(table)) return
  buildColumns(table)
  rearrange(table)
}

// The heading of the columns shown; the lines below are made anew where their cells are others.
function buildColumns(table) {
  table.at = placesShown(table)
  setAttribute(table.grid, "aria-colcount", table.at.length)
  table.head.replaceChildren(...table.at.map((place, at) => {
    const [key, label, align, , hint] = table.body.columns[place]
    // A symbol such as n stays small; words begin with a capital.
    const button = make("button", "qb-sort", make("span", label.length === 1 ? "qb-symbol" : "", label), icon("none"))
    button.type = "button"
    button.onclick = () => sortBy(table, key)
    const cell = make("th", `qb-${align}`, button)
    cell.scope = "col"
    cell.dataset.column = key
    setAttribute(cell, "aria-colindex", at + 1)
    if (hint) cell.title = hint
    return cell
  }))
  const aligned = table.at.map(place => table.body.columns[place][2])
  if (!isSame(table.aligned, aligned)) {
    for (const line of table.pool) line.element.remove()
    table.pool = []
  }
  for (const line of table.pool) line.row = null
  table.aligned = aligned
  setWidths(table)
}

// How wide each column is, in em: its longest text over all rows, so that scrolling never moves a column.
function columnWidths({ body, rowHeight }) {
  const { columns, rows, marks } = body
  const markWidths = [0, ...marks.map(mark => textWidth(mark[1]) + 2)]
  const iconWidths = [0, ...marks.map((mark, at) => (body.cells || QUIET.includes(mark[0]) ? 2 : markWidths[at + 1]))]
  const isTall = rowHeight === TALL_ROW_HEIGHT
  return columns.map(([, label], at) => {
    let most = headWidth(label)
    for (const row of rows) {
      const [text, , detail, mark = 0] = row[1][at]
      const under = detail ? textWidth(detail) * 0.86 : 0
      most = Math.max(most, text && isTall ? Math.max(textWidth(text), (detail ? iconWidths : markWidths)[mark] + under) : Math.max(textWidth(text) + markWidths[mark], under))
    }
    return Math.min(at === 0 ? most * BOLD : most, 26) + 1.15
  })
}

function setWidths(table) {
  const ems = table.at.map(at => table.ems[at])
  const total = ems.reduce((sum, width) => sum + width, 0)
  if (table.widths.children.length !== ems.length) table.widths.replaceChildren(...ems.map(() => make("col")))
  ems.forEach((width, at) => (table.widths.children[at].style.width = `${((width / total) * 100).toFixed(2)}%`))
  table.minWidth = total
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
  markTool(table.card.toolbar, "only", table.order.only.size > 0)
  markTool(table.card.toolbar, "columns", table.at.length < table.body.columns.length)
  const counts = { shown: table.shown.length, all: rows.length }
  const seen = { shown: table.at.length, all: table.body.columns.length }
  const columns = seen.shown === seen.all ? [] : [word("columns_shown", seen)]
  setText(table.count, [word(counts.shown === counts.all ? "rows_all" : "rows", counts), ...columns].join(" · "))
  table.tools.hidden = !table.body.tools || (table.box.hidden && !columns.length && counts.shown === counts.all)
  setText(table.empty, table.shown.length ? "" : rows.length ? word("no_match") : empty)
  setClass(table.scroller, "qb-hidden", rows.length === 0)
  nameSorting(table)
  fill(table, true)
}

// A tool that hides something shows that it does.
function markTool(toolbar, action, on) {
  const button = [...toolbar.children].find(one => one.dataset.action === action)
  if (button) setClass(button, "qb-on", on)
}

function nameSorting({ head, order, body, at: places }) {
  ;[...head.children].forEach((cell, at) => {
    const label = body.columns[places[at]][1]
    const active = cell.dataset.column === order.sortBy
    const direction = order.descending ? "descending" : "ascending"
    setAttribute(cell, "aria-sort", active ? direction : "none")
    setIcon(cell.querySelector("svg"), active ? (order.descending ? "worse" : "better") : "none")
    setAttribute(cell.firstChild, "aria-label", `${label}. ${active ? word(`sort_${direction}`) : word("sort", { column: label })}`)
  })
}

// Puts the rows in view into the lines of the pool; spacers keep the scroll bar honest.
function fill(table) {
  const { shown, rowHeight, scroller } = table
  const inView = table.all ? shown.length : Math.ceil(table.height / rowHeight) + 2 * SPARE_ROWS
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

function makeLine({ body, at: places }) {
  const cells = places.map((place, at) => {
    const align = body.columns[place][2]
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
  table.at.forEach((place, at) => fillCell(line.cells[at], row[1][place], table.body.marks))
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

function openRow(table, at, cell = 0) {
  table.current = at
  fill(table)
  const row = table.shown[at]
  if (!row || !opens(table, row)) return
  table.send("row", table.key, table.body.cells ? [row[0], table.head.children[cell].dataset.column] : row[0])
}

// A row without a key has nothing behind it.
function opens({ body }, row) {
  return body.opens && row[0] !== ""
}

function setHeight(table, height) {
  table.height = height
  table.scroller.style.maxHeight = `${height}px`
}

// In a presentation a table is as high as the screen lets it be.
function staged(table, on) {
  table.onStage = on
  if (on) {
    table.scroller.style.maxHeight = "none"
    table.height = table.scroller.clientHeight
  } else setHeight(table, table.body.height)
  fill(table)
}

// On paper every row is shown.
function printed(table, all) {
  table.all = all
  if (table.body) fill(table)
}
