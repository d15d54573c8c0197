/** Puts a proxy in the place of a function of the page, and takes it away again. */

/**
 * Replaces the function `holder[name]` until `own.undo` is run; `kind` is what is done with it, `apply` or `construct`, and `part` is
 * `get` for a getter. A proxy is native code to Function.prototype.toString, keeps name, length and whatever else a page reads or
 * sets there, and constructs only what the native function does.
 *
 * `own` keeps the native function by its name. `took` gets what the native function returned, and the trap's other arguments, and returns it to the caller; `threw` what it threw.
 */
export function replace(own, holder, name, took, kind = 'apply', part = 'value', threw) {
  const before = Reflect.getOwnPropertyDescriptor(holder, name)
  const native = before?.[part] ?? holder[name]
  // A library has put a facade in the place of the class.
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
          threw?.(first, error)
          throw error
        }
        return own.isOn ? took(result, first, second) : result
      },
    }.whycors,
    // Of a proxy, Function.prototype.toString does not tell the name.
    get: (target, key, receiver) => (key === 'toString' && receiver === proxy ? target.toString.bind(target) : target[key]),
  })
  const set = descriptor => Reflect.defineProperty(holder, name, descriptor)
  // One that is inherited becomes an own one like any that is assigned.
  if (!set({ ...(before ?? Reflect.getOwnPropertyDescriptor([0], 0)), [part]: proxy })) console.warn('whycors: ' + name + ' is frozen')
  // What has been patched over ours keeps calling it: it passes everything on.
  own.undo.push(() => Reflect.getOwnPropertyDescriptor(holder, name)[part] === proxy && set(before))
  return proxy
}

/** Takes our own line out of an error's stack, so that the caller's comes first, as it does without us. */
export function unseen(error) {
  try {
    const { stack } = error
    const value = stack.replace(/^(\s+at \S*whycors \[as|whycors@).*\n?/m, '')
    // Assigned, it would be enumerable in Firefox, where it is inherited.
    if (value !== stack) Reflect.defineProperty(error, 'stack', { value, writable: true })
  } catch {}
}
