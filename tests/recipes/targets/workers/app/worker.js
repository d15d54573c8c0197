// A list of items as a Worker.
export const worker = {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    // slot: first
    if (request.method !== 'GET' && request.headers.get('Authorization') !== 'Bearer good') {
      return new Response('Unauthorized', { status: 401 });
    }
    // slot: handler
    if (pathname === '/items' && request.method === 'GET') {
      return Response.json([{ id: 1, name: 'first' }]);
    }
    if (pathname === '/items/1' && request.method === 'PUT') {
      return Response.json({ id: 1, name: 'changed' });
    }
    if (pathname === '/items/1' && request.method === 'DELETE') {
      return Response.json({ id: 1 });
    }
    if (pathname === '/broken') {
      throw new Error('the handler is broken');
    }
    if (pathname === '/fetched') {
      return env.ORIGIN.fetch(request);
    }
    return new Response('Not Found', { status: 404 });
  },
};
// slot: recipe
