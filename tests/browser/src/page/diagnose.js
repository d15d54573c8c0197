// The same call given to whycors alone.
if (!globalThis.whycors) throw new Error('whycors is not on the page');
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const asked = globalThis.whycors.diagnose(input.url, input.init, { probes: input.options });
const diagnosis = await Promise.race([asked, sleep(input.limit)]);
await sleep(100);
return diagnosis ?? null;
