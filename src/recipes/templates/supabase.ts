// At the end of the function's index.ts, where its own `Deno.serve(` or `serve(` has become `const handle: Deno.ServeHandler = (`,
// or its `export default {` has become `const { fetch: handle }: { fetch: Deno.ServeHandler } = {`
const origins = ['«origin»']; // further origins go into this list

async function answer(req: Request, info: Deno.ServeHandlerInfo): Promise<Response> {
«?preflight»  if (req.method === 'OPTIONS') {
«?preflight»    return new Response(null, {
«?preflight»      status: 204,
«?preflight»      headers: {
«?preflight»        // Methods and headers of this call; add those of your others.
«!simple»        'Access-Control-Allow-Methods': '«method»',
«?headers»        'Access-Control-Allow-Headers': '«headers»',
«?preflight»«?maxage»        'Access-Control-Max-Age': '«maxage»',
«?preflight»      },
«?preflight»    });
«?preflight»  }
  try {
    const response = await handle(req, info);
    return new Response(response.body, response); // a copy: the headers of a fetched answer cannot be changed
  } catch (error) {
    console.error(error);
    return new Response('Internal Server Error', { status: 500 });
  }
}

Deno.serve(async (req, info) => {
  if (req.headers.get('Upgrade')?.toLowerCase() === 'websocket') return handle(req, info);
  const origin = req.headers.get('Origin') ?? '';
  const response = await answer(req, info);
  response.headers.append('Vary', 'Origin');
  response.headers.delete('Access-Control-Allow-Origin');
  if (origins.includes(origin)) {
    response.headers.set('Access-Control-Allow-Origin', origin);
«?credentials»    response.headers.set('Access-Control-Allow-Credentials', 'true');
«?exposed»    response.headers.set('Access-Control-Expose-Headers', '«exposed»');
  }
  return response;
});
