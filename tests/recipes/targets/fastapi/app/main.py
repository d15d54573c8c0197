from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI()

# slot: recipe


@app.middleware("http")
async def authenticate(request: Request, call_next):
    if request.url.path.startswith("/items/1"):
        if request.headers.get("authorization") != "Bearer good":
            return JSONResponse({"detail": "Not authenticated"}, status_code=401)
    return await call_next(request)


# slot: after


@app.get("/items")
async def read_items():
    return [{"item_id": 1, "name": "Foo"}, {"item_id": 2, "name": "Bar"}]


@app.put("/items/{item_id}")
async def update_item(item_id: int):
    return {"item_id": item_id}


@app.delete("/items/{item_id}")
async def delete_item(item_id: int):
    return {"item_id": item_id}


@app.get("/broken")
async def broken():
    raise RuntimeError("broken")


# slot: end
