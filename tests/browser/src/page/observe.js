// Each probe alone, one after the other, each at a URL of its own: a preflight cache knows URLs.
if (!globalThis.whycors?.observe) throw new Error('whycors.observe is not on the page');
const ids = input.probes.length ? input.probes : globalThis.whycors.probeIds ?? [];
const observed = {};
for (const id of ids) {
  observed[id] = await globalThis.whycors.observe(`${input.url}${id}`, input.init, id);
}
return observed;
