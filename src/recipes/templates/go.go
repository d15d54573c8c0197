// Beside main:
var allowedOrigins = map[string]bool{
	"«origin»": true,
}

func withCORS(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Add("Vary", "Origin")
		if origin := r.Header.Get("Origin"); allowedOrigins[origin] {
			header.Set("Access-Control-Allow-Origin", origin)
«?credentials»			header.Set("Access-Control-Allow-Credentials", "true")
«?preflight»			// Methods and headers of this call; add those of your others.
«?preflight»«!simple»			header.Set("Access-Control-Allow-Methods", "«method»")
«?preflight»«?headers»			header.Set("Access-Control-Allow-Headers", "«headers»")
«?preflight»«?maxage»			header.Set("Access-Control-Max-Age", "«maxage»")
«?exposed»			header.Set("Access-Control-Expose-Headers", "«exposed»")
		}
«?preflight»		// The preflight carries no credentials: it is answered before authentication and routing.
«?preflight»		if r.Method == http.MethodOptions {
«?preflight»			w.WriteHeader(http.StatusNoContent)
«?preflight»			return
«?preflight»		}
		next.ServeHTTP(w, r)
	})
}

// In main, around the whole mux (or http.DefaultServeMux); http.ListenAndServe gets handler in its place:
handler := withCORS(mux)
