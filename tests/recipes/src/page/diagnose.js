// The Diagnosis of a call that fails; what is not a GET is not sent again. Whatever browsers keep of answers is of another URL.
const { diagnose } = await import(input.whycors)
return diagnose(`${input.url}?call=${Math.random()}`, input.init)
