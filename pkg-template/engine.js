/** The engine, by CSS that only one of them knows: DevTools can change the user agent, and not this. */
export function engine() {
  const supports = (property, value) => globalThis.CSS?.supports?.(property, value)
  if (supports('-moz-orient', 'inline')) return 'firefox'
  if (supports('-webkit-nbsp-mode', 'space')) return 'webkit'
  if (supports('app-region', 'drag') || supports('-webkit-app-region', 'drag')) return 'chromium'
  return 'other'
}
