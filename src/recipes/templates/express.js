// At the top of the file, unless it is there, after `npm install cors` (in an ES module: import cors from 'cors'):
const cors = require('cors');

// Once, before all other middleware and all routes:
app.use(cors({
  origin: ['«origin»'], // further origins go into this list
  methods: ['«method»'],
  allowedHeaders: [«headers/'%'»],
«?exposed»  exposedHeaders: [«exposed/'%'»],
«?credentials»  credentials: true,
«?maxage»  maxAge: «maxage»,
}));
