export async function GET(request: Request) {
  throw new Error(`broken: ${request.url}`);
}
