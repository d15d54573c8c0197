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
const marked = { referrer: `${location.origin}/lab/page?app`, referrerPolicy: 'unsafe-url' };
return {
  call: await sent('call', { ...input.init, ...marked }),
  cors: await sent('cors', {}),
  'no-cors': await sent('no-cors', { mode: 'no-cors' }),
  manual: await sent('manual', { redirect: 'manual' }),
  source: await eventSource('source'),
};
