// The one line that says whether what was typed is safe.

export function say(text, ...controls) {
  const line = document.getElementById("save-status");
  line?.replaceChildren(text, ...controls);
}

// Time of day; with a zone it is read where the lab is, wherever the device is.
export function clock(timeZone, at = new Date()) {
  return at.toLocaleTimeString("en-GB", { timeZone });
}
