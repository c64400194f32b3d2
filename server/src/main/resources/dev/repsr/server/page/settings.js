// What is chosen, kept for the next visit.

const KEY = 'repsr.settings';
const PURPOSES = {
  '': ['Automatic', 'By what the picture looks like'],
  clean: ['Clean', 'Sharp, sound pictures'],
  photo: ['Photo', 'As found: compressed, noisy'],
  drawing: ['Drawing', 'Lines and flat colours'],
  fast: ['Fast', 'The least time'],
};

const at = id => document.getElementById(id);

function radio(group, name, value, texts, checked) {
  const label = document.createElement('label');
  const input = document.createElement('input');
  input.type = 'radio';
  input.name = name;
  input.value = value;
  input.checked = checked;
  const title = document.createElement('span');
  title.textContent = texts[0];
  label.append(input, title);
  if (texts[1]) {
    const small = document.createElement('small');
    small.textContent = texts[1];
    label.append(small);
  }
  group.append(label);
}

export class Settings {
  constructor(models, changed) {
    this.models = models;
    this.changed = changed;
    const kept = this.kept();
    const words = new Set(models.flatMap(model => model.short_names));
    for (const [word, texts] of Object.entries(PURPOSES)) {
      if (word === '' || words.has(word)) radio(at('purposes'), 'purpose', word, texts, word === (kept.purpose ?? ''));
    }
    if (!document.querySelector('[name=purpose]:checked')) document.querySelector('[name=purpose]').checked = true;
    at('model').append(new Option('None in particular', ''));
    for (const model of models) {
      at('model').append(new Option(`${model.name} (${model.size}, ${model.scale} times)`, model.name));
    }
    for (const scale of ['2', '3', '4', '8']) radio(at('sizes'), 'size', scale, [`${scale}\u00d7`], scale === (kept.size ?? '4'));
    radio(at('sizes'), 'size', 'long', ['To a size'], kept.size === 'long');
    for (const id of ['model', 'longside', 'format', 'quality', 'metadata', 'denoise']) {
      if (kept[id] !== undefined) at(id).value = kept[id];
    }
    if (at('model').selectedIndex < 0) at('model').value = '';
    at('ensemble').checked = kept.ensemble === true;
    at('more').open = at('model').value !== '';
    at('settings').addEventListener('input', () => this.update());
    this.update();
  }

  kept() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) ?? {};
    } catch {
      return {};
    }
  }

  get size() {
    return document.querySelector('[name=size]:checked')?.value ?? '4';
  }

  get purpose() {
    return document.querySelector('[name=purpose]:checked')?.value ?? '';
  }

  /** The model by the name that the server knows it under; empty: the default. */
  get model() {
    return at('model').value || this.purpose;
  }

  update() {
    const values = { purpose: this.purpose, size: this.size, ensemble: at('ensemble').checked };
    for (const id of ['model', 'longside', 'format', 'quality', 'metadata', 'denoise']) values[id] = at(id).value;
    try {
      localStorage.setItem(KEY, JSON.stringify(values));
    } catch {
      // Without storage nothing is kept.
    }
    at('pixels').hidden = this.size !== 'long';
    at('qualitybox').hidden = !['jpg', 'webp'].includes(at('format').value);
    at('denoiseshown').value = at('denoise').value;
    at('denoisebox').hidden = !this.canDenoise();
    at('why').textContent = this.why();
    this.changed();
  }

  canDenoise() {
    const name = this.model;
    return this.models.some(model => model.denoise && (model.name === name || model.short_names.includes(name)));
  }

  /** What would run, and why. */
  why() {
    const named = this.models.find(model => model.name === at('model').value);
    if (named) {
      const other = this.size === 'long' || Number(this.size) !== named.scale;
      return `${named.name} enlarges ${named.scale} times${other ? ', and the rest is resampled' : ''}.`;
    }
    if (this.size === 'long') return 'The network whose scale fits the size, then resampled to it.';
    const scale = Number(this.size);
    const fits = model => (this.purpose ? model.short_names.includes(this.purpose) : model.default);
    const candidates = this.models.filter(fits);
    const model = candidates.find(one => one.scale === scale);
    if (model && this.purpose) return `${model.name}: the best here for this, ${scale} times.`;
    if (model) {
      const photo = this.models.find(one => one.scale === scale && one.short_names.includes('photo'));
      return photo
        ? `${model.name}, or ${photo.name} if the picture shows noise or strong compression.`
        : `${model.name}: the usual one for ${scale} times.`;
    }
    return candidates.length > 1 ? 'Two networks in turn, since none enlarges so much at once.' : 'The nearest scale there is, then resampled.';
  }

  /** By how much a picture of this size grows. */
  factor(width, height) {
    return this.size === 'long' ? Number(at('longside').value) / Math.max(width, height) : Number(this.size);
  }

  /** The parameters of a request. */
  parameters() {
    const format = at('format').value;
    const parameters = { format, metadata: at('metadata').value, model: this.model };
    if (this.size === 'long') parameters.long_side = at('longside').value;
    else parameters.scale = this.size;
    if (['jpg', 'webp'].includes(format)) parameters.quality = at('quality').value;
    if (this.canDenoise()) parameters.denoise = at('denoise').value;
    if (at('ensemble').checked) parameters.ensemble = 'true';
    return parameters;
  }

  /** What the result of a file is called. */
  nameFor(file, extension) {
    const stem = file.replace(/\.[^.]{1,5}$/, '') || 'picture';
    return `${stem}_${this.size === 'long' ? `${at('longside').value}l` : `x${this.size}`}.${extension}`;
  }
}
