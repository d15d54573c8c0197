// The API behind the proxy. It knows nothing of CORS, but for /own.
const http = require('node:http');

function answer(response, status, value, headers) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

http
  .createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://api');
    // Who may change an item: asked of every method, as most authentication is.
    if (pathname === '/items/1' && request.headers.authorization !== 'Bearer good') {
      return answer(response, 401, { error: 'who are you?' });
    }
    switch (`${request.method} ${pathname}`) {
      case 'GET /items':
        return answer(response, 200, [{ id: 1, name: 'one' }]);
      case 'PUT /items/1':
      case 'DELETE /items/1':
        return answer(response, 200, { id: 1 });
      case 'GET /broken':
        return answer(response, 500, { error: 'broken' });
      // An application that answers for its own origins, whatever the proxy does.
      case 'GET /own':
        return answer(response, 200, [], {
          'access-control-allow-origin': '*',
          'access-control-allow-credentials': 'true',
        });
      default:
        return answer(response, 404, { error: 'not found' });
    }
  })
  .listen(process.env.PORT, '127.0.0.1');
