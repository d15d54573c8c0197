// What every step begins with: the row's call as script writes it, and what the page does before it.
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const streamOf = text => new ReadableStream({
  start(controller) {
    controller.enqueue(new TextEncoder().encode(text));
    controller.close();
  },
});
const aborted = after => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), after);
  return controller.signal;
};
// Anew for each call: a stream is read once, and a signal's time begins here.
const callInit = () => {
  const init = { ...input.init };
  if (input.streams) Object.assign(init, { body: streamOf(init.body), duplex: 'half' });
  if (input.signal === 'aborted') init.signal = aborted(300);
  if (input.signal === 'timeout') init.signal = AbortSignal.timeout(300);
  return init;
};
// The whole page URL as referrer marks the application's own requests in the lab's log and changes nothing in the protocol.
// Firefox has a line of its own about it.
const marked = input.unmarked ? {} : { referrer: `${location.origin}/lab/page?app`, referrerPolicy: 'unsafe-url' };
const prepare = async url => {
  if (input.before !== 'no-cors') return;
  await fetch(url, { mode: 'no-cors', ...marked });
  // The answer's body is stored after its head.
  await sleep(200);
};
// A page under a service worker says when it is.
await globalThis.ready;
