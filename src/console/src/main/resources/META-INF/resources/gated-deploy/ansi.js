// Colours of terminals (ECMA-48, SGR) as names of classes. Nothing else of an escape sequence passes.

// eslint-disable-next-line no-control-regex
const SEQUENCES = /\u001b\[([0-9;:]*)m|\u001b\[[0-?]*[ -/]*[@-~]?|\u001b[\]PX^_](?:[^\u0007\u001b]*(?:\u0007|\u001b\\))?|\u001b.?|[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const STYLES = { 1: "bold", 2: "faint", 3: "italic", 4: "underline", 9: "struck" };
const OFF = { 22: ["bold", "faint"], 23: ["italic"], 24: ["underline"], 29: ["struck"] };

/** the text and where which classes hold: {plain, marks: [{from, classes}]}, each until the next */
export function parse(text) {
  const marks = [];
  const style = { colour: null, ground: null, set: new Set(), inverse: false };
  let plain = "";
  let at = 0;
  for (const match of text.matchAll(SEQUENCES)) {
    plain += text.slice(at, match.index);
    at = match.index + match[0].length;
    if (match[1] !== undefined) {
      apply(match[1], style);
      marks.push({ from: plain.length, classes: classes(style) });
    }
  }
  return { plain: plain + text.slice(at), marks };
}

function classes({ colour, ground, set, inverse }) {
  const [front, back] = inverse ? [ground ?? 0, colour ?? 7] : [colour, ground];
  return [
    ...[...set].map((name) => `gd-ansi-${name}`),
    front !== null && `gd-ansi-f${front}`,
    back !== null && `gd-ansi-b${back}`,
  ].filter(Boolean).join(" ");
}

function apply(parameters, style) {
  const codes = parameters.split(/[;:]/).map(Number);
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i];
    if (code === 0) {
      Object.assign(style, { colour: null, ground: null, inverse: false });
      style.set.clear();
    } else if (STYLES[code]) {
      style.set.add(STYLES[code]);
    } else if (OFF[code]) {
      OFF[code].forEach((name) => style.set.delete(name));
    } else if (code === 7 || code === 27) {
      style.inverse = code === 7;
    } else if (code === 38 || code === 48) {
      const [colour, used] = extended(codes, i + 1);
      style[code === 38 ? "colour" : "ground"] = colour;
      i += used;
    } else if (code === 39) {
      style.colour = null;
    } else if (code === 49) {
      style.ground = null;
    } else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) {
      style.colour = code % 10;
    } else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) {
      style.ground = code % 10;
    }
  }
}

/** Of the many colours the nearest of the eight: those can be read on light and on dark. */
function extended(codes, at) {
  if (codes[at] === 5) {
    return [ofPalette(codes[at + 1] ?? 7), 2];
  }
  return codes[at] === 2 ? [nearest(codes.slice(at + 1, at + 4)), 4] : [null, 0];
}

function ofPalette(number) {
  if (number < 16) {
    return number % 8;
  }
  if (number >= 232) {
    return number < 244 ? 0 : 7;
  }
  const cube = number - 16;
  return nearest([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((part) => part * 51));
}

function nearest(parts) {
  const most = Math.max(...parts, 1);
  return parts.reduce((colour, part, index) => colour | (part > most * 0.6 && most > 60 ? 1 << index : 0), 0);
}

/** the text in pieces: {text, classes, hit}; hit where the sought text stands */
export function pieces(text, sought) {
  const { plain, marks } = parse(text);
  const cuts = new Set([0, plain.length, ...marks.map((mark) => mark.from)]);
  const hits = sought ? places(plain, sought) : [];
  hits.forEach(([from, to]) => cuts.add(from).add(to));
  const edges = [...cuts].sort((a, b) => a - b);
  const found = [];
  for (let i = 0; i + 1 < edges.length; i += 1) {
    const [from, to] = [edges[i], edges[i + 1]];
    found.push({
      text: plain.slice(from, to),
      classes: marks.findLast((mark) => mark.from <= from)?.classes ?? "",
      hit: hits.some(([start, end]) => start <= from && to <= end),
    });
  }
  return found;
}

function places(plain, sought) {
  const expression = new RegExp(sought.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "gi");
  return [...plain.matchAll(expression)].map((match) => [match.index, match.index + match[0].length]);
}
