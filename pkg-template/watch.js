/** Keeps what the page is told only once, until `signal` ends it. */

export function watch(page, view, signal) {
  page.violations ??= []
  const listen = (type, told) => view.addEventListener(type, told, { signal })
  listen('securitypolicyviolation', event => page.violations.push(event) > 20 && page.violations.shift())
  listen('beforeunload', () => page.exits++)
  listen('pagehide', () => page.exits++)
}
