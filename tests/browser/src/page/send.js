// The application's own call, by what makes it, and what it ended in.
const now = () => performance.timeOrigin + performance.now();

const byFetch = async () => {
  const init = { ...callInit(), ...marked };
  if (input.patience && !init.signal) init.signal = AbortSignal.timeout(input.patience);
  try {
    const response = await fetch(input.url, init);
    return { kind: 'resolved', name: response.type, message: String(response.status), at: now() };
  } catch (error) {
    const kind = error instanceof TypeError ? 'type-error' : error instanceof DOMException ? 'dom-exception' : 'other';
    return { kind, name: error.name, message: error.message, at: now(), error };
  }
};
const byXhr = () => new Promise(resolve => {
  const xhr = new XMLHttpRequest();
  if (input['upload-listener']) xhr.upload.addEventListener('progress', () => {});
  xhr.open(input.init.method ?? 'GET', input.url);
  for (const [name, value] of Object.entries(input.init.headers ?? {})) xhr.setRequestHeader(name, value);
  xhr.withCredentials = input.init.credentials === 'include';
  xhr.timeout = input.signal === 'timeout' ? 300 : input.patience ?? 0;
  const end = kind => event => {
    const error = kind === 'resolved' ? undefined : event;
    resolve({ kind, name: event.type, message: String(xhr.status), at: now(), error });
  };
  xhr.onload = end('resolved');
  xhr.onerror = end('error-event');
  xhr.ontimeout = end('timeout-event');
  xhr.send(input.init.body);
});
const isCredentialed = input.init.credentials === 'include';
let readyState;
const byEventSource = () => new Promise(resolve => {
  const source = new EventSource(input.url, { withCredentials: isCredentialed });
  const end = kind => event => {
    readyState = source.readyState;
    source.close();
    resolve({ kind, name: event.type, message: '', at: now(), error: kind === 'resolved' ? undefined : event });
  };
  source.onopen = end('resolved');
  source.onerror = end('error-event');
});
const byImage = () => new Promise(resolve => {
  const image = new Image();
  if (input.using === 'cors-image') image.crossOrigin = isCredentialed ? 'use-credentials' : 'anonymous';
  const end = kind => event => {
    resolve({ kind, name: event.type, message: '', at: now(), error: kind === 'resolved' ? undefined : event });
  };
  image.onload = end('resolved');
  image.onerror = end('error-event');
  image.src = input.url;
  // Only events of what is in the document reach whycors.
  document.body.append(image);
});
const send = {
  fetch: byFetch,
  xhr: byXhr,
  'event-source': byEventSource,
  image: byImage,
  'cors-image': byImage,
}[input.using];
