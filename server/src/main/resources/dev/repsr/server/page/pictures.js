// The pictures of this tab: what was chosen, what was made of each, and what is on its way.
import { addJob, removeJob, result, states, Refused } from './api.js';

const AT_A_TIME = 2;

export class Picture {
  constructor(file) {
    this.file = file;
    this.name = file.name || 'pasted.png';
    this.url = URL.createObjectURL(file);
    this.results = [];
    this.state = 'ready';
    this.progress = 0;
    this.message = '';
  }

  /** Looks at it, as far as the browser can. */
  async open() {
    try {
      this.bitmap = await createImageBitmap(this.file);
      this.width = this.bitmap.width;
      this.height = this.bitmap.height;
    } catch {
      this.message = 'This browser cannot show it; it can be enlarged all the same.';
    }
    return this;
  }

  get isShown() {
    return Boolean(this.bitmap);
  }

  get isBusy() {
    return this.state === 'waiting' || this.state === 'queued' || this.state === 'running';
  }

  close() {
    this.cancel();
    this.bitmap?.close();
    URL.revokeObjectURL(this.url);
    for (const made of this.results) URL.revokeObjectURL(made.url);
  }

  cancel() {
    this.stop?.abort();
    if (this.job) removeJob(this.job);
    if (this.isBusy) {
      this.state = this.results.length ? 'done' : 'ready';
      this.message = 'Cancelled.';
    }
  }
}

/** Sends pictures to the server, a few at a time, and follows them. */
export class Queue {
  #waiting = [];
  #running = 0;

  constructor(changed) {
    this.changed = changed;
  }

  add(picture, parameters, name) {
    if (picture.isBusy) return;
    picture.state = 'waiting';
    picture.progress = 0;
    picture.message = 'Waits for the others.';
    picture.stop = new AbortController();
    this.#waiting.push({ picture, parameters, name, signal: picture.stop.signal });
    this.changed(picture);
    this.#next();
  }

  #next() {
    while (this.#running < AT_A_TIME && this.#waiting.length) {
      const work = this.#waiting.shift();
      if (work.signal.aborted) continue;
      this.#running++;
      this.#enlarge(work).finally(() => {
        this.#running--;
        this.#next();
      });
    }
  }

  async #enlarge({ picture, parameters, name, signal }) {
    try {
      const job = await this.#admitted(picture, parameters, signal);
      picture.job = job.id;
      let last = job;
      for await (const state of states(job.id, signal)) {
        last = state;
        this.#told(picture, state);
      }
      if (last.state !== 'done') throw new Refused(last.status ?? 0, last.reason ?? 'unknown', last.message ?? 'The server gave it up.', 0);
      picture.message = 'Fetching the result.';
      this.changed(picture);
      const blob = await result(job.id);
      await removeJob(job.id);
      this.#done(picture, last, blob, name);
    } catch (e) {
      if (signal.aborted) {
        this.changed(picture);
        return;
      }
      picture.state = picture.results.length ? 'done' : 'failed';
      picture.message = e instanceof Error ? e.message : String(e);
      picture.refused = true;
      if (picture.job) await removeJob(picture.job);
    } finally {
      picture.job = undefined;
      this.changed(picture);
    }
  }

  /** A server that is full says when to ask again. */
  async #admitted(picture, parameters, signal) {
    picture.message = 'Sending.';
    picture.refused = false;
    this.changed(picture);
    for (;;) {
      try {
        return await addJob(picture.file, parameters, signal);
      } catch (e) {
        if (!(e instanceof Refused) || e.status !== 503 || !e.retryAfter) throw e;
        picture.message = `The server is busy; asks again in ${e.retryAfter} s.`;
        this.changed(picture);
        await new Promise((done, failed) => {
          const timer = setTimeout(done, e.retryAfter * 1000);
          signal.addEventListener('abort', () => {
            clearTimeout(timer);
            failed(new DOMException('cancelled', 'AbortError'));
          }, { once: true });
        });
      }
    }
  }

  #told(picture, state) {
    picture.state = state.state === 'queued' || state.state === 'running' ? state.state : picture.state;
    picture.progress = state.progress;
    if (state.state === 'queued') picture.message = state.ahead ? `${state.ahead} before it.` : 'Begins soon.';
    if (state.state === 'running') {
      picture.message = state.seconds_left === undefined ? 'Enlarging.' : `${seconds(state.seconds_left)} left.`;
    }
    this.changed(picture);
  }

  #done(picture, state, blob, name) {
    const label = state.model || 'resampled';
    picture.results.push({
      label: picture.results.some(made => made.label === label) ? `${label} (${picture.results.length + 1})` : label,
      name: name(state.format),
      blob,
      url: URL.createObjectURL(blob),
      width: state.width,
      height: state.height,
      format: state.format,
    });
    picture.state = 'done';
    picture.progress = 1;
    const choice = state.choice ? ` It looked like ${state.choice}.` : '';
    const warnings = state.warnings.length ? ` ${state.warnings.join(' ')}` : '';
    picture.message = `${state.width} \u00d7 ${state.height}, ${size(state.bytes)}, ${seconds(state.millis / 1000)}.${choice}${warnings}`;
  }
}

export function seconds(number) {
  if (number < 10) return `${Math.max(0.1, number).toFixed(1)} s`;
  return number < 100 ? `${Math.round(number)} s` : `${Math.round(number / 60)} min`;
}

export function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
