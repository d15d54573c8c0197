// At the top of the file:
import { cors } from 'hono/cors'

// Before all routes and other middleware:
app.use('*', cors({
  origin: ['«origin»'], // further origins go into this list
  allowMethods: ['«method»'],
«?headers»  allowHeaders: [«headers/'%'»],
«!headers»  allowHeaders: ['accept'], // an empty list would allow every header
«?exposed»  exposeHeaders: [«exposed/'%'»],
«?credentials»  credentials: true,
«?maxage»  maxAge: «maxage»,
}))
