// slot: top

export async function GET() {
  return Response.json([{ id: 1, name: "Foo" }, { id: 2, name: "Bar" }]);
}

// slot: options
