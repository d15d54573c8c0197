// The page's own words. What the diagnosis says is in its own text; here is only what stands around it.

export const VERDICTS = {
  settled: { name: 'Settled', means: () => 'One cause explains everything that was seen.' },
  family: {
    name: 'Family',
    means: (family) => `Several causes explain everything that was seen${FAMILIES[family] ? `, all of one family: ${FAMILIES[family]}` : ''}. `
      + 'From inside a page they look the same; the checks tell them apart.',
  },
  unknown: { name: 'Unknown', means: () => 'Nothing in the catalogue explains all that was seen. What was seen still holds.' },
  'not-reproduced': { name: 'Not reproduced', means: () => 'The same call passes now. Something has changed since it failed, or it fails only sometimes.' },
  'no-failure': { name: 'No failure', means: () => 'The call passes, and this page may read the answer.' },
};

const FAMILIES = {
  'origin-not-allowed': 'the origin is not allowed',
  'credentials-not-allowed': 'credentials are not allowed',
  'preflight-refused': 'the preflight is refused',
  'answer-not-readable': 'the answer may not be read',
  unreachable: 'no server was reached',
};

export const WHERE = {
  server: 'The fix is on the server.',
  page: 'The fix is in the call, not on the server.',
  browser: 'The fix is in the browser, not on the server.',
  network: 'The fix is between browser and server: no header helps until an answer comes.',
};

export const ENGINES = { chromium: 'a Chromium browser', firefox: 'Firefox', webkit: 'a WebKit browser', other: 'this browser' };

/** The kinds of causes, in the order of the catalogue. */
export const KINDS = [
  ['cors', 'Refused by the CORS protocol', 'missing-allow-origin error-response-without-cors preflight-status origin-mismatch '
    + 'header-not-allowed wildcard-with-credentials allow-credentials-not-true multiple-allow-origin method-not-allowed '
    + 'preflight-redirect invalid-allow-origin invalid-allow-methods invalid-allow-headers'],
  ['redirect', 'Redirects', 'redirect-without-cors redirect-target-without-cors redirect-with-credentials redirect-mode-error too-many-redirects'],
  ['network', 'No HTTP answer', 'connection-refused dns-failure tls-failure connection-dropped no-response offline'],
  ['browser', 'Stopped by the browser', 'blocked-by-client local-network-access mixed-content csp-connect-src corp coep orb '
    + 'stale-cached-response service-worker intermittent aborted timed-out integrity-mismatch'],
  ['page', 'Mistakes in the call', 'invalid-request unsupported-scheme bad-port same-origin-mode'],
  ['none', 'Nothing fails', ''],
  ['other', 'Others', ''],
].map(([id, name, codes]) => ({ id, name, codes: codes.split(' ') }));

export function kindOf(code) {
  if (!code || code === 'no-failure') return 'none';
  return KINDS.find((kind) => kind.codes.includes(code))?.id ?? 'other';
}

export const STATIONS = [
  { id: 'page', name: 'Page', does: 'makes the call' },
  { id: 'browser', name: 'Browser', does: 'lets it out' },
  { id: 'preflight', name: 'Preflight', does: 'asks first, if it must' },
  { id: 'server', name: 'Server', does: 'answers the call' },
  { id: 'response', name: 'Response', does: 'may be read' },
];

export const STATES = {
  passed: 'passed', refused: 'refused', silent: 'no answer', maybe: 'perhaps here', unknown: 'not known', 'not-reached': 'not reached', 'not-needed': 'not needed',
};

/** What it means that the way ends at one station. */
export const ENDS = {
  page: 'The call ends in the page: the browser does not start it.',
  browser: 'The browser stops the call. The server never sees it.',
  preflight: 'The browser asks first, with OPTIONS, and that is refused. The call itself is not sent.',
  'preflight-silent': 'The browser asks first, with OPTIONS, and no answer comes. The call itself is not sent.',
  server: 'No answer comes back.',
  response: 'The server gets the call and answers it. The browser does not let the page read the answer.',
};
