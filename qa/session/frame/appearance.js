// The switch between the light and the dark board, and the button that begins a presentation (which the board gives).
//
// Streamlit keeps its theme in the browser's storage, one entry for each path of the board, and reads it when a page
// loads. So the switch writes every path's entry and loads the page again; the URL brings the view back.

const entry = (path) => `stActiveTheme-${path}-v2`;

function isDark(element) {
  const [red, green, blue] = channels(getComputedStyle(element).getPropertyValue("--st-background-color").trim());
  return red + green + blue < 384;
}

function channels(colour) {
  if (colour.startsWith("#")) {
    const hex = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join("") : colour.slice(1);
    return [0, 2, 4].map((start) => parseInt(hex.slice(start, start + 2), 16));
  }
  return (colour.match(/[\d.]+/g) ?? [255, 255, 255]).slice(0, 3).map(Number);
}

function choose(theme, paths) {
  const base = window.location.pathname.slice(0, window.location.pathname.lastIndexOf("/") + 1);
  for (const path of [window.location.pathname, ...paths.map((name) => base + name)]) {
    window.localStorage.setItem(entry(path), JSON.stringify(theme));
  }
  window.location.reload();
}

export default function ({ parentElement, data }) {
  const button = parentElement.querySelector(".mode");
  const show = () => {
    const dark = isDark(button);
    button.dataset.mode = dark ? "dark" : "light";
    button.title = dark ? data.to_light : data.to_dark;
    button.setAttribute("aria-label", button.title);
  };
  show();
  button.onclick = () => choose(isDark(button) ? "Light" : "Dark", data.paths);
  const present = parentElement.querySelector(".present");
  present.title = data.present;
  present.setAttribute("aria-label", data.present);
  present.onclick = () => {
    present.blur();
    window.dispatchEvent(new Event("qb-present"));
  };
}
