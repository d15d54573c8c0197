# In main.py, directly below app = FastAPI():
from starlette.middleware.cors import CORSMiddleware


# Around the whole app, because app.add_middleware() leaves out the answers to unhandled errors.
def with_cors(build=app.build_middleware_stack):
    return CORSMiddleware(
        build(),
        allow_origins=[
            "«origin»",
        ],
«?simple»        allow_methods=["GET", "HEAD", "POST"],
«!simple»        allow_methods=["GET", "HEAD", "POST", "«method»"],  # of this call; add those of your others
«?headers»        allow_headers=[«headers/"%"»],
«?credentials»        allow_credentials=True,
«?exposed»        expose_headers=[«exposed/"%"»],
«?maxage»        max_age=«maxage»,
    )


app.build_middleware_stack = with_cors  # type: ignore[method-assign]
