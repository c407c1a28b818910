// Uploads: three at a time, resumed where a network cut left them, each cancelled or tried again by itself.
import { cookie, freshToken, signIn } from "../../labbook/js/session.js";

const AT_ONCE = 3;
const PART_BYTES = 16 * 1024 * 1024;
const PAUSES_MS = [0, 1000, 3000, 5000, 10_000, 20_000, 40_000];
const WAITS = "waits", RUNS = "runs", DONE = "done", FAILED = "failed", GONE = "cancelled";

// A cut network and a busy server are worth another try; a refusal is not.
function isWorthAnother(error) {
  const status = error.originalResponse?.getStatus() ?? 0;
  return status === 0 || status >= 500 || status === 409 || status === 423;
}

function reasonOf(error) {
  const answer = error.originalResponse;
  const said = answer?.getHeader("Content-Type")?.startsWith("text/plain") ? answer.getBody() : "";
  if (said) return said;
  return answer ? `The notebook answered ${answer.getStatus()}.` : "The network is away.";
}

export class Uploads {
  constructor(endpoint, changed) {
    this.endpoint = endpoint;
    this.changed = changed;
    this.batch = "";
    this.all = [];
    addEventListener("online", () => this.retryAll());
    addEventListener("beforeunload", (event) => this.isBusy && event.preventDefault());
  }

  get isBusy() {
    return this.all.some((one) => one.state === WAITS || one.state === RUNS);
  }

  count(state) {
    return this.all.filter((one) => one.state === state).length;
  }

  get failed() {
    return this.count(FAILED);
  }

  get arrived() {
    return this.count(DONE);
  }

  add(found) {
    const added = found.map(({ file, folder }) => ({ file, folder, state: WAITS, sent: 0, reason: "" }));
    this.all.push(...added);
    this.next();
    return added;
  }

  next() {
    while (this.batch && this.count(RUNS) < AT_ONCE) {
      const one = this.all.find((other) => other.state === WAITS);
      if (!one) break;
      this.start(one);
    }
  }

  async start(one) {
    this.enter(one, RUNS);
    one.upload = this.uploadOf(one);
    const [earlier] = await one.upload.findPreviousUploads();
    if (one.state !== RUNS) return;
    if (earlier) one.upload.resumeFromPreviousUpload(earlier);
    one.upload.start();
  }

  uploadOf(one) {
    return new window.tus.Upload(one.file, {
      endpoint: this.endpoint,
      chunkSize: PART_BYTES,
      retryDelays: PAUSES_MS,
      uploadDataDuringCreation: true,
      removeFingerprintOnSuccess: true,
      metadata: { batch: this.batch, name: one.file.name, folder: one.folder },
      // The same file in another batch is another upload.
      fingerprint: async (file) => ["labbook", this.batch, one.folder, file.name, file.size, file.lastModified].join(" "),
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", cookie("csrftoken")),
      onShouldRetry: isWorthAnother,
      onProgress: (sent) => {
        one.sent = sent;
        this.changed(one);
      },
      onSuccess: () => {
        one.sent = one.file.size;
        this.leave(one, DONE);
      },
      onError: (error) => this.fail(one, error),
    });
  }

  async fail(one, error) {
    const status = error.originalResponse?.getStatus();
    // A session that ended on the way is begun again in place, and the upload goes on where it was.
    if ((status === 401 || status === 403) && !one.signedInAgain) {
      one.signedInAgain = true;
      if (status === 403) await freshToken();
      if (status === 403 || (await signIn())) return this.retry(one);
    }
    one.reason = reasonOf(error);
    return this.leave(one, FAILED);
  }

  enter(one, state) {
    one.state = state;
    this.changed(one);
  }

  leave(one, state) {
    this.enter(one, state);
    this.next();
  }

  retry(one) {
    one.reason = "";
    this.enter(one, WAITS);
    this.next();
  }

  retryAll() {
    for (const one of this.all.filter((other) => other.state === FAILED)) this.retry(one);
  }

  cancel(one) {
    if (one.state !== WAITS && one.state !== RUNS && one.state !== FAILED) return;
    const upload = one.upload;
    this.leave(one, GONE);
    // What has arrived of it is thrown away there too; a network that is away leaves it to the sweep.
    upload?.abort(true).catch(() => {});
  }

  cancelAll() {
    for (const one of this.all.filter((other) => other.state === WAITS)) this.enter(one, GONE);
    for (const one of [...this.all]) this.cancel(one);
  }
}
