// Sends each kind of request to input.url and says what the page sees of it.
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const fresh = name => `${input.url}?run=${input.run}~${name}`;
const timing = url => {
  const entries = performance.getEntriesByName(url);
  if (!entries.length) return 'no entry';
  const { duration, responseStatus } = entries.at(-1);
  return `${duration === 0 ? '0' : duration < 1 ? '<1' : '>0'} status ${responseStatus}`;
};
const sent = async (name, init) => {
  const url = fresh(name);
  try {
    const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(1500), ...init });
    await sleep(20);
    return `${response.type} ${response.status} (${timing(url)})`;
  } catch (error) {
    await sleep(20);
    return `${error.name === 'TypeError' ? 'TE' : error.name} (${timing(url)})`;
  }
};
const eventSource = name => new Promise(resolve => {
  const source = new EventSource(fresh(name));
  const end = word => { source.close(); resolve(word); };
  source.onopen = () => end('open');
  source.onerror = () => end(`readyState ${source.readyState}`);
  setTimeout(end, 3000, 'nothing in 3 s');
});
// A frame's policy may be inherited from the page's: only the frame's own counts.
const inFrame = async (name, mode) => {
  const frame = document.createElement('iframe');
  document.documentElement.append(frame);
  const { contentWindow: view, contentDocument: page } = frame;
  const meta = page.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = `connect-src ${new URL(input.url).origin}`;
  page.head.append(meta);
  let violations = 0;
  page.addEventListener('securitypolicyviolation', event => { violations += event.originalPolicy === meta.content; });
  let word;
  try {
    const response = await view.fetch(fresh(name), { mode, cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(1500) });
    word = response.type;
  } catch (error) {
    word = error.name === 'TypeError' ? 'TE' : error.name;
  }
  await sleep(50);
  frame.remove();
  return `${word}, ${violations} violations`;
};
const prefetch = async name => {
  const frame = document.createElement('iframe');
  frame.credentialless = true;
  frame.srcdoc = '<!doctype html>';
  const loaded = new Promise(resolve => { frame.onload = resolve; });
  document.documentElement.append(frame);
  await loaded;
  const link = frame.contentDocument.createElement('link');
  if (!frame.contentWindow.credentialless || !link.relList.supports('prefetch')) return 'not possible';
  link.rel = 'prefetch';
  link.href = fresh(name);
  const first = new Promise(resolve => { link.onload = link.onerror = ({ type }) => resolve(type); });
  frame.contentDocument.head.append(link);
  const word = await Promise.race([first, sleep(1500)]);
  frame.remove();
  return word ?? 'nothing in 1.5 s';
};
const nullOrigin = async name => {
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-scripts';
  frame.srcdoc = `<script>onmessage = async ({ data, ports: [port] }) => {
    try { port.postMessage(String((await fetch(data, { credentials: 'omit', cache: 'no-store' })).status)) }
    catch { port.postMessage('TE') }
  }</script>`;
  const loaded = new Promise(resolve => { frame.onload = resolve; });
  document.documentElement.append(frame);
  await loaded;
  const { port1, port2 } = new MessageChannel();
  const heard = new Promise(resolve => { port1.onmessage = ({ data }) => resolve(data); });
  frame.contentWindow.postMessage(fresh(name), '*', [port2]);
  const word = await Promise.race([heard, sleep(1500)]);
  frame.remove();
  return word ?? 'nothing in 1.5 s';
};
const upload = name => new Promise(resolve => {
  const xhr = new XMLHttpRequest();
  const url = fresh(name);
  xhr.open('HEAD', url);
  xhr.upload.onprogress = () => {};
  xhr.timeout = 1500;
  xhr.onloadend = async () => {
    await sleep(30);
    resolve(`${xhr.status || 'error'} (${timing(url)})`);
  };
  xhr.send();
});
const webSocket = name => new Promise(resolve => {
  const socket = new WebSocket(fresh(name).replace(/^http/, 'ws'));
  socket.onclose = ({ code }) => resolve(String(code));
  setTimeout(resolve, 1500, 'nothing in 1.5 s');
});
const marked = { referrer: `${location.origin}/lab/page?app`, referrerPolicy: 'unsafe-url' };
return {
  call: await sent('call', { ...input.init, ...marked }),
  cors: await sent('cors', {}),
  'no-cors': await sent('no-cors', { mode: 'no-cors' }),
  manual: await sent('manual', { redirect: 'manual' }),
  source: await eventSource('source'),
  prefetch: await prefetch('prefetch'),
  frame: await inFrame('frame', 'no-cors'),
  'frame-cors': await inFrame('frame-cors', 'cors'),
  'null-origin': await nullOrigin('null-origin'),
  upload: await upload('upload'),
  websocket: await webSocket('websocket'),
};
