/** What the patches share with the core, once that is there. */

/** Absent in Node, on a server, in a worker: there, importing does nothing. */
export const view = globalThis.fetch && globalThis.document?.defaultView

/**
 * `exits`: how often the page has begun to be left. `violations`, `timings`: the last of what it
 * was told, see `load.js`. `watched`, `sent`: while failures are known, are told of calls by fetch and XMLHttpRequest. `isReady`: the core runs. `latest`: the last
 * diagnosis.
 */
export const page = { exits: 0 }
