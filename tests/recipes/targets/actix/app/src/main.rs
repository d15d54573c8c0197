//! A list of items behind Actix Web.

use actix_web::{
    App, Error, HttpServer, Responder,
    body::MessageBody,
    delete,
    dev::{ServiceRequest, ServiceResponse},
    error::{ErrorInternalServerError, ErrorUnauthorized},
    get,
    http::{Method, header::AUTHORIZATION},
    middleware::{Next, from_fn},
    put, web,
};
use serde_json::json;

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let port: u16 = std::env::var("PORT").unwrap().parse().unwrap();
    HttpServer::new(|| {
        App::new()
            // slot: first
            .wrap(from_fn(authenticate))
            .service(items)
            .service(change)
            .service(remove)
            .service(broken)
            .service(panics)
        // slot: scope
        // slot: recipe
    })
    .workers(1)
    .bind(("127.0.0.1", port))?
    .run()
    .await
}

/// Everything but reading needs the token.
async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let open = request.method() == Method::GET;
    let good = request.headers().get(AUTHORIZATION).is_some_and(|value| value == "Bearer good");
    if open || good { next.call(request).await } else { Err(ErrorUnauthorized("the token is wrong")) }
}

#[get("/items")]
async fn items() -> impl Responder {
    web::Json(json!([{ "id": 1, "name": "first" }]))
}

#[put("/items/{id}")]
async fn change() -> impl Responder {
    web::Json(json!({ "id": 1, "name": "changed" }))
}

#[delete("/items/{id}")]
async fn remove() -> impl Responder {
    web::Json(json!({ "id": 1 }))
}

#[get("/broken")]
async fn broken() -> Result<&'static str, Error> {
    Err(ErrorInternalServerError("the handler is broken"))
}

#[get("/panics")]
async fn panics() -> &'static str {
    panic!("the handler panics")
}
