// The menu of pages: one element for all links, changed in place. A link is gone to as the browser's back and forward are,
// which Streamlit answers by running the page of the address in the same session.

const NARROW = 768; // px: here Streamlit lays the sidebar over the page

export default function ({ parentElement, data }) {
  const nav = parentElement.querySelector("nav");
  nav.setAttribute("aria-label", data.label);
  nameSidebar(data.sidebar);
  const names = JSON.stringify(data.sections);
  if (nav.dataset.names !== names) {
    nav.dataset.names = names;
    nav.replaceChildren(...brand(data), ...data.sections.flatMap(section));
  }
  for (const link of nav.querySelectorAll("a")) {
    link.setAttribute("href", (link.dataset.path || "./") + data.query);
    if (link.dataset.path === data.current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

let sidebarNames = [];
const appearing = new MutationObserver(setNames);

// The buttons that hide the menu and bring it back come and go: each is named when it appears.
function nameSidebar(wanted) {
  sidebarNames = wanted;
  setNames();
  for (const part of document.querySelectorAll("[data-testid=stSidebar], [data-testid=stHeader]")) appearing.observe(part, { childList: true, subtree: true });
}

function setNames() {
  for (const [part, name] of sidebarNames) {
    const found = document.querySelector(`[data-testid=${part}]`);
    const named = part.endsWith("CollapseButton") ? found?.querySelector("button") : found;
    if (!named || named.getAttribute("aria-label") === name) continue;
    named.setAttribute("aria-label", name);
    if (named.tagName === "BUTTON") named.title = name;
  }
}

function brand({ name, claim }) {
  return [make("strong", "brand", name), make("small", "claim", claim)];
}

function section({ title, pages }) {
  return [...(title ? [make("p", "section", title)] : []), ...pages.map(pageLink)];
}

function pageLink({ path, title, icon }) {
  const link = make("a", "", make("span", "icon", icon), make("span", "title", title));
  link.firstChild.setAttribute("aria-hidden", "true");
  link.dataset.path = path;
  link.onclick = (event) => go(event, link);
  return link;
}

function go(event, link) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // a tab or window of its own
  event.preventDefault();
  window.history.pushState(null, "", link.href);
  window.dispatchEvent(new PopStateEvent("popstate"));
  if (window.innerWidth <= NARROW) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
}

function make(tag, kind, ...content) {
  const element = document.createElement(tag);
  if (kind) element.className = kind;
  element.append(...content);
  return element;
}
