const express = require('express');
// slot: top

const app = express();
const port = process.env.PORT || 3000;

// slot: first
// slot: recipe

app.use(express.json());

app.get('/items', (req, res) => {
  res.json([{ id: 1, name: 'Pen' }, { id: 2, name: 'Paper' }]);
});

app.use('/items/:id', (req, res, next) => {
  if (req.get('Authorization') !== 'Bearer good') {
    return res.status(401).json({ error: 'Unauthorized' });
  }
  next();
});

app.put('/items/:id', (req, res) => {
  // slot: handler
  res.json({ id: Number(req.params.id), ...req.body });
});

app.delete('/items/:id', (req, res) => {
  res.json({ deleted: Number(req.params.id) });
});

app.get('/broken', () => {
  throw new Error('The handler is broken');
});

// slot: late

app.listen(port, '127.0.0.1', () => {
  console.log(`Example app listening on port ${port}`);
});
