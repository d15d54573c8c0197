// The recipe for one server, as whoever asks for it gets it.
const { recipe } = await import(input.whycors)
return recipe(input.server, { about: input.about, expose: input.expose, maxAge: input.maxAge })
