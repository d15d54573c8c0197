// The same call given to whycors alone.
if (!globalThis.whycors) throw new Error('whycors is not on the page');
await prepare(input.url);
const asked = globalThis.whycors.diagnose(input.url, callInit(), { probes: input.options });
const diagnosis = await Promise.race([asked, sleep(input.limit)]);
await sleep(100);
return diagnosis ?? null;
