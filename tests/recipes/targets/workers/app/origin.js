// A server that a Worker may ask with fetch.
export default {
  async fetch() {
    return Response.json([{ id: 1, name: 'fetched' }], { headers: { 'Access-Control-Allow-Origin': '*' } });
  },
};
