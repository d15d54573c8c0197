function authenticated(request: Request) {
  return request.headers.get("authorization") === "Bearer good";
}

export async function PUT(request: Request) {
  if (!authenticated(request)) return Response.json({ error: "Not authenticated" }, { status: 401 });
  return Response.json({ id: 1 });
}

export async function DELETE(request: Request) {
  if (!authenticated(request)) return Response.json({ error: "Not authenticated" }, { status: 401 });
  return Response.json({ id: 1 });
}

// slot: handlers
