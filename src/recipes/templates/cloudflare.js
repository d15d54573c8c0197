// A Snippet for the host «host» (or a Worker on the route «host»/*), in front of the origin server:
const origins = ['«origin»'];

export default {
  async fetch(request) {
    const origin = request.headers.get('Origin');
«?preflight»    const preflight = request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method');
«?preflight»    const answer = preflight ? new Response(null, { status: 204 }) : await fetch(request);
«!preflight»    const answer = await fetch(request);
    const response = new Response(answer.body, answer);

«!preflight»    // Calls with a preflight are no longer allowed by this: make the recipe from such a call, if there are any.
    // The headers of the origin server give way, so that none comes twice.
    for (const name of [...response.headers.keys()]) {
      if (name.startsWith('access-control-')) response.headers.delete(name);
    }
    response.headers.append('Vary', 'Origin');
    if (origins.includes(origin)) {
      response.headers.set('Access-Control-Allow-Origin', origin);
«?preflight»      // Methods and headers of this call; add those of your others.
«?preflight»«!simple»      response.headers.set('Access-Control-Allow-Methods', '«method»');
«?preflight»«?headers»      response.headers.set('Access-Control-Allow-Headers', '«headers»');
«?credentials»      response.headers.set('Access-Control-Allow-Credentials', 'true');
«?exposed»      response.headers.set('Access-Control-Expose-Headers', '«exposed»');
«?preflight»«?maxage»      response.headers.set('Access-Control-Max-Age', '«maxage»');
    }
    return response;
  },
};
