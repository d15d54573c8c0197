// Puts the variants of one page side by side into `bench`: native calls, bare patches of them, and whycors.
const { prototype } = XMLHttpRequest;
const take = () => ({ fetch, XMLHttpRequest, methods: Object.getOwnPropertyDescriptors(prototype) });
const keep = [];
const passes = Promise.resolve(new Response(''));
const stubs = {
  passes: { fetch: () => passes },
  // Who may still answer a call is held by the browser, and not freed.
  hangs: { fetch: () => new Promise(resolve => keep.push(resolve)) },
};
if (input.stub) {
  window.fetch = stubs[input.stub].fetch;
  Object.assign(prototype, { open() {}, setRequestHeader() {}, send() {} });
}
const native = take();
const { open, send } = prototype;
const note = (...seen) => { globalThis.noted = seen; };
// Called as a method of nothing, which the native fetch is.
const call = native.fetch;
const patch = methods => {
  const all = { ...native.methods };
  for (const name in methods) all[name] = { ...all[name], value: methods[name] };
  return { ...native, methods: all };
};

const variants = {
  native,
  // The least that can tell of a failure.
  bare: {
    ...patch({
      open(method, url) {
        this.__called = { method, url };
        return open.apply(this, arguments);
      },
      send() {
        this.addEventListener('error', () => note(this.__called));
        return send.apply(this, arguments);
      },
    }),
    fetch: function (input, init) {
      const p = call(input, init);
      return p.then(undefined, e => {
        note(e, arguments);
        throw e;
      });
    },
  },
  rest: {
    ...native,
    fetch: function (...args) {
      return Reflect.apply(call, this, args).then(undefined, e => {
        note(e, args);
        throw e;
      });
    },
  },
  through: patch({
    open() {
      return open.apply(this, arguments);
    },
    send() {
      return send.apply(this, arguments);
    },
  }),
};
if (!globalThis.whycors) throw new Error('whycors is not on the page');
globalThis.whycors.install({ report: 'silent' });
variants.whycors = take();

const { url } = input;
const init = { method: 'GET', headers: { accept: 'application/json' } };
const finished = xhr => new Promise((resolve, reject) => {
  xhr.onload = resolve;
  xhr.onerror = reject;
});
const batches = {
  async fetch(count, call) {
    for (let i = 0; i < count; i++) await call(url);
  },
  async 'fetch-init'(count, call) {
    for (let i = 0; i < count; i++) await call(url, init);
  },
  async xhr(count) {
    for (let i = 0; i < count; i++) {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', url);
      xhr.send();
    }
  },
  async 'xhr-header'(count) {
    for (let i = 0; i < count; i++) {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', url);
      xhr.setRequestHeader('accept', 'application/json');
      xhr.send();
    }
  },
  async 'real-fetch'(count, call) {
    for (let i = 0; i < count; i++) await (await call(url)).text();
  },
  async 'real-xhr'(count) {
    for (let i = 0; i < count; i++) {
      const xhr = new XMLHttpRequest();
      const end = finished(xhr);
      xhr.open('GET', url);
      xhr.send();
      await end;
    }
  },
  async 'held-fetch'(count, call) {
    for (let i = 0; i < count; i++) keep.push(call(url));
  },
  async 'held-xhr'(count) {
    for (let i = 0; i < count; i++) {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', url);
      xhr.send();
      keep.push(xhr);
    }
  },
};

const enter = ({ methods, ...globals }) => {
  Object.defineProperties(prototype, methods);
  window.XMLHttpRequest = globals.XMLHttpRequest;
  window.fetch = globals.fetch;
};
const run = async ({ kind, variant, calls }) => {
  enter(variants[variant]);
  // Engines forget what they knew of a prototype that is changed.
  await batches[kind](Math.ceil(calls / 20), variants[variant].fetch);
  const start = performance.now();
  await batches[kind](calls, variants[variant].fetch);
  return performance.now() - start;
};
const { port1, port2 } = new MessageChannel();
/** Lets the page do what is due; a timer would wait for longer. */
const turn = () => new Promise(resolve => {
  port1.onmessage = resolve;
  port2.postMessage(null);
});
const shuffled = items => items.map(item => [Math.random(), item]).sort(([a], [b]) => a - b).map(([, item]) => item);

globalThis.bench = {
  /** So many batches of each variant by turns, in ever another order; how many milliseconds each took. */
  async round({ kind, variants, calls, batches }) {
    const took = Object.fromEntries(variants.map(variant => [variant, []]));
    for (let i = 0; i < batches; i++) {
      for (const variant of shuffled(variants)) {
        took[variant].push(await run({ kind, variant, calls }));
        await turn();
      }
    }
    return took;
  },
  /** Makes so many calls. */
  async calls({ kind, variant, calls }) {
    enter(variants[variant]);
    await batches[kind](calls, variants[variant].fetch);
  },
  release() {
    keep.length = 0;
  },
};
if (!crossOriginIsolated) throw new Error('the page is not isolated, and its clock is coarse');
