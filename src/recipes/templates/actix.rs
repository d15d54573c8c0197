// After `cargo add actix-cors`: at the end of App::new()…, below every other .wrap(…), because the last wrap is the outermost; in the place of an older Cors
.wrap(
    actix_cors::Cors::default()
        .allowed_origin("«origin»") // one such line for each further origin
«?preflight»«?simple»        .allowed_methods(["GET", "HEAD", "POST"])
«?preflight»«!simple»        .allowed_methods(["GET", "HEAD", "POST", "«method»"]) // of this call; add those of your others
«?headers»        .allowed_headers([«headers/"%"»])
«?exposed»        .expose_headers([«exposed/"%"»])
«?maxage»        .max_age(«maxage»)
«?credentials»        .supports_credentials(),
)
