/** Puts a proxy in the place of a function of the page, and takes it away again. */

/**
 * Replaces the function `holder[name]` until `own.signal` ends it; `kind` is what is done with it, `apply` or `construct`, and `part` is
 * `get` for a getter. A proxy is native code to Function.prototype.toString, keeps name, length and whatever else a page reads or
 * sets there, and constructs only what the native function does.
 *
 * `own` keeps the native function by its name. `took` gets what it returned, and the trap's other arguments, and returns it to the
 * caller.
 */
export function replace(own, holder, name, took, kind = 'apply', part = 'value') {
  const before = Reflect.getOwnPropertyDescriptor(holder, name)
  const native = before?.[part] ?? holder[name]
  // A library has put a facade in the place of a class.
  if (!native) return
  const perform = Reflect[kind]
  own[name] = native
  const proxy = new Proxy(native, {
    // So it is called in stacks.
    [kind]: {
      whycors(target, first, second) {
        let result
        try {
          result = perform(target, first, second)
        } catch (error) {
          unseen(error)
          throw error
        }
        return own.isOn ? took(result, first, second) : result
      },
    }.whycors,
    // Of a proxy, Function.prototype.toString does not tell the name.
    get: (target, key, receiver) => (key === 'toString' && receiver === proxy ? target.toString.bind(target) : target[key]),
  })
  const set = descriptor => Reflect.defineProperty(holder, name, descriptor)
  if (!set({ ...(before?.[part] ? before : Reflect.getOwnPropertyDescriptor([0], 0)), [part]: proxy })) console.warn('whycors: frozen: ' + name)
  // What has been patched over ours keeps calling it: it passes everything on.
  own.signal.addEventListener('abort', () => Reflect.getOwnPropertyDescriptor(holder, name)[part] === proxy && set(before))
  return proxy
}

/** Takes our own line out of an error's stack, so that the caller's comes first, as it does without us. */
export function unseen(error) {
  try {
    const { stack } = error
    const without = stack.replace(/^(\s+at \S*whycors \[as|whycors@).*\n?/m, '')
    if (without !== stack) Object.defineProperty(error, 'stack', { value: without, configurable: true, writable: true })
  } catch {}
}
