// In proxy.ts, beside the folder app:
import { NextResponse, type NextRequest } from 'next/server'

const allowedOrigins = ['«origin»'] // further origins go into this list

export function proxy(request: NextRequest) {
«?preflight»  const preflight = request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method')
  // A proxy that is there already: call it here, in place of NextResponse.next().
«?preflight»  const response = preflight ? new NextResponse(null, { status: 204 }) : NextResponse.next()
«!preflight»  const response = NextResponse.next()

  response.headers.append('Vary', 'Origin')
  const origin = request.headers.get('Origin')
  if (origin && allowedOrigins.includes(origin)) {
    response.headers.set('Access-Control-Allow-Origin', origin)
«?credentials»    response.headers.set('Access-Control-Allow-Credentials', 'true')
«?exposed»    response.headers.set('Access-Control-Expose-Headers', '«exposed»')
«?preflight»    if (preflight) {
«?preflight»      response.headers.set('Access-Control-Allow-Methods', '«method»')
«?preflight»«?headers»      response.headers.set('Access-Control-Allow-Headers', '«headers»')
«?preflight»«?maxage»      response.headers.set('Access-Control-Max-Age', '«maxage»')
«?preflight»    }
  }
  return response
}
