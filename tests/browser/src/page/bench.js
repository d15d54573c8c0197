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
globalThis.bench = {
  /** Makes so many calls of a kind under a variant; how many milliseconds that took. */
  async batch({ kind, variant, calls }) {
    enter(variants[variant]);
    const start = performance.now();
    await batches[kind](calls, variants[variant].fetch);
    return performance.now() - start;
  },
  release() {
    keep.length = 0;
  },
};
