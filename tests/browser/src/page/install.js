// The application's own call under an installed whycors, and what was heard of its diagnosis.
if (!globalThis.whycors) throw new Error('whycors is not on the page');
await prepare(input.url);
let called;
const event = new Promise(resolve => addEventListener('whycors:diagnosis', ({ detail }) => resolve(detail), { once: true }));
const installation = globalThis.whycors.install({
  report: 'silent',
  onDiagnosis: diagnosis => { called ??= diagnosis; },
  probes: input.options,
});
const { error, ...rejection } = await send();
const heard = await Promise.race([event, sleep(rejection.kind === 'resolved' ? 300 : input.limit)]);
const ofError = error && await Promise.race([globalThis.whycors.diagnosisOf?.(error), sleep(1000)]).catch(() => {});
await sleep(100);
// As the table writes what the call itself sees; only Firefox's Resource Timing tells early from late.
const outcome = () => {
  if (readyState !== undefined) return rejection.kind === 'resolved' ? 'open' : readyState === 2 ? 'closed' : 'reconnecting';
  if (rejection.kind === 'resolved') {
    const types = { opaque: 'opaque', opaqueredirect: 'opaque-redirect' };
    return types[rejection.name] ?? (Number(rejection.message) >= 400 ? 'readable-error' : 'readable');
  }
  if (input.signal === 'aborted' && rejection.kind === 'dom-exception') return 'aborted';
  const isTimeLimit = rejection.kind === 'dom-exception' && /^(Timeout|Abort)Error$/.test(rejection.name);
  if (isTimeLimit || rejection.kind === 'timeout-event') return 'timed-out';
  if (input.using === 'cors-image') return 'failed';
  const entry = performance.getEntriesByName(new URL(input.url, location.href).href).at(-1);
  if (!entry || !navigator.userAgent.includes('Firefox/')) return 'failed';
  return entry.duration === 0 ? 'failed-early' : 'failed-late';
};
const same = other => other !== undefined && JSON.stringify(other) === JSON.stringify(heard);
return {
  rejection,
  call: outcome(),
  diagnosis: heard ?? null,
  'by-callback': same(called),
  'by-error': error ? same(ofError) : null,
  kept: installation.diagnoses.length,
};
