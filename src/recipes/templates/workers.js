// At the end of the Worker's file, where its own `export default {` has become `const worker = {` (in TypeScript: request: Request, env: Env, ctx: ExecutionContext)
const origins = ['«origin»']; // further origins go into this list

async function answer(request, env, ctx) {
«?preflight»  if (request.method === 'OPTIONS') {
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
    const response = await worker.fetch(request, env, ctx);
    return new Response(response.body, response); // a copy: the headers of a fetched answer cannot be changed
  } catch (error) {
    console.error(error);
    return new Response('Internal Server Error', { status: 500 });
  }
}

export default {
  ...worker,
  async fetch(request, env, ctx) {
    const origin = request.headers.get('Origin');
    const response = await answer(request, env, ctx);
    response.headers.append('Vary', 'Origin');
    response.headers.delete('Access-Control-Allow-Origin');
    if (origins.includes(origin)) {
      response.headers.set('Access-Control-Allow-Origin', origin);
«?credentials»      response.headers.set('Access-Control-Allow-Credentials', 'true');
«?exposed»      response.headers.set('Access-Control-Expose-Headers', '«exposed»');
    }
    return response;
  },
};
