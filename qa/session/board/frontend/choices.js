// Lists to choose from, in a menu under their button: by the mouse, by arrows and Enter, and by typing where one is long.
import { icon, make, setAttribute } from "./dom.js"
import { menuHeading, openMenu } from "./menu.js"

const LONG = 9

// Each group: name, label, options (a code and its words each), several (any number of them, none meaning all).
// `chosen(name)`: the code chosen, or the codes; `choose(name, value)` is told the new one.
export function openChoices(button, home, label, groups, words, chosen, choose) {
  const search = groups.some(group => group.options.length > LONG) ? searchBox(words.search) : null
  const nothing = make("p", "qb-nothing", words.nothing)
  nothing.hidden = true
  const lists = groups.map(group => makeList(group, words.all))
  const content = lists.flatMap((list, at) => (groups.length > 1 ? [menuHeading(groups[at].label), list] : [list]))
  const menu = openMenu(button, home, label, [...(search ? [search] : []), ...content, nothing], "left")
  if (!menu) return
  lists.forEach((list, at) => {
    const { name, several } = groups[at]
    mark(list, chosen(name))
    list.onclick = ({ target }) => {
      const line = target.closest("[role=option]")
      if (!line) return
      choose(name, several ? turned(groups[at].options, chosen(name), line.dataset.code) : line.dataset.code)
      mark(list, chosen(name))
      if (several || groups.length > 1) return
      menu.hidePopover()
      button.focus()
    }
  })
  menu.addEventListener("keydown", event => move(event, menu, search))
  search?.addEventListener("input", () => (nothing.hidden = narrow(menu, search.value)))
  const first = menu.querySelector("[aria-selected=true]") ?? menu.querySelector("[role=option]")
  first?.scrollIntoView({ block: "nearest" })
  ;(search ?? first)?.focus({ preventScroll: true })
}

function searchBox(label) {
  const search = make("input", "qb-search")
  search.type = "text" // of the type search, Escape would empty it and leave the menu open
  search.placeholder = label
  search.setAttribute("aria-label", label)
  return search
}

function makeList({ label, options, several }, all) {
  const list = make("div", "qb-options", ...[...(several ? [["", all]] : []), ...options].map(([code, words]) => makeLine(code, words)))
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", label)
  if (several) list.setAttribute("aria-multiselectable", "true")
  return list
}

function makeLine(code, words) {
  const line = make("div", "qb-option", icon("met"), make("span", "", words))
  line.dataset.code = code
  line.tabIndex = -1
  line.setAttribute("role", "option")
  return line
}

function mark(list, chosen) {
  for (const line of list.children) {
    const { code } = line.dataset
    setAttribute(line, "aria-selected", Array.isArray(chosen) ? (code ? chosen.includes(code) : !chosen.length) : code === chosen)
  }
}

// The codes with one more or one less, in the order they are offered in; "" takes all of them out.
function turned(options, chosen, code) {
  if (!code) return []
  const wanted = chosen.includes(code) ? chosen.filter(one => one !== code) : [...chosen, code]
  return options.map(([one]) => one).filter(one => wanted.includes(one))
}

// Leaves the lines with these words, by code or by name, and tells whether there are any.
function narrow(menu, typed) {
  const wanted = plain(typed)
  const lines = [...menu.querySelectorAll("[role=option]")]
  for (const line of lines) line.hidden = !plain(`${line.textContent} ${line.dataset.code}`).includes(wanted)
  return lines.some(line => !line.hidden)
}

function plain(text) {
  return text.toLowerCase().replace(/\s+/g, "")
}

function move(event, menu, search) {
  if (event.isComposing || event.key === "Escape" || event.key === "Tab") return
  event.stopPropagation() // what is typed here is no shortcut of the page
  const lines = [...menu.querySelectorAll("[role=option]:not([hidden])")]
  const at = lines.indexOf(document.activeElement)
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? lines.length - 1 : at - 1 }[event.key]
  const pressed = event.key === "Enter" || (event.key === " " && at >= 0)
  if (to !== undefined) (lines[to] ?? (search || lines.at(to < 0 ? -1 : 0)))?.focus()
  else if (pressed) lines[Math.max(at, 0)]?.click()
  else {
    if (at >= 0 && event.key.length === 1) search?.focus()
    return
  }
  event.preventDefault()
}
