// The presentation: one item a screen in large type, moved through by keys. The items themselves are shown, not copies,
// so a click on a point drills as it does on the page.
import { icon, make, setAttribute, setText } from "./dom.js"
import { columnsFor, slidesOf, subjectOf } from "./slides.js"
import { word } from "./words.js"

// The size a slide is laid out for; it is enlarged from there to the screen.
const LAYOUT = { width: 940, height: 500 }
// Sentences alone stand in larger type, as far as they fit; tiles have this height.
const SENTENCES = { width: 700, height: 260 }
const TILE_HEIGHT = 165
const MOST_ENLARGED = 3
// The frame of the page follows a click a little after the board.
const FRAME_PATIENCE_MS = 700
const NEXT = ["ArrowRight", "ArrowDown", "PageDown"]
const PREVIOUS = ["ArrowLeft", "ArrowUp", "PageUp"]

const boards = new Set()
let stage = null
let waiting = false

let listening = false

export function join(board) {
  boards.add(board)
  if (listening) return
  listening = true
  addEventListener("keydown", pressed)
  addEventListener("resize", changed)
  addEventListener("qb-present", () => (stage ? end() : begin()))
}

export function leave(board) {
  boards.delete(board)
  changed()
}

// To be called when a board has changed: the slides are gathered anew in the next frame.
export function changed() {
  if (!stage || waiting) return
  waiting = true
  requestAnimationFrame(() => {
    waiting = false
    if (stage) show(stage.path === location.pathname ? stage.at : 0)
  })
  setTimeout(() => stage && setText(stage.about, about()), FRAME_PATIENCE_MS)
}

function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return
  if (!stage) return event.key === "p" && begin()
  if (event.key === "Escape" || event.key === "p") end()
  else if (NEXT.includes(event.key)) show(stage.at + 1)
  else if (PREVIOUS.includes(event.key)) show(stage.at - 1)
  else if (event.key === "Home") show(0)
  else if (event.key === "End") show(Infinity)
  else return
  event.preventDefault()
}

// Keys typed into a field, in an open menu or in a dialog are not meant for the presentation.
function isElsewhere(target) {
  const isField = target.closest?.("input, textarea, select, [contenteditable=true], [role=listbox], [popover]")
  return Boolean(isField || document.querySelector("[data-testid=stDialog] [role=dialog], [role=dialog][data-testid=stDialog]"))
}

function begin() {
  if (!slidesOf(boards).length) return
  stage = makeStage()
  document.body.append(stage.element)
  document.documentElement.classList.add("qb-presenting")
  show(0)
  stage.element.focus()
}

function end() {
  release()
  stage.element.remove()
  document.documentElement.classList.remove("qb-presenting")
  stage = null
}

function makeStage() {
  const items = make("div", "qb-items")
  const slide = make("div", "qb-slide", items)
  const about = make("span", "qb-stage-about")
  const position = make("span", "qb-stage-position")
  position.setAttribute("aria-live", "polite")
  const buttons = {
    previous: control("back", "previous", () => show(stage.at - 1)),
    next: control("open", "next", () => show(stage.at + 1)),
    leave: control("missed", "leave", end),
  }
  const foot = make("footer", "qb-stage-foot", about, position, ...Object.values(buttons))
  const element = make("div", "qb qb-stage", make("div", "qb-stage-room", slide), foot)
  element.tabIndex = -1
  element.setAttribute("role", "region")
  element.setAttribute("aria-label", word("presentation"))
  return { element, slide, items, about, position, buttons, at: 0, heading: "", path: location.pathname, held: [] }
}

function control(image, name, onPress) {
  const button = make("button", "qb-button", icon(image))
  button.type = "button"
  button.dataset.action = name
  setAttribute(button, "aria-label", word(name))
  setAttribute(button, "title", word(name))
  button.onclick = onPress
  return button
}

