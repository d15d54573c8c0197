//! The servers, a file each.

mod actix;
mod angular;
mod apache;
mod api_gateway;
mod aspnet;
mod axum;
mod azure_app;
mod azure_blob;
mod caddy;
mod cloudflare;
mod cloudfront;
mod cra;
mod django;
mod envoy;
mod express;
mod fastapi;
mod fastify;
mod firebase;
mod flask;
mod gcs;
mod go;
mod haproxy;
mod hono;
mod ingress_nginx;
mod koa;
mod lambda;
mod lambda_url;
mod laravel;
mod nestjs;
mod netlify;
mod nextjs;
mod nginx;
mod node;
mod php;
mod rails;
mod s3;
mod spring;
mod supabase;
mod sveltekit;
mod traefik;
mod vercel;
mod vite;
mod webpack;
mod workers;

use super::Server;

/// Every server, in the order in which they are offered where nothing makes one of them likely; proxies of development servers, which
/// mend no server, last.
pub const ALL: &[&Server] = &[
    &express::SERVER,
    &nginx::SERVER,
    &fastapi::SERVER,
    &django::SERVER,
    &spring::SERVER,
    &aspnet::SERVER,
    &flask::SERVER,
    &laravel::SERVER,
    &node::SERVER,
    &nextjs::SERVER,
    &nestjs::SERVER,
    &php::SERVER,
    &go::SERVER,
    &rails::SERVER,
    &fastify::SERVER,
    &hono::SERVER,
    &koa::SERVER,
    &apache::SERVER,
    &caddy::SERVER,
    &haproxy::SERVER,
    &axum::SERVER,
    &actix::SERVER,
    &workers::SERVER,
    &supabase::SERVER,
    &s3::SERVER,
    &api_gateway::SERVER,
    &lambda::SERVER,
    &lambda_url::SERVER,
    &cloudfront::SERVER,
    &cloudflare::SERVER,
    &vercel::SERVER,
    &netlify::SERVER,
    &firebase::SERVER,
    &gcs::SERVER,
    &azure_app::SERVER,
    &azure_blob::SERVER,
    &traefik::SERVER,
    &envoy::SERVER,
    &ingress_nginx::SERVER,
    &sveltekit::SERVER,
    &vite::SERVER,
    &webpack::SERVER,
    &angular::SERVER,
    &cra::SERVER,
];
