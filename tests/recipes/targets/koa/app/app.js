const Koa = require('koa');
const { bodyParser } = require('@koa/bodyparser');
const Router = require('@koa/router');
// slot: top

const app = new Koa();
const router = new Router();

// slot: first
// slot: recipe

app.use(bodyParser());

router.get('/items', (ctx) => {
  // slot: items
  ctx.body = [{ id: 1, name: 'Pen' }, { id: 2, name: 'Paper' }];
});

router.put('/items/:id', (ctx) => {
  ctx.body = { id: Number(ctx.params.id), ...ctx.request.body };
});

router.delete('/items/:id', (ctx) => {
  ctx.body = { deleted: Number(ctx.params.id) };
});

router.get('/broken', () => {
  throw new Error('The handler is broken');
});

app.use(async (ctx, next) => {
  if (ctx.path.startsWith('/items/') && ctx.get('Authorization') !== 'Bearer good') {
    ctx.throw(401);
  }
  await next();
});

app.use(router.routes());
app.use(router.allowedMethods());

// slot: late

app.listen(process.env.PORT || 3000, '127.0.0.1');
