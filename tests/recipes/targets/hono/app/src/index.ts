import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
// slot: top
// slot: secure-top

const app = new Hono()

// slot: first
// slot: recipe

app.get('/items', (c) => {
  // slot: items
  return c.json([{ id: 1, name: 'Pen' }, { id: 2, name: 'Paper' }])
})

app.use('/items/*', bearerAuth({ token: 'good' }))

app.put('/items/:id', (c) => c.json({ id: Number(c.req.param('id')) }))

app.delete('/items/:id', (c) => c.json({ deleted: Number(c.req.param('id')) }))

app.get('/broken', () => {
  throw new Error('The handler is broken')
})

// slot: late

serve({
  fetch: app.fetch,
  hostname: '127.0.0.1',
  port: Number(process.env.PORT ?? 3000)
}, (info) => {
  console.log(`Server is running on http://localhost:${info.port}`)
})
