// One picture, and the region under the cursor enlarged by the server before the long run.
import { enlargeNow, Refused } from './api.js';

const REGION = 96;
/** As far as the networks see; cut off again. */
const MARGIN = 16;
const PATIENCE = 180;

export class CropPreview extends HTMLElement {
  #picture = null;
  #place = null;
  #timer = 0;
  #request = null;

  connectedCallback() {
    if (this.image) return;
    this.image = document.createElement('img');
    this.image.alt = '';
    this.image.draggable = false;
    this.mark = document.createElement('div');
    this.mark.className = 'mark';
    this.area = document.createElement('div');
    this.area.className = 'area';
    this.area.tabIndex = 0;
    this.area.setAttribute('role', 'application');
    this.area.setAttribute('aria-label', 'The picture: arrows move the region that is tried');
    this.area.append(this.image, this.mark);
    this.panel = document.createElement('figure');
    this.panel.className = 'try';
    this.panel.innerHTML = '<div class="pair"><div><canvas></canvas><span>plain</span></div><div><canvas></canvas><span>repsr</span></div></div><figcaption role="status" aria-live="polite"></figcaption>';
    [this.plain, this.made] = this.panel.querySelectorAll('canvas');
    this.caption = this.panel.querySelector('figcaption');
    this.append(this.area, this.panel);
    this.area.addEventListener('pointermove', event => this.#pointed(event));
    this.area.addEventListener('pointerdown', event => this.#pointed(event));
    this.area.addEventListener('keydown', event => this.#key(event));
    new ResizeObserver(() => this.#drawMark()).observe(this.area);
  }

  /** Shows a picture; `parameters` gives those of a request, `factor` by how much it grows. */
  show(picture, parameters, factor) {
    this.parameters = parameters;
    this.factor = factor;
    if (this.#picture !== picture) {
      this.#picture = picture;
      this.image.src = picture.url;
      this.image.alt = picture.name;
      this.#place = [picture.width / 2, picture.height / 2];
    }
    this.again();
  }

  /** The settings have changed. */
  again() {
    if (!this.#picture || this.hidden) return;
    this.#drawMark();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#try(), PATIENCE);
  }

  #shownBox() {
    const box = this.area.getBoundingClientRect();
    const scale = Math.min(box.width / this.#picture.width, box.height / this.#picture.height);
    return {
      scale,
      left: (box.width - this.#picture.width * scale) / 2,
      top: (box.height - this.#picture.height * scale) / 2,
      box,
    };
  }

  #pointed(event) {
    if (!this.#picture) return;
    const { scale, left, top, box } = this.#shownBox();
    this.#move((event.clientX - box.left - left) / scale, (event.clientY - box.top - top) / scale);
  }

  #key(event) {
    const by = { ArrowLeft: [-24, 0], ArrowRight: [24, 0], ArrowUp: [0, -24], ArrowDown: [0, 24] }[event.key];
    if (!by || !this.#place) return;
    event.preventDefault();
    this.#move(this.#place[0] + by[0], this.#place[1] + by[1]);
  }

  #move(x, y) {
    const inside = (value, most) => Math.round(Math.min(Math.max(value, Math.min(REGION, most) / 2), most - Math.min(REGION, most) / 2));
    const next = [inside(x, this.#picture.width), inside(y, this.#picture.height)];
    if (this.#place && next[0] === this.#place[0] && next[1] === this.#place[1]) return;
    this.#place = next;
    this.again();
  }

  #region() {
    const width = Math.min(REGION, this.#picture.width);
    const height = Math.min(REGION, this.#picture.height);
    const x = Math.round(Math.min(Math.max(0, this.#place[0] - width / 2), this.#picture.width - width));
    const y = Math.round(Math.min(Math.max(0, this.#place[1] - height / 2), this.#picture.height - height));
    return { x, y, width, height };
  }

  #drawMark() {
    if (!this.#picture || !this.#place) return;
    const { scale, left, top } = this.#shownBox();
    const region = this.#region();
    this.mark.style.left = `${left + region.x * scale}px`;
    this.mark.style.top = `${top + region.y * scale}px`;
    this.mark.style.width = `${region.width * scale}px`;
    this.mark.style.height = `${region.height * scale}px`;
  }

  /** The region with what is around it, as a small PNG: no more is sent. */
  async #cut(region) {
    const x = Math.max(0, region.x - MARGIN);
    const y = Math.max(0, region.y - MARGIN);
    const width = Math.min(this.#picture.width, region.x + region.width + MARGIN) - x;
    const height = Math.min(this.#picture.height, region.y + region.height + MARGIN) - y;
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d').drawImage(this.#picture.bitmap, x, y, width, height, 0, 0, width, height);
    return { blob: await canvas.convertToBlob({ type: 'image/png' }), left: region.x - x, top: region.y - y, width, height };
  }

  async #try() {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    const factor = Math.min(8, this.factor());
    const region = this.#region();
    if (!(factor > 1)) {
      this.caption.textContent = 'The picture is as large as that already; it would be reduced.';
      return;
    }
    const began = performance.now();
    try {
      const cut = await this.#cut(region);
      const { long_side, quality, ...rest } = this.parameters();
      const answer = await enlargeNow(cut.blob, { ...rest, scale: String(Math.round(factor * 1000) / 1000), format: 'png' }, request.signal);
      const bitmap = await createImageBitmap(answer.blob);
      if (request.signal.aborted) return;
      const grown = bitmap.width / cut.width;
      for (const [canvas, source, by] of [[this.plain, null, 1], [this.made, bitmap, grown]]) {
        canvas.width = Math.round(region.width * grown);
        canvas.height = Math.round(region.height * grown);
        const context = canvas.getContext('2d');
        context.imageSmoothingQuality = 'high';
        if (source) context.drawImage(source, cut.left * by, cut.top * by, region.width * by, region.height * by, 0, 0, canvas.width, canvas.height);
        else context.drawImage(this.#picture.bitmap, region.x, region.y, region.width, region.height, 0, 0, canvas.width, canvas.height);
      }
      const millis = Math.round(performance.now() - began);
      this.caption.textContent = `${answer.model}, this region in ${millis} ms`;
      this.dataset.tried = answer.model;
    } catch (e) {
      if (e.name === 'AbortError') return;
      this.caption.textContent = e instanceof Refused ? e.message : 'This region cannot be tried.';
    }
  }
}

customElements.define('crop-preview', CropPreview);
