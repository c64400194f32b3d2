// What the server is asked, and nothing of how it is shown.

const KEY = 'repsr.token';

/** A refusal by the server: its reason, its sentence, and when to try again. */
export class Refused extends Error {
  constructor(status, reason, message, retryAfter) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.retryAfter = retryAfter;
  }
}

/** Asks the user for the token; set by the page. */
let askForToken = async () => '';

export function onTokenNeeded(ask) {
  askForToken = ask;
}

function headers() {
  const token = sessionStorage.getItem(KEY);
  return token ? { Authorization: `Bearer ${token}` } : {};
}

async function call(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { ...options, headers: { ...headers(), ...options.headers } });
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Refused(0, 'unreachable', 'The server cannot be reached. Is it still running?', 0);
  }
  if (answer.status === 401) {
    const token = await askForToken();
    if (token) {
      sessionStorage.setItem(KEY, token);
      return call(path, options);
    }
  }
  if (!answer.ok) {
    let json = {};
    try {
      json = await answer.json();
    } catch {
      // A server in between may answer with something else.
    }
    const wait = Number(answer.headers.get('Retry-After')) || 0;
    throw new Refused(answer.status, json.reason ?? 'unknown', sentence(json.message ?? `The server answered ${answer.status}.`), wait);
  }
  return answer;
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');
}

export async function models() {
  return (await (await call('api/models')).json()).models;
}

export async function limits() {
  return (await call('api/limits')).json();
}

function query(parameters) {
  return new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== '' && value !== undefined)).toString();
}

/** Enlarges a small piece and waits for it. */
export async function enlargeNow(blob, parameters, signal) {
  const answer = await call(`api/upscale?${query(parameters)}`, { method: 'POST', body: blob, signal });
  return { blob: await answer.blob(), model: answer.headers.get('X-Repsr-Model') };
}

export async function addJob(blob, parameters, signal) {
  return (await call(`api/jobs?${query(parameters)}`, { method: 'POST', body: blob, signal })).json();
}

export async function result(id) {
  return (await call(`api/jobs/${id}/result`)).blob();
}

export async function removeJob(id) {
  try {
    await call(`api/jobs/${id}`, { method: 'DELETE' });
  } catch (e) {
    if (!(e instanceof Refused)) throw e;
  }
}

/** Each state of a job, until it is over. */
export async function* states(id, signal) {
  const answer = await call(`api/jobs/${id}/events`, { signal });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    let end = text.indexOf('\n\n');
    while (end >= 0) {
      const data = text.slice(0, end).split('\n').find(line => line.startsWith('data: '));
      if (data) yield JSON.parse(data.slice(6));
      text = text.slice(end + 2);
      end = text.indexOf('\n\n');
    }
  }
}
