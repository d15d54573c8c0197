// First in the script that every request runs (index.php), or in each one that the page calls; after declare and namespace, before require and any output:
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
header('Vary: Origin', false);
if (in_array($origin, ['«origin»'], true)) {
    header("Access-Control-Allow-Origin: $origin");
«?credentials»    header('Access-Control-Allow-Credentials: true');
«?preflight»    // Methods and headers of this call; add those of your others.
«?preflight»«!simple»    header('Access-Control-Allow-Methods: «method»');
«?preflight»«?headers»    header('Access-Control-Allow-Headers: «headers»');
«?preflight»«?maxage»    header('Access-Control-Max-Age: «maxage»');
«?exposed»    header('Access-Control-Expose-Headers: «exposed»');
}
«?preflight»// The preflight carries no credentials: it is answered before authentication.
«?preflight»if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
«?preflight»    http_response_code(204);
«?preflight»    exit;
«?preflight»}
