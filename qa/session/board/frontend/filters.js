// The filter bar: one element for all that a view is chosen with. A choice shows at once, and the server is told all that it has not
// answered yet: a second one, made before the first is answered, carries it.
import { openChoices } from "./choices.js"
import { modeOf } from "./colours.js"
import { icon, make, setAttribute, setClass, setText } from "./dom.js"
import { nameButton } from "./toolbar.js"
import { filled } from "./words.js"

const ARROWS = { earlier: "back", later: "open" }
const bars = new WeakMap()

// Streamlit calls this at each message and each change of theme; it calls what comes back when the element goes.
export default function render({ data, parentElement, setTriggerValue }) {
  const bar = bars.get(parentElement) ?? open(parentElement)
  bar.tell = setTriggerValue
  setAttribute(bar.element, "data-mode", modeOf(bar.element))
  const [told] = data
  const [session, turn] = told.stamp
  // A run made before the last choice does not know of it; another session of the server never will.
  if (session !== bar.session || turn >= bar.turn) Object.assign(bar, { session, turn, unanswered: {} })
  bar.data = told
  bar.chosen = { ...told.chosen, ...bar.unanswered }
  draw(bar)
  return () => {
    bar.element.remove()
    bars.delete(parentElement)
  }
}

function open(parent) {
  const bar = { element: make("div", "qb qb-filters"), session: "", turn: 0, unanswered: {}, buttons: new Map() }
  bar.arrows = Object.keys(ARROWS).map(way => arrow(bar, way))
  bar.days = ["from", "to"].map(name => day(bar, name))
  parent.append(bar.element)
  bars.set(parent, bar)
  return bar
}

function arrow(bar, way) {
  const button = make("button", "qb-arrow", icon(ARROWS[way]))
  button.type = "button"
  button.dataset.way = way
  button.onclick = () => choose(bar, "period", neighbours(bar)[way])
  return button
}

function day(bar, name) {
  const input = make("input", "qb-day")
  input.name = name
  input.placeholder = "2026-10-01"
  input.autocomplete = "off"
  input.onchange = () => choose(bar, name, input.value.trim())
  return input
}

function pick(bar, name) {
  const button = make("button", "qb-pick", make("span"), icon("down"))
  button.type = "button"
  button.dataset.name = name
  setAttribute(button, "aria-haspopup", "listbox")
  setAttribute(button, "aria-expanded", false)
  button.onclick = () => {
    const { label, groups } = bar.data.controls.find(control => control.name === name)
    openChoices(button, bar.element, label, groups, bar.data.words, one => bar.chosen[one], (one, value) => choose(bar, one, value))
  }
  return button
}

function choose(bar, name, value) {
  bar.unanswered[name] = value
  // Days of one's own begin with those on screen.
  if (name === "period" && value === "custom" && !bar.chosen.from) [bar.unanswered.from, bar.unanswered.to] = bar.data.days
  bar.turn += 1
  bar.tell("chosen", { turn: bar.turn, values: bar.unanswered })
  bar.chosen = { ...bar.chosen, ...bar.unanswered }
  draw(bar)
}

function neighbours({ data, chosen }) {
  const [earlier, later] = data.beside[chosen.period] ?? []
  return { earlier, later }
}

function draw(bar) {
  const { controls, words } = bar.data
  const beside = neighbours(bar)
  for (const button of bar.arrows) {
    const { way } = button.dataset
    nameButton(button, ARROWS[way], words[way])
    button.disabled = !beside[way]
  }
  for (const input of bar.days) {
    setAttribute(input, "aria-label", words[input.name])
    if (document.activeElement !== input) input.value = bar.chosen[input.name]
  }
  const [period, ...others] = controls.map(control => drawControl(bar, control))
  const [earlier, later] = bar.arrows
  setClass(period, "qb-steps", Boolean(beside.earlier || beside.later))
  const line = bar.chosen.period === "custom" ? [period, ...bar.days] : [earlier, period, later]
  arrange(bar.element, [...line, ...others])
}

function drawControl(bar, { name, label, groups }) {
  if (!bar.buttons.has(name)) bar.buttons.set(name, pick(bar, name))
  const button = bar.buttons.get(name)
  const [group] = groups
  const text = name === "more" ? label : textOf(group, bar.chosen[group.name], bar.data.words)
  setText(button.firstChild, text)
  setAttribute(button, "title", text)
  setAttribute(button, "aria-label", text.includes(label) ? null : filled(bar.data.words.label_one, { label, name: text }))
  setClass(button, "qb-set", groups.some(({ name: one, options, several }) => (several ? bar.chosen[one].length : name === "more" && bar.chosen[one] !== options[0][0])))
  button.disabled = !group.options.length
  return button
}

function textOf({ label, options, several }, chosen, words) {
  const names = new Map(options)
  if (!several) return names.get(chosen) ?? chosen
  const [first, ...others] = chosen
  if (!first) return filled(words.label_all, { label })
  return filled(others.length ? words.label_several : words.label_one, { label, name: names.get(first) ?? first, count: chosen.length })
}

// The children in this order; those that are there already stay where they are, and keep the focus.
function arrange(parent, wanted) {
  for (const child of [...parent.children]) if (!wanted.includes(child) && !child.popover) child.remove()
  wanted.forEach((child, at) => {
    if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null)
  })
}
