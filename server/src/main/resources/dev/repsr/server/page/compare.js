// Two pictures of the same thing, one over or beside the other, with zoom and pan in step, and a lens that shows them pixel by pixel.

const STEP = 1.25;
const LENS = 230;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in made && typeof value !== 'string') made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

function button(label, text, act) {
  const made = element('button', { type: 'button', title: label, 'aria-label': label }, text);
  made.addEventListener('click', act);
  return made;
}

export class PictureCompare extends HTMLElement {
  #sides = [];
  #size = { width: 1, height: 1 };
  #scale = 1;
  #x = 0;
  #y = 0;
  #at = 50;
  #fitted = true;
  #pointers = new Map();

  connectedCallback() {
    if (this.view) return;
    this.left = this.#makeSide('left');
    this.right = this.#makeSide('right');
    this.divider = element('div', { class: 'divider' });
    this.lens = element('div', { class: 'lens', hidden: true, 'aria-hidden': 'true' },
      element('img', { alt: '' }), element('img', { alt: '' }));
    this.view = element('div', { class: 'view', tabindex: '0', role: 'group', 'aria-label': 'The two pictures: arrows move them, plus and minus zoom, 0 fits' },
      this.right.box, this.left.box, this.divider, this.lens);
    this.range = element('input', { type: 'range', min: '0', max: '100', step: '0.5', value: '50', class: 'meet', 'aria-label': 'Where the two pictures meet' });
    this.range.addEventListener('input', () => this.#meet(Number(this.range.value)));
    this.percent = element('output', { class: 'percent' });
    this.lensButton = button('A lens at 100 %', 'Lens', () => this.#toggleLens());
    this.lensButton.setAttribute('aria-pressed', 'false');
    this.sideButton = button('Side by side', 'Side by side', () => this.#toggleBeside());
    this.sideButton.setAttribute('aria-pressed', 'false');
    this.slot1 = element('select', { 'aria-label': 'Left picture' });
    this.slot2 = element('select', { 'aria-label': 'Right picture' });
    for (const select of [this.slot1, this.slot2]) select.addEventListener('change', () => this.#choose());
    const tools = element('div', { class: 'tools' },
      element('span', { class: 'group' }, this.slot1, element('span', { 'aria-hidden': 'true' }, '|'), this.slot2),
      element('span', { class: 'group' }, this.sideButton, this.lensButton),
      element('span', { class: 'group' },
        button('Smaller', '\u2212', () => this.zoom(1 / STEP)), this.percent, button('Larger', '+', () => this.zoom(STEP)),
        button('Fit', 'Fit', () => this.fit()), button('One to one', '100 %', () => this.full())));
    this.append(this.view, this.range, tools);
    this.#listen();
    new ResizeObserver(() => (this.#fitted ? this.fit() : this.#draw())).observe(this.view);
  }

  #makeSide(name) {
    const image = element('img', { alt: '', draggable: 'false' });
    const label = element('span', { class: 'tag' });
    const box = element('div', { class: `side ${name}` }, element('div', { class: 'plane' }, image), label);
    return { box, image, label, plane: box.firstChild };
  }

  #listen() {
    const view = this.view;
    view.addEventListener('wheel', event => {
      event.preventDefault();
      const [x, y] = this.#place(event);
      this.zoom(Math.exp(-event.deltaY * 0.0015), x, y);
    }, { passive: false });
    view.addEventListener('pointerdown', event => {
      view.setPointerCapture(event.pointerId);
      this.#pointers.set(event.pointerId, this.#place(event));
      const [x] = this.#place(event);
      this.dragsDivider = !this.classList.contains('beside') && this.#pointers.size === 1
        && Math.abs(x - (view.clientWidth * this.#at) / 100) < 22;
    });
    view.addEventListener('pointermove', event => this.#moved(event));
    for (const name of ['pointerup', 'pointercancel']) {
      view.addEventListener(name, event => {
        this.#pointers.delete(event.pointerId);
        this.dragsDivider = false;
      });
    }
    view.addEventListener('pointerleave', () => (this.lens.hidden = true));
    view.addEventListener('dblclick', event => (this.#scale < 1 / devicePixelRatio - 0.01 ? this.full(...this.#place(event)) : this.fit()));
    view.addEventListener('keydown', event => this.#key(event));
  }

  #key(event) {
    const keys = {
      ArrowLeft: () => this.#pan(60, 0), ArrowRight: () => this.#pan(-60, 0),
      ArrowUp: () => this.#pan(0, 60), ArrowDown: () => this.#pan(0, -60),
      '+': () => this.zoom(STEP), '=': () => this.zoom(STEP), '-': () => this.zoom(1 / STEP),
      0: () => this.fit(), 1: () => this.full(), l: () => this.#toggleLens(), s: () => this.#toggleBeside(),
    };
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }

  #place(event) {
    const box = this.view.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  #moved(event) {
    const [x, y] = this.#place(event);
    const before = this.#pointers.get(event.pointerId);
    if (before && this.dragsDivider) {
      this.range.value = String((100 * x) / this.view.clientWidth);
      this.#meet(Number(this.range.value));
    } else if (before && this.#pointers.size === 2) {
      const other = [...this.#pointers].find(([id]) => id !== event.pointerId)[1];
      const was = Math.hypot(before[0] - other[0], before[1] - other[1]);
      const is = Math.hypot(x - other[0], y - other[1]);
      this.#pan((x - before[0]) / 2, (y - before[1]) / 2);
      if (was > 0) this.zoom(is / was, (x + other[0]) / 2, (y + other[1]) / 2);
    } else if (before) {
      this.#pan(x - before[0], y - before[1]);
    }
    if (before) this.#pointers.set(event.pointerId, [x, y]);
    if (this.lensButton.getAttribute('aria-pressed') === 'true') this.#showLens(x, y);
  }

  /**
   * Shows what there is: each with a label, a url, and its size in pixels; all are stretched to the size of the largest.
   */
  show(sides, left, right) {
    this.#sides = sides;
    for (const select of [this.slot1, this.slot2]) {
      select.replaceChildren(...sides.map((side, i) => new Option(side.label, String(i))));
    }
    this.slot1.value = String(left);
    this.slot2.value = String(right);
    this.#choose();
    this.#fitted = true;
    this.fit();
  }

  /** What is shown on the left and on the right. */
  get shown() {
    return [this.#sides[Number(this.slot1.value)], this.#sides[Number(this.slot2.value)]];
  }

  #choose() {
    const [left, right] = this.shown;
    const large = left.width > right.width ? left : right;
    this.#size = { width: large.width, height: large.height };
    for (const [side, picture] of [[this.left, left], [this.right, right]]) {
      side.image.src = picture.url;
      side.image.alt = picture.label;
      side.label.textContent = picture.label;
      side.image.style.width = `${this.#size.width}px`;
      side.image.style.height = `${this.#size.height}px`;
    }
    this.lens.children[0].src = left.url;
    this.lens.children[1].src = right.url;
    this.#draw();
  }

  #width() {
    return this.view.clientWidth / (this.classList.contains('beside') ? 2 : 1);
  }

  fit() {
    const width = this.#width();
    const height = this.view.clientHeight;
    if (!width || !height) return;
    this.#scale = Math.min(width / this.#size.width, height / this.#size.height);
    this.#x = (width - this.#size.width * this.#scale) / 2;
    this.#y = (height - this.#size.height * this.#scale) / 2;
    this.#fitted = true;
    this.#draw();
  }

  full(x = this.#width() / 2, y = this.view.clientHeight / 2) {
    this.zoom(1 / devicePixelRatio / this.#scale, x, y);
  }

  zoom(by, x = this.#width() / 2, y = this.view.clientHeight / 2) {
    const width = this.#width();
    const here = this.classList.contains('beside') ? x % width : x;
    const least = Math.min(width / this.#size.width, this.view.clientHeight / this.#size.height) / 2;
    const next = Math.min(16, Math.max(least, this.#scale * by));
    const factor = next / this.#scale;
    this.#x = here - (here - this.#x) * factor;
    this.#y = y - (y - this.#y) * factor;
    this.#scale = next;
    this.#fitted = false;
    this.#draw();
  }

  #pan(x, y) {
    const edge = 60;
    this.#x = Math.min(this.#width() - edge, Math.max(edge - this.#size.width * this.#scale, this.#x + x));
    this.#y = Math.min(this.view.clientHeight - edge, Math.max(edge - this.#size.height * this.#scale, this.#y + y));
    this.#fitted = false;
    this.#draw();
  }

  #meet(at) {
    this.#at = at;
    this.#draw();
  }

  #draw() {
    const at = `${this.#at}%`;
    for (const side of [this.left, this.right]) {
      side.plane.style.transform = `translate(${this.#x}px, ${this.#y}px) scale(${this.#scale})`;
      side.image.classList.toggle('crisp', this.#scale * devicePixelRatio >= 3);
    }
    this.left.box.style.clipPath = this.classList.contains('beside') ? '' : `inset(0 calc(100% - ${at}) 0 0)`;
    this.right.box.style.clipPath = this.classList.contains('beside') ? '' : `inset(0 0 0 ${at})`;
    this.divider.style.left = this.classList.contains('beside') ? '50%' : at;
    this.percent.value = `${Math.round(this.#scale * devicePixelRatio * 100)} %`;
  }

  #toggleBeside() {
    const beside = this.classList.toggle('beside');
    this.sideButton.setAttribute('aria-pressed', String(beside));
    this.range.hidden = beside;
    this.fit();
  }

  #toggleLens() {
    const on = this.lensButton.getAttribute('aria-pressed') !== 'true';
    this.lensButton.setAttribute('aria-pressed', String(on));
    this.lens.hidden = !on;
    if (on) this.#showLens(this.view.clientWidth / 2, this.view.clientHeight / 2);
  }

  /** Left half and right half of the lens show the same place of the two pictures, a pixel of the larger a pixel of the screen. */
  #showLens(x, y) {
    const width = this.#width();
    const here = this.classList.contains('beside') ? x % width : x;
    const px = (here - this.#x) / this.#scale;
    const py = (y - this.#y) / this.#scale;
    const one = 1 / devicePixelRatio;
    const shownWidth = this.#size.width * one;
    this.lens.hidden = px < 0 || py < 0 || px > this.#size.width || py > this.#size.height;
    this.lens.style.left = `${x - LENS / 2}px`;
    this.lens.style.top = `${y - LENS / 2}px`;
    for (const [i, image] of [...this.lens.children].entries()) {
      image.style.width = `${shownWidth}px`;
      image.style.height = `${this.#size.height * one}px`;
      image.style.transform = `translate(${LENS / 2 - px * one}px, ${LENS / 2 - py * one}px)`;
      image.style.clipPath = i === 0
        ? `inset(0 ${shownWidth - px * one}px 0 0)`
        : `inset(0 0 0 ${px * one}px)`;
    }
  }
}

customElements.define('picture-compare', PictureCompare);
