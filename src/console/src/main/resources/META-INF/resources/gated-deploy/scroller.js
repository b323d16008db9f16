// Scrolls over rows of one height, of which only those in sight exist. Browsers draw nothing higher than some 17 million
// pixels, so a long list is as high as it may be: what is scrolled a little moves by as many pixels, a jump goes to the
// same part of the list.

export const ROW = 20;
const HIGHEST = 8_000_000;

export class Scroller {
  top = 0;
  #rows = 0;
  #set = 0;

  /** box: the element that scrolls */
  constructor(box) {
    this.box = box;
  }

  get inSight() {
    return this.box.clientHeight / ROW;
  }

  get last() {
    return Math.max(0, this.#rows - this.inSight);
  }

  get isAtEnd() {
    return this.top >= this.last - 0.6;
  }

  static height(rows) {
    return Math.min(HIGHEST, rows * ROW);
  }

  /** The list has so many rows now; its element has that height already. */
  resize(rows) {
    this.#rows = rows;
  }

  get #room() {
    return Math.max(0, this.box.scrollHeight - this.box.clientHeight);
  }

  /** Goes to a row. */
  go(top) {
    this.top = Math.max(0, Math.min(top, this.last));
    const place = this.last === 0 ? 0 : (this.top / this.last) * this.#room;
    if (Math.abs(this.box.scrollTop - place) >= 0.5) {
      this.box.scrollTop = place;
    }
    this.#set = this.box.scrollTop;
  }

  /** The person has scrolled; answers whether that was it and not go. */
  scrolled() {
    const place = this.box.scrollTop;
    const moved = place - this.#set;
    if (Math.abs(moved) < 0.5) {
      return false;
    }
    this.#set = place;
    const room = this.#room;
    const isShort = this.#rows * ROW <= HIGHEST;
    const isLittle = Math.abs(moved) < 3 * this.box.clientHeight && place > 1 && place < room - 1;
    const top = !isShort && isLittle ? this.top + moved / ROW : room === 0 ? 0 : (place / room) * this.last;
    this.top = Math.max(0, Math.min(top, this.last));
    return true;
  }
}
