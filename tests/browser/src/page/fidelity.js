const { fidelity } = await import(input.wrapper);
return fidelity(await import('/pkg/index.js'), { refused: input.refused, passes: input.passes });
