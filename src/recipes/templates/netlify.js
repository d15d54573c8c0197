// netlify/edge-functions/cors.js:
const origins = ['«origin»'];

export default async (request, context) => {
«?preflight»  const preflight = request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method');
«?preflight»  const response = preflight ? new Response(null, { status: 204 }) : await context.next();
«!preflight»  const response = await context.next();
  const origin = request.headers.get('Origin');
  response.headers.append('Vary', 'Origin');
  if (origins.includes(origin)) {
    response.headers.set('Access-Control-Allow-Origin', origin);
«?preflight»    // Methods and headers of this call; add those of your others.
«?preflight»«!simple»    response.headers.set('Access-Control-Allow-Methods', '«method»');
«?preflight»«?headers»    response.headers.set('Access-Control-Allow-Headers', '«headers»');
«?credentials»    response.headers.set('Access-Control-Allow-Credentials', 'true');
«?exposed»    response.headers.set('Access-Control-Expose-Headers', '«exposed»');
«?preflight»«?maxage»    response.headers.set('Access-Control-Max-Age', '«maxage»');
  }
  return response;
};

export const config = { path: '/*' };
