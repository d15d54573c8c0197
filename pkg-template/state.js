/** What the patches share with the core, once that is there. */

/** Absent in Node, on a server, in a worker: there, importing does nothing. */
export const view = globalThis.fetch && globalThis.document?.defaultView

/**
 * `exits`: how often the page has begun to be left. `violations`: the last of its policy. `watched`, `sent`: while failures are known,
 * are told of calls by fetch and XMLHttpRequest. `latest`: the last diagnosis. `server`: whose recipe was
 * asked for last.
 */
export const page = { exits: 0 }
