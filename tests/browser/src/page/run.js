// Runs a function in the page's own realm. Firefox gives WebDriver scripts another one, with other globals and errors.
const [body, input, done] = arguments;
document.addEventListener('lab:done', ({ detail }) => done(detail), { once: true });
const script = document.createElement('script');
// The strict page allows inline scripts of ours alone.
script.setAttribute('nonce', 'lab');
script.textContent = `{
  const answer = detail => document.dispatchEvent(new CustomEvent('lab:done', { detail: JSON.stringify(detail) }));
  (async input => {\n${body}\n})(${JSON.stringify(input)}).then(
    value => answer({ value }),
    error => answer({ error: String(error?.stack ?? error) }),
  );
}`;
document.head.append(script);
script.remove();
