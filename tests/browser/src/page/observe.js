// Each probe alone, one after the other, each at a URL of its own: a preflight cache knows URLs.
if (!globalThis.whycors?.observe) throw new Error('whycors.observe is not on the page');
const ids = input.probes.length ? input.probes : globalThis.whycors.probeIds ?? [];
const observed = {};
for (const id of ids) {
  const url = `${input.url}${id}`;
  await prepare(url);
  // A server whose first answer differs has given it to the call before any probe.
  if (input.first) await fetch(url, callInit()).catch(() => {});
  observed[id] = await globalThis.whycors.observe(url, callInit(), id);
}
return observed;
