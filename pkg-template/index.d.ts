/** A cause; see https://whycors.example/causes/ */
export type CauseCode = string

/**
 * Patches `fetch`, `XMLHttpRequest` and `EventSource` of this window now, synchronously, and listens for failures of elements that
 * fetch with CORS (`<img crossorigin>`, `<script type=module>`, `<link crossorigin>` and their like, once they are in the document). A
 * cross-origin call that then fails is diagnosed: the result comes as a collapsed console group, as `onDiagnosis`, as a
 * `whycors:diagnosis` event on `window`, from {@link diagnosisOf} and in {@link Installation.diagnoses}. The call itself fails as it
 * does without whycors: a promise rejects with its own error, at most one microtask later.
 *
 * A call that its caller aborts, and what is cut off because the page is left, is silent. Of a call that fails again and again one
 * line is printed, at most one diagnosis a minute is made, and a line says when it passes. Calls of analytics and advertising get one
 * line, and no probes.
 *
 * Installing again only changes the options given. Without a `window` it does nothing.
 *
 * @example
 * if (import.meta.env.DEV) install({ exclude: ['https://metrics.example.com/'] })
 */
export function install(options?: InstallOptions): Installation

/**
 * Diagnoses one call without patching anything. Never rejects because the call fails.
 *
 * Sends the call itself only if it is GET or HEAD; any other method is not sent (`request.sent` is false), only probed
 * around. `send: true` sends it, once.
 *
 * @example
 * console.log((await diagnose('https://api.example.com/items')).report)
 */
export function diagnose(input: RequestInfo | URL, init?: RequestInit, options?: DiagnoseOptions): Promise<Diagnosis>

/**
 * The diagnosis of an error that a patched `fetch` rejected with; of an `error` or `timeout` event, or of its target: an
 * XMLHttpRequest, an EventSource, an element; or of what a library made of one of these, if its `cause`, `originalError`, `request` or
 * `error` leads there. It rejects if there is none: the page was left, too many different calls failed within a minute, the core
 * cannot be loaded.
 */
export function diagnosisOf(error: unknown): Promise<Diagnosis> | undefined

/**
 * What a pasted text says: a console line of any engine, what `curl -i` or `curl -v` printed, response headers as developer tools copy
 * them, a HAR (as text or as a `Blob`, which is read off the main thread). On headers the algorithms of the Fetch standard are run:
 * every mistake is found at once, not the first only. Nothing leaves the page, and secrets are masked in all that is returned.
 *
 * A text that names no cause gives `nothing-found`, and says what to copy instead. Rejects only if this page lets no WebAssembly
 * run, or what is pasted is neither text nor `Blob`, or above 256 MiB.
 *
 * @example
 * const { findings, report } = await explain(line, { about: whycors.last })
 */
export function explain(pasted: string | Blob, options?: ExplainOptions): Promise<Explanation>

/**
 * The lines that mend one server, in its own language, for the call that was diagnosed last: its origin, method, headers, credentials.
 * `server` is the `target` or `name` of a {@link Recipe}, in any case. It is remembered: later reports print this server's recipe, unless
 * the called server shows that it is another. Printed for the DevTools console, unless `about` says which Diagnosis it is for.
 *
 * Rejects with a sentence if there is no such server, no diagnosis yet, or nothing that a server's headers mend.
 *
 * @example
 * const { code } = await recipe('nginx', { about: diagnosis, expose: ['X-Total'], maxAge: 600 })
 */
export function recipe(server: string, options?: RecipeOptions): Promise<Recipe>

/** Forgets the last diagnosis of the last failure and diagnoses it again now. A GET or HEAD is sent again for that. */
export function again(): Promise<Diagnosis | undefined>

/** Prints what can be called. */
export function help(): void

/**
 * Resolves when the WebAssembly core runs. Otherwise it is loaded on the first failure.
 *
 * @param core where the core is, if not beside this script: its URL, a Response, its bytes, or a compiled Module.
 */
