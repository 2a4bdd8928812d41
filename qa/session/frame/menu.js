// The menu of pages: one element for all links, changed in place. A link is gone to as the browser's back and forward are,
// which Streamlit answers by running the page of the address in the same session.

const NARROW = 768; // px: here Streamlit lays the sidebar over the page

export default function ({ parentElement, data }) {
  const nav = parentElement.querySelector("nav");
  nav.setAttribute("aria-label", data.label);
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
