// Before all routes, hooks and other plugins, after `npm install @fastify/cors`:
fastify.register(import('@fastify/cors'), {
  origin: ['«origin»'], // further origins go into this list
  methods: ['«method»'],
  allowedHeaders: [«headers/'%'»],
«?exposed»  exposedHeaders: [«exposed/'%'»],
«?credentials»  credentials: true,
«?maxage»  maxAge: «maxage»,
})
