// Which line stands in which row of a log that is parted: by phases or by targets, some of them folded up. Row 0 is the
// first; a part with a title has a row for it.

export class Rows {
  /** parts: [{key, title, view, from, to}], from and to being rows of the view; folded: keys */
  constructor(parts, folded) {
    this.count = 0;
    this.parts = parts.map((part) => {
      const isFolded = folded.has(part.key);
      const first = this.count;
      this.count += (part.title ? 1 : 0) + (isFolded ? 0 : part.to - part.from);
      return { ...part, isFolded, first, lines: first + (part.title ? 1 : 0) };
    });
  }

  /** {part, row}: row of the part's view, or null for its title; undefined behind the end */
  at(index) {
    let [low, high] = [0, this.parts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.parts[middle].first <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    const part = this.parts[low];
    if (!part || index < 0 || index >= this.count) {
      return undefined;
    }
    return { part, row: index < part.lines ? null : part.from + index - part.lines };
  }

  /** the part that a row of a view is in, whether folded or not */
  partOf(view, row) {
    return this.parts.find((part) => part.view === view && part.from <= row && row < part.to);
  }

  /** where a row of a view stands; where its part begins when that is folded; -1 when it is nowhere */
  indexOf(view, row) {
    const part = this.partOf(view, row);
    return part ? (part.isFolded ? part.first : part.lines + row - part.from) : -1;
  }

  /** what lines there are between two indexes: [{view, from, to}] */
  spans(from, to) {
    return this.parts
      .filter((part) => !part.isFolded && part.lines < to && part.lines + part.to - part.from > from)
      .map((part) => ({
        view: part.view,
        from: part.from + Math.max(0, from - part.lines),
        to: part.from + Math.min(part.to - part.from, to - part.lines),
      }));
  }
}

/** The parts of a log. */
export function partsOf({ outline, view, grouping, titles }) {
  if (grouping === "target" && !view) {
    return outline.views.map(({ target, rows }) => ({ key: `target ${target}`, title: titles.view(target), view: target, from: 0, to: rows }));
  }
  const { phases, rows } = outline;
  if (phases.length === 0) {
    return [{ key: "all", title: null, view, from: 0, to: rows }];
  }
  const before = { key: "before", title: null, view, from: 0, to: phases[0].row };
  const parts = phases.map(({ name, row, begun }, index) => ({
    key: `phase ${index}`,
    title: titles.phase(name),
    view,
    from: row,
    to: phases[index + 1]?.row ?? rows,
    begun,
  }));
  return [before, ...parts].filter((part) => part.to > part.from);
}
