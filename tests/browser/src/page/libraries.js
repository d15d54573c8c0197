const { judge, play } = await import(input.wrapper);
// As text: the harness would put the members of objects in another order.
const text = JSON.stringify(await play(input));
const seen = JSON.parse(text);
return { seen: text, checks: judge(input, seen, input.without ? JSON.parse(input.without) : seen) };
