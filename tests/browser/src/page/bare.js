// The application's own call and nothing else. A rejection that nobody catches is part of what a console shows.
await prepare(input.url);
const { error, kind } = await send();
if (error instanceof Error || error instanceof DOMException) Promise.reject(error);
// The last lines come after the call's end.
await sleep(300);
return kind;
