/** A WebAssembly module from its text: gzip, then base64. */
export async function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), character => character.charCodeAt(0))
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer()
}

/** What to say of an error of WebAssembly's. */
export function ofWasm(error) {
  if (!/unsafe-eval|CSP|Content.Security/i.test(error?.message)) return error
  return new Error(
    "this page's Content-Security-Policy forbids WebAssembly. Add 'wasm-unsafe-eval' to script-src (in development is enough).",
  )
}
