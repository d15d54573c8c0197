package main

import (
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os"
)

var mux = http.NewServeMux()

// What is served.
var handler http.Handler = mux

func main() {
	mux.HandleFunc("/items", items)
	mux.Handle("/items/1", authenticated(http.HandlerFunc(item)))
	mux.HandleFunc("/broken", broken)
	mux.HandleFunc("/panic", panics)
	// slot: routes

	// slot: main

	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), handler))
}

// slot: package

func items(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	send(w, []map[string]any{{"id": 1, "name": "one"}})
}

func item(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodPut, http.MethodDelete:
		send(w, map[string]any{"id": 1})
	default:
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
	}
}

func broken(w http.ResponseWriter, r *http.Request) {
	if err := errors.New("broken"); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func panics(w http.ResponseWriter, r *http.Request) {
	panic("broken")
}

func send(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(value)
}

// Who may change an item.
func authenticated(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer good" {
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}
