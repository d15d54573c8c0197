// Stands in for whycors: as much as shows that the harness hears, logs and marks. One probe, one cause, no secrets kept.
globalThis.whycors = (() => {
  const nativeFetch = fetch.bind(globalThis);
  const diagnoses = [];
  const byError = new WeakMap();
  const observe = async (url, init, id) => {
    if (id !== 'opaque') return 'not-asked';
    const probe = nativeFetch(url, { mode: 'no-cors', cache: 'no-store', credentials: 'omit' });
    return probe.then(() => 'opaque', () => 'failed');
  };
  const diagnose = async (url, init) => {
    const saw = await observe(url, init, 'opaque');
    const code = saw === 'opaque' ? 'missing-allow-origin' : 'connection-refused';
    return { verdict: 'settled', causes: [{ code }], saw: [{ kind: 'probe', id: 'opaque', saw }], duration: 1, online: navigator.onLine };
  };
  const install = ({ onDiagnosis }) => {
    const below = globalThis.fetch;
    globalThis.fetch = (url, init) => below(url, init).catch(error => {
      if (init?.signal?.reason?.name === 'AbortError') throw error;
      byError.set(error, diagnose(url, init).then(diagnosis => {
        diagnoses.push(diagnosis);
        onDiagnosis(diagnosis);
        dispatchEvent(new CustomEvent('whycors:diagnosis', { detail: diagnosis }));
        return diagnosis;
      }));
      throw error;
    });
    return { diagnoses };
  };
  return { install, diagnose, observe, diagnosisOf: error => byError.get(error) };
})();