// Shows the slide at this place, or the nearest there is.
function show(wanted) {
  const slides = slidesOf(boards)
  const at = Math.max(0, Math.min(slides.length - 1, wanted))
  setText(stage.position, slides.length ? word("position", { at: at + 1, all: slides.length }) : "")
  stage.buttons.previous.disabled = at === 0
  stage.buttons.next.disabled = at >= slides.length - 1
  Object.assign(stage, { at, path: location.pathname })
  const { board, views, heading } = slides[at] ?? { board: null, views: [], heading: "" }
  stage.heading = heading
  setText(stage.about, about())
  if (board) dress(board)
  if (views.length !== stage.held.length || views.some((view, place) => view !== stage.held[place])) {
    release()
    views.forEach(hold)
    stage.slide.scrollTop = 0
  }
  fit(views)
}

// The page's own colours and fonts: outside of its board an item has neither.
function dress({ element }) {
  const style = getComputedStyle(element)
  setAttribute(stage.element, "data-mode", element.dataset.mode)
  for (const name of ["--st-font", "--st-background-color"]) stage.element.style.setProperty(name, style.getPropertyValue(name))
}

// Puts the item on the stage and an empty element in its place on the page.
function hold(view) {
  view.holder = make("div", "qb-held")
  setAttribute(view.holder, "data-width", view.element.dataset.width)
  view.element.replaceWith(view.holder)
  stage.items.append(view.element)
  stage.held.push(view)
}

function release() {
  for (const view of stage.held) {
    view.staged(false)
    view.holder?.replaceWith(view.element)
    view.holder = null
  }
  stage.held = []
  stage.items.replaceChildren()
}

// Lays the slide out for a smaller screen and enlarges it, as far as the item's own size allows.
function fit(views) {
  const room = stage.slide.parentElement.getBoundingClientRect()
  const { width, height } = layoutOf(views)
  const scale = Math.max(1, Math.min(MOST_ENLARGED, room.width / width, room.height / height))
  Object.assign(stage.slide.style, { width: `${room.width / scale}px`, height: `${room.height / scale}px`, transform: `scale(${scale})` })
  const tiles = tilesOf(views)
  stage.items.classList.toggle("qb-tiles", tiles > 0)
  stage.items.style.setProperty("--qb-columns", columnsFor(tiles))
  for (const view of views) view.staged(true)
}

function tilesOf(views) {
  return views.filter(view => view.type === "tile").length
}

// The size the slide is laid out for: at least what its items need; a long list of sentences is scrolled instead.
function layoutOf(views) {
  const needs = views.map(view => view.needs())
  const most = name => Math.max(...needs.map(need => need[name]), 0)
  if (views[0]?.type !== "sentences") return { width: Math.max(LAYOUT.width, most("width")), height: Math.max(LAYOUT.height, most("height")) }
  const rows = Math.ceil(tilesOf(views) / (columnsFor(tilesOf(views)) || 1))
  if (rows) return { width: LAYOUT.width, height: Math.max(LAYOUT.height, most("height") + rows * TILE_HEIGHT) }
  return { width: SENTENCES.width, height: Math.min(LAYOUT.height, Math.max(SENTENCES.height, most("height"))) }
}

// What the figures are of: the page and its part, and what the page says it is about; else what it is narrowed to, its period and
// the end of its data.
function about() {
  const texts = selector => [...document.querySelectorAll(selector)].map(one => one.innerText.trim()).filter(Boolean)
  const [title = ""] = texts(".st-key-frame-title h1")
  const subject = subjectOf(boards)
  if (subject) return [title, stage.heading, subject].filter(Boolean).join(" · ")
  const [period = ""] = texts(".st-key-frame-title [data-testid=stCaptionContainer]")
  const place = texts(".st-key-breadcrumb :is(.stButton button, strong)").join(" › ") || word("all_centers")
  return [title, stage.heading, place, period].filter(Boolean).join(" · ")
}
