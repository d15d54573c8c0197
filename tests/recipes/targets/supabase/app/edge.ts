// Stands for the platform around the function: the port, the gate of verify_jwt (off where config.toml does not switch it on; OPTIONS passes it),
// and the 500 for an exception.
const serve = Deno.serve;
const config = await Deno.readTextFile('supabase/config.toml');
const gate = /^verify_jwt = true/m.test(config);
let handler: Deno.ServeHandler | undefined;

Object.defineProperty(Deno, 'serve', { value: (given: Deno.ServeHandler) => void (handler ??= given) });
const { handle } = await import('./supabase/functions/items/index.ts');

serve({ hostname: '127.0.0.1', port: Number(Deno.env.get('PORT')) }, async (req, info) => {
  if (gate && req.method !== 'OPTIONS' && req.headers.get('Authorization') !== 'Bearer good') {
    return Response.json({ msg: 'Error: Missing authorization header' }, { status: 401 });
  }
  try {
    return await (handler ?? handle)(req, info);
  } catch {
    return Response.json({ code: 'Internal Server Error' }, { status: 500 });
  }
});
