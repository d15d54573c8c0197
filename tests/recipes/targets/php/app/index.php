<?php
// Started in its own folder: php -S 127.0.0.1:8000 index.php

declare(strict_types=1);

// slot: recipe

require 'items.php';
// slot: behind

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);

// Who may change an item.
if ($path === '/items/1' && ($_SERVER['HTTP_AUTHORIZATION'] ?? '') !== 'Bearer good') {
    http_response_code(401);
    exit('who are you?');
}
// slot: late

switch ($_SERVER['REQUEST_METHOD'] . ' ' . $path) {
    case 'GET /items':
        header('Content-Type: application/json');
        echo json_encode(items());
        break;
    case 'PUT /items/1':
    case 'DELETE /items/1':
        header('Content-Type: application/json');
        echo json_encode(['id' => 1]);
        break;
    case 'GET /broken':
        throw new RuntimeException('broken');
    default:
        http_response_code(404);
        echo 'not found';
}
