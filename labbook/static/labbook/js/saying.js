// The one line that says whether what was typed is safe.

export function say(text, ...controls) {
  const line = document.getElementById("save-status");
  line?.replaceChildren(text, ...controls);
}

export function clock() {
  return new Date().toLocaleTimeString("en-GB");
}
