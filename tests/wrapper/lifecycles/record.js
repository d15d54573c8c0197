// Keeps what whycors says and fires, and what goes wrong in the page, in this tab's storage: it outlives the document.
{
  const keep = entry => {
    const kept = JSON.parse(sessionStorage.getItem('kept') ?? '[]')
    sessionStorage.setItem('kept', JSON.stringify([...kept, entry]))
  }
  for (const level of ['log', 'warn', 'error', 'groupCollapsed']) {
    const native = console[level]
    console[level] = (...args) => {
      // Of a report, its first line.
      if (/^whycors/.test(args[0])) keep({ kind: level, text: args[0].split('\n')[0] })
      native.apply(console, args)
    }
  }
  addEventListener('whycors:diagnosis', ({ detail: { request, causes, verdict } }) =>
    keep({
      kind: 'diagnosis',
      text: request.url,
      api: request.api,
      causes: causes.map(({ code }) => code),
      verdict,
      hidden: document.hidden,
      state: document.readyState,
    }),
  )
  addEventListener('error', ({ message }) => message && keep({ kind: 'thrown', text: message }))
  addEventListener('unhandledrejection', ({ reason }) => keep({ kind: 'rejected', text: String(reason) }))
  addEventListener('pageshow', ({ persisted }) => keep({ kind: 'shown', text: persisted ? 'kept' : 'loaded' }))
  document.addEventListener('visibilitychange', () => keep({ kind: 'visible', text: document.visibilityState }))
  addEventListener('beforeunload', () => keep({ kind: 'left', text: '' }))
}
