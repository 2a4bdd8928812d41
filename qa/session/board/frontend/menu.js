// A menu under a button, in the browser's top layer: closed by Escape, by a click elsewhere, or by its button.
import { make, setAttribute } from "./dom.js"

const ROOM = 8

let closed = { button: null, at: 0 }

// Shows the content under the button, and returns the menu; `home` is where it lives in the document, so that it has the board's colours,
// `edge` the one it shares with the button.
export function openMenu(button, home, label, content, edge = "right") {
  // A press on the button of an open menu closes it before the click arrives.
  if (closed.button === button && performance.now() - closed.at < 300) return null
  const menu = make("div", "qb-menu", ...content)
  menu.popover = "auto"
  setAttribute(menu, "role", "group")
  setAttribute(menu, "aria-label", label)
  // The browser tells of the closing twice: at once, and later, when the menu may be taken away.
  menu.addEventListener("beforetoggle", event => {
    if (event.newState === "open") return
    if (menu.qbPressed) closed = { button, at: performance.now() }
    removeEventListener("pointerdown", press, { capture: true })
    setAttribute(button, "aria-expanded", false)
  })
  menu.addEventListener("toggle", event => {
    if (event.newState === "closed") menu.remove()
  })
  const press = event => (menu.qbPressed = button.contains(event.target))
  addEventListener("pointerdown", press, { capture: true })
  home.append(menu)
  menu.showPopover()
  setAttribute(button, "aria-expanded", true)
  place(menu, button.getBoundingClientRect(), edge)
  menu.querySelector("input, button")?.focus()
  return menu
}

function place(menu, beside, edge) {
  const { bottom, top } = beside
  const { offsetWidth: width, offsetHeight: height } = menu
  const wanted = edge === "left" ? beside.left : beside.right - width
  const left = Math.max(ROOM, Math.min(wanted, innerWidth - width - ROOM))
  const below = bottom + 4
  const fits = below + height <= innerHeight - ROOM
  menu.style.left = `${left}px`
  menu.style.top = `${fits ? below : Math.max(ROOM, Math.min(top - height - 4, innerHeight - height - ROOM))}px`
}

// A line with a box to tick.
export function tick(text, checked, onTurn) {
  const box = make("input")
  box.type = "checkbox"
  box.checked = checked
  box.onchange = () => onTurn(box.checked, box)
  return make("label", "qb-choice", box, make("span", "", text))
}

// A line that does something and closes the menu.
export function command(text, onPress) {
  const button = make("button", "qb-command", text)
  button.type = "button"
  button.onclick = () => {
    button.closest("[popover]").hidePopover()
    onPress()
  }
  return button
}

export function menuHeading(text) {
  return make("p", "qb-menu-heading", text)
}
