import Fastify from 'fastify'
// slot: top

const fastify = Fastify({
  logger: true
})

fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
  if (body === '') return done(null, undefined)
  fastify.getDefaultJsonParser('error', 'error')(request, body, done)
})

// slot: first
// slot: recipe

fastify.addHook('onRequest', async (request, reply) => {
  if (request.url.startsWith('/items/') && request.headers.authorization !== 'Bearer good') {
    return reply.code(401).send({ error: 'Unauthorized' })
  }
})

fastify.get('/items', async (request, reply) => {
  // slot: items
  return [{ id: 1, name: 'Pen' }, { id: 2, name: 'Paper' }]
})

fastify.put('/items/:id', async (request, reply) => {
  return { id: Number(request.params.id), ...request.body }
})

fastify.delete('/items/:id', async (request, reply) => {
  return { deleted: Number(request.params.id) }
})

fastify.get('/broken', async (request, reply) => {
  throw new Error('The handler is broken')
})

// slot: late

try {
  await fastify.listen({ port: process.env.PORT ?? 3000, host: '127.0.0.1' })
} catch (err) {
  fastify.log.error(err)
  process.exit(1)
}
