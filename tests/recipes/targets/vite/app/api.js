// The API: a list of items, nothing about CORS. Like many APIs it refuses what a page of another origin sends.
import { createServer } from 'node:http';

createServer((request, response) => {
  const { method, headers } = request;
  const url = request.url.split('?')[0];
  const own = 'http://' + headers.host;
  const answer = (status, body, more = {}) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...more });
    response.end(JSON.stringify(body));
  };
  if (method !== 'GET' && headers.origin && headers.origin !== own) return answer(403, { error: 'Invalid origin' });
  if (method !== 'GET' && headers.authorization !== 'Bearer good') return answer(401, { error: 'Unauthorized' });
  if (method === 'GET' && url === '/items') return answer(200, [{ id: 1, name: 'first' }], { 'Set-Cookie': 'seen=1; Domain=api.example.com; Path=/' });
  if (method === 'PUT' && url === '/items/1') return answer(200, { id: 1, name: 'changed' });
  if (method === 'DELETE' && url === '/items/1') return answer(200, { id: 1 });
  if (method === 'GET' && url === '/items/moved') return answer(302, {}, { Location: own + '/items' });
  if (method === 'GET' && url === '/broken') return answer(500, { error: 'the handler is broken' });
  answer(404, { error: 'Not Found' });
}).listen(process.env.PORT, '127.0.0.1');
