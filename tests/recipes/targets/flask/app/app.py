from flask import Flask, request

app = Flask(__name__)

# slot: recipe


@app.before_request
def authenticate():
    if request.path.startswith("/items/"):
        if request.headers.get("Authorization") != "Bearer good":
            return {"error": "Not authenticated"}, 401


# slot: after


@app.get("/items")
def list_items():
    return [{"id": 1, "name": "Foo"}, {"id": 2, "name": "Bar"}]


@app.put("/items/<int:item_id>")
def update_item(item_id):
    return {"id": item_id}


@app.delete("/items/<int:item_id>")
def delete_item(item_id):
    return {"id": item_id}


@app.get("/orders/")
def list_orders():
    return [{"id": 1}]


@app.get("/broken")
# slot: broken
def broken():
    raise RuntimeError("broken")
