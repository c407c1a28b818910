// Which files were dropped: folders are walked to their last file, with the folder each lay in.

// A folder hands out its entries in portions, and an empty one is the end.
function portion(reader) {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

function fileOf(entry) {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

async function walk(entry, folder, found) {
  if (entry.isFile) {
    found.push({ file: await fileOf(entry), folder });
    return;
  }
  const reader = entry.createReader();
  const inside = folder ? `${folder}/${entry.name}` : entry.name;
  for (let entries = await portion(reader); entries.length; entries = await portion(reader)) {
    for (const one of entries) await walk(one, inside, found);
  }
}

// The entries must be taken before the first await: after it the browser has emptied the list.
export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return chosen(transfer.files);
  const found = [];
  for (const entry of entries) await walk(entry, "", found);
  return found.filter(isWanted);
}

export function chosen(files) {
  return [...files]
    .map((file) => ({ file, folder: (file.webkitRelativePath || "").split("/").slice(0, -1).join("/") }))
    .filter(isWanted);
}

// What systems leave in folders by themselves was written by no instrument.
function isWanted({ file }) {
  return ![".DS_Store", "Thumbs.db", "desktop.ini"].includes(file.name);
}
