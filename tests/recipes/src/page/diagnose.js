// The Diagnosis of a call that fails; what is not a GET is not sent again.
const { diagnose } = await import(input.whycors)
return diagnose(input.url, input.init)
