/** Runs it outside the zones of zone.js: what a diagnosis waits for is not the application's, which would not become stable. */
export function outside(work) {
  const { root } = globalThis.Zone ?? {}
  return root?.run ? root.run(work) : work()
}
