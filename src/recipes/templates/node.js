// The first lines of the request handler (req, res), before its try, the authentication and the routes:
const origins = ['«origin»']; // further origins go into this list
res.setHeader('Vary', 'Origin');
if (origins.includes(req.headers.origin)) {
  res.setHeader('Access-Control-Allow-Origin', req.headers.origin);
«?credentials»  res.setHeader('Access-Control-Allow-Credentials', 'true');
«?exposed»  res.setHeader('Access-Control-Expose-Headers', '«exposed»');
}
«?preflight»if (req.method === 'OPTIONS') {
«?preflight»  res.writeHead(204, {
«?preflight»    // Methods and headers of this call; add those of your others.
«?preflight»«!simple»    'Access-Control-Allow-Methods': '«method»',
«?preflight»«?headers»    'Access-Control-Allow-Headers': '«headers»',
«?preflight»«?maxage»    'Access-Control-Max-Age': '«maxage»',
«?preflight»  });
«?preflight»  res.end();
«?preflight»  return;
«?preflight»}
