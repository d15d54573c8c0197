// middleware.js beside package.json, after npm install @vercel/functions:
import { next } from '@vercel/functions';

const origins = ['«origin»'];

export default function middleware(request) {
  const headers = new Headers({ Vary: 'Origin' });
  const origin = request.headers.get('Origin');
  if (origins.includes(origin)) {
    headers.set('Access-Control-Allow-Origin', origin);
«?preflight»    // Methods and headers of this call; add those of your others.
«?preflight»«!simple»    headers.set('Access-Control-Allow-Methods', '«method»');
«?preflight»«?headers»    headers.set('Access-Control-Allow-Headers', '«headers»');
«?credentials»    headers.set('Access-Control-Allow-Credentials', 'true');
«?exposed»    headers.set('Access-Control-Expose-Headers', '«exposed»');
«?preflight»«?maxage»    headers.set('Access-Control-Max-Age', '«maxage»');
  }
«?preflight»  if (request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method')) {
«?preflight»    return new Response(null, { status: 204, headers });
«?preflight»  }
  return next({ headers });
}
