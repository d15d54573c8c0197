// At the top of the file, unless it is there, after `npm install @koa/cors` (in an ES module: import cors from '@koa/cors'):
const cors = require('@koa/cors');

// Once, before all other middleware:
const origins = ['«origin»']; // further origins go into this list
app.use(cors({
  origin: (ctx) => (origins.includes(ctx.get('Origin')) ? ctx.get('Origin') : ''),
  allowMethods: ['«method»'],
«?headers»  allowHeaders: [«headers/'%'»],
«!headers»  allowHeaders: ['accept'], // an empty list would allow every header
«?exposed»  exposeHeaders: [«exposed/'%'»],
«?credentials»  credentials: true,
«?maxage»  maxAge: «maxage»,
}));
