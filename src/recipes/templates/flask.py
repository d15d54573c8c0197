# In app.py, directly below app = Flask(__name__), after `pip install flask-cors`:
«?preflight»from flask import request
from flask_cors import CORS

CORS(
    app,
    origins=[
«!ipv6»        "«origin»",
«?ipv6»        # A regular expression: Flask-CORS takes every origin with brackets for one.
«?ipv6»        r"^«escaped»$",
    ],
    methods=["«method»"],
    allow_headers=[«headers/"%"»],
«?credentials»    supports_credentials=True,
«?exposed»    expose_headers=[«exposed/"%"»],
«?maxage»    max_age=«maxage»,
)

# In debug mode and in tests, errors become a plain 500 with the headers. Delete this line to get the debugger back.
app.config["PROPAGATE_EXCEPTIONS"] = False
«?preflight»
«?preflight»
«?preflight»# Above every hook that authenticates, as a preflight carries no credentials.
«?preflight»@app.before_request
«?preflight»def answer_preflight():
«?preflight»    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
«?preflight»        return "", 204


# Flask-CORS leaves out Vary: Origin while the list has one origin.
@app.after_request
def vary_by_origin(response):
    response.vary.add("Origin")
    return response
