const { run } = await import(input.run);
return run(await import('/pkg/index.js'), input);
