// The handler, around the function's own code; behind a REST API or a load balancer:
const origins = ['«origin»'];

function corsHeaders(event) {
  const origin = event.headers?.origin ?? event.headers?.Origin;
  if (!origins.includes(origin)) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
«?preflight»    // Methods and headers of this call; add those of your others.
«?preflight»«!simple»    'Access-Control-Allow-Methods': '«method»',
«?preflight»«?headers»    'Access-Control-Allow-Headers': '«headers»',
«?credentials»    'Access-Control-Allow-Credentials': 'true',
«?exposed»    'Access-Control-Expose-Headers': '«exposed»',
«?preflight»«?maxage»    'Access-Control-Max-Age': '«maxage»',
  };
}

export const handler = async (event) => {
  const headers = corsHeaders(event);
«?preflight»  const method = event.httpMethod ?? event.requestContext?.http?.method;
«?preflight»  if (method === 'OPTIONS') return { statusCode: 204, headers };
  try {
    const answer = await answerTo(event);
    return { ...answer, headers: { ...answer.headers, ...headers, Vary: [answer.headers?.Vary, 'Origin'].filter(Boolean).join(', ') } };
  } catch (error) {
    console.error(error);
    return { statusCode: 500, headers, body: 'Internal Server Error' };
  }
};

// The function's own code:
async function answerTo(event) {
  return { statusCode: 200, body: JSON.stringify({ path: event.path ?? event.rawPath }) };
}
