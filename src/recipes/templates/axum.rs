// After `cargo add tower-http --features cors,catch-panic`: below the last route and every other layer, before axum::serve, in the place of an older CorsLayer
use axum::http;
use tower_http::{catch_panic::CatchPanicLayer, cors::CorsLayer};

let origins = [
    http::HeaderValue::from_static("«origin»"), // further origins go into this list
];
let cors = CorsLayer::new()
«!simple»«?standard»    .allow_methods([http::Method::«method»])
«!standard»    .allow_methods([http::Method::from_bytes(b"«method»").unwrap()])
«?headers»    .allow_headers([«headers/http::HeaderName::from_static("%")»])
«?exposed»    .expose_headers([«exposed/http::HeaderName::from_static("%")»])
«?maxage»    .max_age(std::time::Duration::from_secs(«maxage»))
«?credentials»    .allow_credentials(true)
    .allow_origin(origins);
// The last layer is the outermost: it also covers the fallback, and the 500 that CatchPanicLayer makes of a panic.
let app = app.layer(CatchPanicLayer::new()).layer(cors);
