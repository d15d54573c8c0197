const { createServer } = require('node:http');

const hostname = '127.0.0.1';
const port = process.env.PORT || 3000;

function sendJson(res, status, value) {
  // slot: json
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(value));
}

async function answer(req, res) {
  const { pathname } = new URL(req.url, `http://${hostname}`);
  if (pathname === '/items' && req.method === 'GET') {
    // slot: items
    return sendJson(res, 200, [{ id: 1, name: 'Pen' }, { id: 2, name: 'Paper' }]);
  }
  if (pathname === '/items/1') {
    if (req.headers.authorization !== 'Bearer good') {
      return sendJson(res, 401, { error: 'Unauthorized' });
    }
    // slot: item
    if (req.method === 'PUT') return sendJson(res, 200, { id: 1 });
    if (req.method === 'DELETE') return sendJson(res, 200, { deleted: 1 });
  }
  if (pathname === '/broken') {
    throw new Error('The handler is broken');
  }
  res.writeHead(404, { 'Content-Type': 'text/plain' });
  res.end('Not Found\n');
}

const server = createServer(async (req, res) => {
  // slot: recipe
  try {
    await answer(req, res);
  } catch (error) {
    console.error(error);
    res.writeHead(500, { 'Content-Type': 'text/plain' });
    res.end('Internal Server Error\n');
  }
});

server.listen(port, hostname, () => {
  console.log(`Server running at http://${hostname}:${port}/`);
});
