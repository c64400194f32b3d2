// The page: puts pictures, settings, preview and comparison together.
import { limits, models, onTokenNeeded } from './api.js';
import './compare.js';
import { Picture, Queue, size } from './pictures.js';
import './preview.js';
import { comparisonPage } from './report.js';
import { Settings } from './settings.js';
import { zip } from './zip.js';

const at = id => document.getElementById(id);
const SHOWN = new Set(['png', 'jpg', 'webp', 'gif']);

const pictures = [];
let chosen = null;
let settings = null;
let accepted = { max_body_bytes: Infinity, max_input_pixels: Infinity, max_output_pixels: Infinity };
const queue = new Queue(picture => {
  drawItem(picture);
  if (picture === chosen && !picture.isBusy) drawStage();
  drawButtons();
});

function say(text) {
  at('note').textContent = text;
}

onTokenNeeded(() => new Promise(done => {
  const box = at('tokenbox');
  box.addEventListener('close', () => done(at('token').value), { once: true });
  if (!box.open) box.showModal();
}));

async function add(files) {
  const fresh = [...files].filter(file => file.size > 0);
  if (!fresh.length) return;
  let first = null;
  for (const file of fresh) {
    const picture = new Picture(file);
    pictures.push(picture);
    await picture.open();
    tooLarge(picture);
    first ??= picture;
    drawItem(picture);
  }
  choose(first);
  say(fresh.length === 1 ? '' : `${fresh.length} pictures were added.`);
}

/** What the server would refuse is said before anything is sent. */
function tooLarge(picture) {
  if (picture.file.size > accepted.max_body_bytes) {
    refuse(picture, `It has ${size(picture.file.size)}, and this server takes ${size(accepted.max_body_bytes)} at most.`);
  } else if (picture.width * picture.height > accepted.max_input_pixels) {
    refuse(picture, `It has ${megapixels(picture.width * picture.height)}, and this server takes ${megapixels(accepted.max_input_pixels)} at most.`);
  }
}

function refuse(picture, message) {
  picture.state = 'failed';
  picture.refused = true;
  picture.never = true;
  picture.message = message;
}

function megapixels(pixels) {
  return `${(pixels / 1e6).toFixed(1)} megapixels`;
}

function choose(picture) {
  chosen = picture;
  for (const item of at('list').children) {
    item.querySelector('.pick').setAttribute('aria-current', String(item.picture === picture));
  }
  drawStage();
  drawButtons();
}

function drawStage() {
  const compare = at('compare');
  const preview = at('preview');
  const shownResults = chosen?.results.filter(made => SHOWN.has(made.format)) ?? [];
  const compares = Boolean(chosen?.isShown && shownResults.length);
  at('drop').hidden = Boolean(chosen);
  compare.hidden = !compares;
  preview.hidden = !chosen?.isShown || compares;
  at('stage').classList.toggle('bare', Boolean(chosen) && !chosen.isShown);
  if (compares) {
    const original = { label: 'Original', url: chosen.url, width: chosen.width, height: chosen.height, blob: chosen.file };
    compare.show([original, ...shownResults], 0, shownResults.length);
  } else if (chosen?.isShown) {
    preview.show(chosen, () => settings.parameters(), () => settings.factor(chosen.width, chosen.height));
  }
  drawSize();
}

function drawSize() {
  if (!chosen?.width || !settings) {
    at('becomes').textContent = '';
    return;
  }
  const factor = settings.factor(chosen.width, chosen.height);
  const width = Math.round(chosen.width * factor);
  const height = Math.round(chosen.height * factor);
  const most = accepted.max_output_pixels;
  at('becomes').textContent = `${chosen.width} \u00d7 ${chosen.height} becomes ${width} \u00d7 ${height}, ${megapixels(width * height)}`
    + (width * height > most ? `: more than the ${megapixels(most)} that this server makes.` : '.');
}

function drawButtons() {
  const ready = pictures.filter(picture => !picture.isBusy && !picture.never);
  at('enlarge').disabled = !settings || !ready.length;
  const fresh = ready.filter(picture => !picture.results.length).length;
  at('enlarge').textContent = fresh > 1 ? `Enlarge ${fresh} pictures` : chosen?.results.length ? 'Enlarge once more' : 'Enlarge';
  at('zip').disabled = !pictures.some(picture => picture.results.length);
  at('clear').disabled = !pictures.length;
  at('empty').hidden = pictures.length > 0;
}

