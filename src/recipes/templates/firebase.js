«!credentials»// functions/index.js; the option cors lets all methods and headers of the listed origins through:
«?credentials»// functions/index.js, after npm install cors in functions; the option cors knows no credentials:
const { onRequest } = require('firebase-functions/https');
«?credentials»const cors = require('cors')({
«?credentials»  origin: ['«origin»'],
«?credentials»  methods: ['«method»'],
«?credentials»  allowedHeaders: [«headers/'%'»],
«?credentials»«?exposed»  exposedHeaders: [«exposed/'%'»],
«?credentials»«?maxage»  maxAge: «maxage»,
«?credentials»  credentials: true,
«?credentials»});

«!credentials»exports.api = onRequest({ cors: ['«origin»'] }, (request, response) => {
«!credentials»«?exposed»  response.set('Access-Control-Expose-Headers', '«exposed»');
«!credentials»  response.json({ path: request.path }); // the function's own code
«!credentials»});
«?credentials»exports.api = onRequest((request, response) => {
«?credentials»  cors(request, response, () => {
«?credentials»    response.json({ path: request.path }); // the function's own code
«?credentials»  });
«?credentials»});
