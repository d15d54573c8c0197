//! A list of items behind axum.

use axum::{
    Json, Router,
    extract::Request,
    http::{Method, StatusCode, header::AUTHORIZATION},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, put},
};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = Router::new()
        // slot: first
        .route("/items", get(items))
        .route("/items/{id}", put(change).delete(remove))
        .route("/broken", get(broken))
        // slot: inner
        .layer(middleware::from_fn(authenticate))
        // slot: outer
        .with_state(());
    // slot: recipe

    let port: u16 = std::env::var("PORT").unwrap().parse().unwrap();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    axum::serve(listener, app).await.unwrap();
}

/// Everything but reading the list needs the token.
async fn authenticate(request: Request, next: Next) -> Response {
    let open = request.method() == Method::GET;
    let good = request.headers().get(AUTHORIZATION).is_some_and(|value| value == "Bearer good");
    if open || good { next.run(request).await } else { StatusCode::UNAUTHORIZED.into_response() }
}

async fn items() -> Json<Value> {
    Json(json!([{ "id": 1, "name": "first" }]))
}

async fn change() -> Json<Value> {
    Json(json!({ "id": 1, "name": "changed" }))
}

async fn remove() -> Json<Value> {
    Json(json!({ "id": 1 }))
}

async fn broken() -> Json<Value> {
    panic!("the handler is broken")
}
