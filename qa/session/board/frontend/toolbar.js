// The small buttons of an item, and the frame that items with a title share.
import { icon, make, setAttribute, setIcon, setText } from "./dom.js"
import { word } from "./words.js"

// A button with an icon; its name is read out and shown on hover.
export function makeButton(name, onPress) {
  const button = make("button", "qb-button", icon(name))
  button.type = "button"
  button.dataset.action = name
  button.onclick = event => {
    event.stopPropagation()
    onPress(button)
  }
  return button
}

export function nameButton(button, iconName, text) {
  setIcon(button.firstChild, iconName)
  setAttribute(button, "aria-label", text)
  setAttribute(button, "title", text)
}

// Shows exactly the named actions; `handlers` has one function an action.
export function setToolbar(toolbar, actions, handlers, subject) {
  const wanted = actions.filter(action => handlers[action])
  const present = [...toolbar.children].map(button => button.dataset.action)
  if (wanted.join() !== present.join()) {
    toolbar.replaceChildren(...wanted.map(action => makeButton(action, handlers[action])))
  }
  for (const button of toolbar.children) {
    const action = button.dataset.action
    if (action === "table") continue // the chart names it: its meaning turns with what is shown
    nameButton(button, action, subject ? `${word(action)}: ${subject}` : word(action))
  }
}

// A card with a title, a toolbar, a body and a caption.
export function makeCard(className) {
  const title = make("h3", "qb-title")
  const toolbar = make("div", "qb-toolbar")
  const body = make("div", "qb-body")
  const caption = make("p", "qb-caption")
  const element = make("section", `qb-card ${className}`, make("header", "qb-head", title, toolbar), body, caption)
  return { element, title, toolbar, body, caption }
}

export function setCard(card, body) {
  setText(card.title, body.title)
  setText(card.caption, body.caption)
  setAttribute(card.element, "aria-label", body.title)
  setAttribute(card.element, "data-width", body.width)
}

// A view of an item that is drawn by its texts alone; others say what differs.
// `fills`: whether there is something to present; `needs`: the least size it can be presented in; `staged`: it is presented, or no more.
export function plainView(element) {
  return { element, themed() {}, remove() {}, fills: () => true, needs: () => ({ width: 0, height: 0 }), staged() {} }
}