export function ready(core?: URL | string | Response | BufferSource | WebAssembly.Module): Promise<void>

export interface InstallOptions {
  /** Default `'console'`. */
  report?: 'console' | 'silent'
  onDiagnosis?: (diagnosis: Diagnosis) => void
  /** Whose recipe a report ends with: a `target` of the {@link Recipe}s. Without it that of the likeliest. */
  server?: string
  /** Only calls to URLs that match one of these; a string matches as a part of the URL. */
  include?: (RegExp | string)[]
  /** No calls to URLs that match one of these. */
  exclude?: (RegExp | string)[]
  probes?: ProbeOptions
}

export interface DiagnoseOptions {
  probes?: ProbeOptions
  /** Sends the call, once, whatever its method. Default false. */
  send?: boolean
  /** Whose recipe the report ends with. */
  server?: string
  /** Ends the diagnosis, which then rejects with the signal's reason. */
  signal?: AbortSignal
  /** Told of each observation as it is made. */
  onProgress?: (seen: Observation) => void
}

export interface ExplainOptions {
  /** The call that the paste is about. A Diagnosis comes back narrowed. Otherwise the paste itself has to tell. */
  about?: Diagnosis | RequestLike | URL | string
  /** Whose recipe the report ends with. */
  server?: string
  /** Of a long paste, how much of it has been read: 0 to 1. */
  onProgress?: (fraction: number) => void
}

export interface RecipeOptions {
  /** Default: the last Diagnosis. */
  about?: Diagnosis | Explanation
  /** Response headers that the page's script reads: `Access-Control-Expose-Headers`. */
  expose?: string[]
  /** Seconds that browsers may keep the preflight's answer. Chromium caps it at 7200, Safari at 600. */
  maxAge?: number
}

/** A call, as far as it is known. */
export interface RequestLike {
  url: string
  method?: string
  headers?: HeadersInit
  credentials?: RequestCredentials
  mode?: RequestMode
  redirect?: RequestRedirect
  /** Of the page that makes it; default: this page's. */
  origin?: string
}

export interface ProbeOptions {
  /** Probe calls per diagnosis, at most and by default 8. */
  budget?: number
  /** Lets GET probes of a call that is neither GET nor HEAD carry its credentials and header values. Default false. */
  asCaller?: boolean
  /** Milliseconds per probe. Default 5000. */
  timeout?: number
  /** Allows probes that would open a permission prompt. Default false. */
  localNetwork?: boolean
}

export interface Installation {
  /** Restores what was patched, or, where something else has been patched over it, makes this patch a mere pass-through. */
  uninstall(): void
  /** The last 50. */
  readonly diagnoses: readonly Diagnosis[]
}

/** Why a call failed. Plain data: it survives `structuredClone` and `JSON.stringify`, and has no header value and no body. */
export interface Diagnosis {
  /**
   * `settled`: one cause explains all that was seen. `family`: several do. `unknown`: none does. `not-reproduced`: the same
   * request passes now. `no-failure`: the call passes.
   */
  verdict: 'settled' | 'family' | 'unknown' | 'not-reproduced' | 'no-failure'
  /** Every cause that explains all that was seen; most frequent first. */
  causes: Cause[]
  /** One name for what remains, if there is one. */
  family?: string
  /** One sentence, without markup. */
  summary: string
  request: {
    /** User info, query values, fragment and tokens masked. */
    url: string
    method: string
    origin: string
    /** What the page made it with. */
    api: 'fetch' | 'xhr' | 'event-source' | 'element'
    credentials: string
    mode: string
    /** False if whycors only probed around the call. */
    sent: boolean
    /** Where in the page's scripts it was made, as far as the error tells: function, script, line and column. Chromium only. */
    calledAt?: string
    unsafeHeaders: string[]
    preflight: boolean
    preflightBecause: string[]
  }
  /** Every page fact and probe: what was done, what came back, what it ruled out. */
  saw: Observation[]
  hints: Hint[]
  /** What the answers that script could read say of their server: names of products, lower case. */
  servers: string[]
  fix: Fix
  /** Commands that settle what remains. */
  check: Check[]
  engine: 'chromium' | 'firefox' | 'webkit' | 'other'
  /** Milliseconds from the failure to the diagnosis. */
  duration: number
  /** The whole as plain text, as printed. */
  report: string
  version: 1
}

