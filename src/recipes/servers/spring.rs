//! Spring Boot with Spring Security.

use crate::recipes::{Likely, Pitfall, Server};

/// The server.
pub const SERVER: Server = Server {
    id: "spring",
    name: "Spring Security",
    language: "java",
    file: "CorsConfig.java",
    code: include_str!("../templates/spring.java"),
    pitfalls: &[
        Pitfall {
            causes: &["preflight-status"],
            says: "Without http.cors(...) Spring Security answers the preflight 401 or 403: a preflight carries no cookie and no token. \
                   CORS has to come before the authentication.",
        },
        Pitfall {
            causes: &["preflight-status", "error-response-without-cors", "method-not-allowed", "header-not-allowed"],
            says: "A 403 with the body \"Invalid CORS request\" is Spring's own: the origin, the method or a header is in none of the \
                   lists. The methods count without a preflight too: with only PUT in the list, a plain GET of the page is refused.",
        },
        Pitfall {
            causes: &["wildcard-with-credentials", "preflight-status", "error-response-without-cors"],
            says: "setAllowedOrigins(List.of(\"*\")) together with setAllowCredentials(true) throws at the first call from another \
                   origin. List each origin.",
        },
        Pitfall {
            causes: &["missing-allow-origin"],
            says: "Without Spring Security nothing reads this bean: let the method return new CorsFilter(source) instead. In a WebFlux \
                   application UrlBasedCorsConfigurationSource comes from org.springframework.web.cors.reactive.",
        },
        Pitfall {
            causes: &["origin-mismatch", "multiple-allow-origin", "wildcard-with-credentials"],
            says: "Spring adds nothing to an answer that has Access-Control-Allow-Origin already. Remove a filter of your own that sets \
                   it, and headers that a proxy in front adds.",
        },
    ],
    ran: "",
    docs: "https://docs.spring.io/spring-security/reference/servlet/integrations/cors.html",
    likely: Likely { hosts: &[], ports: &[8080], pages: &[], headers: &[] },
};
