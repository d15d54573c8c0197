const steps = await import(input.file);
return steps[input.step](input);