export interface Cause {
  code: CauseCode
  phase?: 'preflight' | 'response'
  title: string
  detail?: string
  docs: string
}

export interface Observation {
  id: string
  /** A `paste` is what `explain` was given. */
  kind: 'page' | 'call' | 'probe' | 'paste'
  did: string
  saw: string
  ruledOut: CauseCode[]
  /** What stands, but no longer without a server that treats such a request unlike the call. */
  unlikely: CauseCode[]
  /** Why it was not asked. */
  skipped?: string
  ms?: number
}

/** What a paste says. Plain data, without secrets. */
export interface Explanation {
  /** Every mistake found, in the order in which a browser meets them. */
  findings: Finding[]
  /**
   * `exact`: the paste names what is wrong. `narrowed`: it leaves more than one cause, or is of a request that was not sent as the
   * browser sends it. `nothing-found`: it names no cause.
   */
  verdict: 'exact' | 'narrowed' | 'nothing-found'
  /** What was read, a few words each. */
  sources: string[]
  /** What the paste leaves open, one sentence each. */
  open: string[]
  /** What does not fail, or not yet. */
  hints: Hint[]
  /** The call, masked, as far as it is known. */
  request?: { url: string; method: string; origin: string }
  /** What the answers say of their servers: names of products, lower case. */
  servers: string[]
  /** What mends it, if anything was found. */
  fix?: Fix
  /** The Diagnosis that was given, narrowed. */
  diagnosis?: Diagnosis
  /** Paste and probes, or two parts of the paste, disagree, and why that happens. */
  contradiction?: string
  /** The whole as plain text. */
  report: string
}

export interface Finding {
  cause: Cause
  /** The part of the paste that says so. */
  quote: string
  fields: {
    url?: string
    origin?: string
    method?: string
    /** Name of a request header. */
    header?: string
    /** The value that was refused. */
    value?: string
    status?: number
    /** `ERR_NAME_NOT_RESOLVED` and its like. */
    net_error?: string
    /** The first URL, where a redirect led to `url`. */
    redirected_from?: string
    address_space?: string
  }
}

export interface Hint {
  code: string
  title: string
  detail: string
  docs: string
}

export interface Fix {
  where: 'server' | 'page' | 'browser' | 'network'
  /** The CORS headers of a correct preflight answer to this request; empty where no header helps. */
  preflight: Record<string, string>
  /** The CORS headers of a correct response to this request. */
  response: Record<string, string>
  /** Page, browser and network fixes, in words. */
  steps: string[]
  /** What stands behind the lines, or follows from them. */
  notes: string[]
  /** The lines for known servers, the likeliest first; empty where no header helps. */
  recipes: Recipe[]
}

/** The lines for one server and one request: what is not needed for it stays refused. */
export interface Recipe {
  /** `nginx`, `express`, `api-gateway`... */
  target: string
  /** As its makers write it. */
  name: string
  language: string
  /** Where such lines usually stand. */
  file?: string
  code: string
  /** What goes wrong nevertheless, as far as it explains what remains. */
  pitfalls: string[]
  /** The versions that it was run with in tests; `null`: not run by us, read from `docs`. */
  ran: string | null
  docs: string
  /** Why the called server is likely this one. */
  because?: string
}

export interface Check {
  label: string
  shell: 'posix' | 'powershell'
  command: string
  expect: string
  /** It settles nothing now: it shows whether the fix is whole. */
  when?: 'fixed'
}

declare global {
  interface WindowEventMap {
    'whycors:diagnosis': CustomEvent<Diagnosis>
  }
}
