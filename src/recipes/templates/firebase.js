// functions/index.js, after npm install cors in functions; the option cors of onRequest would let all methods and headers through:
const { onRequest } = require('firebase-functions/https');
const cors = require('cors')({
  origin: ['«origin»'], // further origins go into this list
  methods: ['«method»'],
  allowedHeaders: [«headers/'%'»],
«?exposed»  exposedHeaders: [«exposed/'%'»],
«?maxage»  maxAge: «maxage»,
«?credentials»  credentials: true,
});

exports.api = onRequest((request, response) => {
  cors(request, response, () => {
    response.json({ path: request.path }); // the function's own code
  });
});
