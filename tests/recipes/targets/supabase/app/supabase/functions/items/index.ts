// A list of items as an Edge Function.
export const handle: Deno.ServeHandler = (async (req) => {
  const { pathname } = new URL(req.url);
  // slot: first
  if (req.method !== 'GET' && req.headers.get('Authorization') !== 'Bearer good') {
    return new Response('Unauthorized', { status: 401 });
  }
  // slot: handler
  if (pathname === '/items' && req.method === 'GET') {
    return Response.json([{ id: 1, name: 'first' }]);
  }
  if (pathname === '/items/1' && req.method === 'PUT') {
    return Response.json({ id: 1, name: 'changed' });
  }
  if (pathname === '/items/1' && req.method === 'DELETE') {
    return Response.json({ id: 1 });
  }
  if (pathname === '/broken') {
    throw new Error('the handler is broken');
  }
  return new Response('Not Found', { status: 404 });
});
// slot: recipe
