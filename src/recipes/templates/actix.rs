// After `cargo add actix-cors`: at the end of App::new()…, below every other .wrap(…), because the last wrap is the outermost
.wrap(
    actix_cors::Cors::default()
        .allowed_origin("«origin»") // one such line for each further origin
«?preflight»        .allowed_methods([«method/"%"»])
«?headers»        .allowed_headers([«headers/"%"»])
«?exposed»        .expose_headers([«exposed/"%"»])
«?maxage»        .max_age(«maxage»)
«?credentials»        .supports_credentials(),
)
