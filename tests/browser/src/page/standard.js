const { run } = await import(input.run);
return run(input.family, input.origins, input.only);
