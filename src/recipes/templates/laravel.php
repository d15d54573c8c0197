<?php

// config/cors.php (php artisan config:publish cors creates it):
return [
    // Paths of the URL; only they get the headers and have their preflight answered.
    'paths' => ['«path»*'],

    'allowed_origins' => ['«origin»'],

    'allowed_origins_patterns' => [],

    'allowed_methods' => ['«method»'],

    'allowed_headers' => [«headers/'%'»],

    'exposed_headers' => [«exposed/'%'»],

«?maxage»    'max_age' => «maxage»,
«!maxage»    'max_age' => 0,

«?credentials»    'supports_credentials' => true,
«!credentials»    'supports_credentials' => false,
];
