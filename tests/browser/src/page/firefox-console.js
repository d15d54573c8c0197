// Runs with the browser's own rights: what its console has said since the last time, without what it says of itself.
const said = Services.console.getMessageArray();
Services.console.reset();
return said.filter(message => message instanceof Ci.nsIScriptError && !message.isFromChromeContext).map(
  ({ errorMessage, category }) => ({ errorMessage, category }),
);