function makeItem(picture) {
  const item = document.createElement('li');
  item.picture = picture;
  item.innerHTML = '<button type="button" class="pick"><img alt=""><span class="name"></span></button><progress max="1"></progress><p class="said"></p><div class="acts"></div>';
  item.querySelector('.name').textContent = picture.name;
  const image = item.querySelector('img');
  if (picture.isShown) image.src = picture.url;
  item.querySelector('.pick').addEventListener('click', () => choose(picture));
  picture.item = item;
  at('list').append(item);
  return item;
}

function act(text, label, run) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = text;
  button.setAttribute('aria-label', label);
  button.addEventListener('click', run);
  return button;
}

function drawItem(picture) {
  const item = picture.item ?? makeItem(picture);
  item.dataset.state = picture.state;
  item.classList.toggle('refused', Boolean(picture.refused));
  const progress = item.querySelector('progress');
  progress.hidden = !picture.isBusy;
  progress.value = picture.progress;
  progress.setAttribute('aria-label', `Progress of ${picture.name}`);
  item.querySelector('.said').textContent = picture.message;
  const acts = item.querySelector('.acts');
  const kind = `${picture.state}${picture.results.length}`;
  if (acts.dataset.kind === kind) return;
  acts.dataset.kind = kind;
  acts.replaceChildren();
  if (picture.isBusy) acts.append(act('Cancel', `Cancel ${picture.name}`, () => {
    picture.cancel();
    drawItem(picture);
    drawButtons();
  }));
  for (const made of picture.results) {
    const link = document.createElement('a');
    link.href = made.url;
    link.download = made.name;
    link.textContent = picture.results.length > 1 ? made.label : 'Download';
    link.setAttribute('aria-label', `Download ${made.name}`);
    acts.append(link);
  }
  if (picture.isShown && picture.results.some(made => SHOWN.has(made.format))) {
    acts.append(act('Comparison', `Save a page that compares ${picture.name}`, () => saveComparison(picture)));
  }
  if (!picture.isBusy) acts.append(act('Remove', `Remove ${picture.name}`, () => remove(picture)));
}

function remove(picture) {
  pictures.splice(pictures.indexOf(picture), 1);
  picture.item.remove();
  picture.close();
  if (chosen === picture) choose(pictures.at(-1) ?? null);
  drawButtons();
}

function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

async function saveComparison(picture) {
  const original = { label: 'Original', blob: picture.file };
  const shown = picture === chosen ? at('compare').shown : [original, picture.results.at(-1)];
  const [left, right] = shown[0].width > (shown[1].width ?? 0) ? [shown[1], shown[0]] : shown;
  save(await comparisonPage(picture.name, left, right), picture.name.replace(/\.[^.]*$/, '') + '_comparison.html');
}

function enlarge() {
  const ready = pictures.filter(picture => !picture.isBusy && !picture.never);
  const fresh = ready.filter(picture => !picture.results.length);
  const work = fresh.length ? fresh : [chosen].filter(picture => picture && ready.includes(picture));
  for (const picture of work) {
    queue.add(picture, settings.parameters(), format => settings.nameFor(picture.name, format));
  }
  drawButtons();
}

function listen() {
  at('choose').addEventListener('click', () => at('files').click());
  at('add').addEventListener('click', () => at('files').click());
  at('files').addEventListener('change', () => {
    add(at('files').files);
    at('files').value = '';
  });
  at('settings').addEventListener('submit', event => {
    event.preventDefault();
    enlarge();
  });
  at('clear').addEventListener('click', () => [...pictures].forEach(remove));
  at('zip').addEventListener('click', async () => save(await zip(pictures.flatMap(picture => picture.results)), 'enlarged.zip'));
  document.addEventListener('paste', event => {
    const files = [...event.clipboardData.files];
    if (files.length) add(files);
  });
  let inside = 0;
  document.addEventListener('dragenter', event => {
    event.preventDefault();
    inside++;
    document.body.classList.add('dropping');
  });
  document.addEventListener('dragover', event => event.preventDefault());
  document.addEventListener('dragleave', () => {
    inside--;
    if (inside <= 0) document.body.classList.remove('dropping');
  });
  document.addEventListener('drop', event => {
    event.preventDefault();
    inside = 0;
    document.body.classList.remove('dropping');
    add(event.dataTransfer.files);
  });
}

listen();
try {
  const [known, most] = await Promise.all([models(), limits()]);
  accepted = most;
  settings = new Settings(known, () => {
    drawSize();
    at('preview').again();
  });
  at('accepted').textContent = `PNG, JPEG, WebP, TIFF, GIF, BMP; up to ${megapixels(most.max_input_pixels)} and ${size(most.max_body_bytes)} each`;
  drawButtons();
  document.body.dataset.ready = 'true';
} catch (e) {
  say(e.message);
}
