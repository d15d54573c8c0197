// What runs: the default export of the Worker's file, or its `worker` where there is none yet. Cloudflare adds the Date, so it does here.
import * as file from './worker.js';

const worker = file.default ?? file.worker;

export default {
  async fetch(request, env, ctx) {
    const answer = await worker.fetch(request, env, ctx);
    const response = new Response(answer.body, answer);
    response.headers.set('Date', new Date().toUTCString());
    return response;
  },
};
