const Base = '/v3/directline';
const Waits = [1, 2, 4, 8, 15];
const RefreshEvery = 15 * 60e3;
const PingEvery = 20e3;
// The server sends an empty frame at least every 30 s; a phone's socket can die without an event.
const SilentFor = 70e3;
const PollEvery = 3e3;
const PollsBeforeSocket = 100;

export class Refused extends Error {
  constructor(status, reason) {
    super(reason || String(status));
    this.status = status;
    this.reason = reason;
  }
}

async function reasonOf(response) {
  try {
    const body = await response.json();
    const words = body.detail || (body.error && body.error.message) || '';
    return /[\u4e00-\u9fff]/.test(words) ? words : '';
  } catch {
    return '';
  }
}

export async function fetchJson(address, options) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), 20e3);
  try {
    const response = await fetch(address, { ...options, signal: abort.signal });
    if (!response.ok) throw new Refused(response.status, await reasonOf(response));
    return await response.json();
  } finally {
    clearTimeout(timer);
  }
}

/** One conversation over Direct Line 3.0. Comes back by itself and loses and doubles nothing. */
export class DirectLine {
  /**
   * @param session {token, conversationId?}
   * @param renew called with the old token when the server no longer takes it; returns a new session, marked
   * as a stranger's when it cannot go on with the conversation
   * @param on {activity, status, session, restarted}
   */
  constructor(session, renew, on) {
    Object.assign(this, { renew, on });
    this.token = session.token;
    this.conversationId = session.conversationId;
    this.watermark = '';
    this.failures = 0;
    this.unopened = 0;
    this.outbox = [];
    this.wakers = new Set();
    this.listeners = [
      [document, 'visibilitychange', () => document.hidden || this.look()],
      [window, 'pageshow', () => this.look()],
      [window, 'online', () => this.look(true)],
      [window, 'offline', () => this.drop()],
    ];
    for (const [target, name, listener] of this.listeners) target.addEventListener(name, listener);
    this.refresher = setInterval(() => this.refresh(), RefreshEvery);
    this.pinger = setInterval(() => this.ping(), PingEvery);
    this.on.status('connecting');
    this.connect();
  }

  end() {
    this.ended = true;
    clearInterval(this.refresher);
    clearInterval(this.pinger);
    clearTimeout(this.timer);
    for (const [target, name, listener] of this.listeners) target.removeEventListener(name, listener);
    if (this.socket) this.socket.close();
  }

  /** After sleep or a network change: comes back at once instead of waiting for the next try. */
  look(networkChanged) {
    if (this.ended) return;
    this.wake();
    if (this.polling) return;
    const alive = this.socket && this.socket.readyState <= WebSocket.OPEN;
    if (alive && !networkChanged && Date.now() - this.heardAt < 35e3) return;
    if (this.connecting && !alive) return;
    this.drop();
    clearTimeout(this.timer);
    this.connect();
  }

  drop() {
    const socket = this.socket;
    if (!socket) return;
    this.socket = undefined;
    socket.close();
    this.on.status('reconnecting');
    this.later();
  }

  later() {
    clearTimeout(this.timer);
    if (this.ended) return;
    const seconds = Waits[Math.min(this.failures++, Waits.length - 1)];
    this.timer = setTimeout(() => this.connect(), seconds * 1000 * (0.85 + Math.random() * 0.3));
  }

  async connect() {
    if (this.connecting || this.ended) return;
    this.connecting = true;
    try {
      const joined = await this.join();
      if (this.ended) return;
      this.token = joined.token || this.token;
      this.conversationId = joined.conversationId;
      this.on.session({ token: this.token, conversationId: this.conversationId });
      // Some company proxies let no WebSocket through; asking again and again is slower, but it works there.
      if (this.unopened < 2) this.listen(joined.streamUrl);
      else this.poll();
      this.flush();
    } catch (problem) {
      if (this.ended) return;
      this.on.status('reconnecting', problem.reason);
      this.later();
    } finally {
      this.connecting = false;
    }
  }

  async join() {
    if (this.conversationId) {
      try {
        const resume = `/conversations/${encodeURIComponent(this.conversationId)}?watermark=${encodeURIComponent(this.watermark)}`;
        return await this.call(resume, { method: 'GET' });
      } catch (problem) {
        if (problem.status !== 404) throw problem;
        this.forget();
      }
    }
    return this.call('/conversations', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ locale: 'zh-CN' }),
    });
  }

  forget() {
    this.conversationId = undefined;
    this.watermark = '';
    this.on.restarted();
  }

  /** The old conversation belongs to somebody we can no longer prove to be: a new one begins with the next try. */
  moveOut() {
    this.forget();
    this.drop();
    this.wake();
    throw new Refused(0);
  }

  async call(path, options) {
    const once = () => fetchJson(Base + path, {
      ...options,
      headers: { ...options.headers, Authorization: `Bearer ${this.token}` },
    });
    const used = this.token;
    try {
      return await once();
    } catch (problem) {
      if (problem.status !== 401 && problem.status !== 403) throw problem;
      await this.renewed(used);
      return once();
    }
  }

  renewed(used) {
    if (this.token !== used) return Promise.resolve();
    if (!this.renewing) {
      this.renewing = this.renew(used)
        .then(session => {
          this.token = session.token;
          if (session.stranger && this.conversationId) this.moveOut();
          this.on.session({ token: this.token, conversationId: this.conversationId });
        })
        .finally(() => { this.renewing = undefined; });
    }
    return this.renewing;
  }

  async refresh() {
    try {
      const session = await this.call('/tokens/refresh', { method: 'POST' });
      this.token = session.token;
      this.on.session({ token: this.token, conversationId: this.conversationId });
    } catch { /* the next call that is refused renews */ }
  }

  listen(streamUrl) {
    const address = location.protocol === 'https:' ? streamUrl.replace(/^ws:/, 'wss:') : streamUrl;
    const socket = new WebSocket(address);
    this.socket = socket;
    this.heardAt = Date.now();
    this.unopened++;
    socket.onopen = () => {
      this.unopened = 0;
      if (this.socket === socket) this.on.status('online');
    };
    socket.onmessage = ({ data }) => {
      if (this.socket !== socket) return;
      this.heardAt = Date.now();
      this.failures = 0;
      if (!data) return;
      this.take(JSON.parse(data));
    };
    socket.onclose = () => {
      if (this.socket !== socket) return;
      this.socket = undefined;
      this.on.status('reconnecting');
      this.later();
    };
  }

  async poll() {
    this.polling = true;
    this.on.status('online');
    try {
      for (let turn = 0; turn < PollsBeforeSocket && this.conversationId && !this.ended; turn++) {
        const resume = `/conversations/${encodeURIComponent(this.conversationId)}/activities?watermark=${encodeURIComponent(this.watermark)}`;
        this.take(await this.call(resume, { method: 'GET' }));
        this.failures = 0;
        await this.sleep(PollEvery);
      }
    } catch {
      this.on.status('reconnecting');
    } finally {
      this.polling = false;
      this.unopened = 1;
      this.later();
    }
  }

  /** An empty watermark means that this is what was said before. */
  take({ activities, watermark }) {
    const old = !this.watermark;
    for (const activity of activities || []) {
      try {
        this.on.activity(activity, old);
      } catch (problem) {
        // One message that cannot be shown must not keep the next ones from the person.
        console.error(problem);
      }
    }
    if (watermark !== undefined && watermark !== null) this.watermark = String(watermark);
  }

  ping() {
    if (!this.socket || this.socket.readyState !== WebSocket.OPEN) return;
    if (Date.now() - this.heardAt > SilentFor) this.drop();
    else this.socket.send('');
  }

  /**
   * Sends in the order of the calls, each until the server has it. A repeated try carries the same
   * clientActivityID, by which the server knows that it is the same message.
   * @param parcel {activity, file?, changed(state, detail)}; state is sending, sent or failed
   */
  send(parcel) {
    parcel.state = 'waiting';
    this.outbox.push(parcel);
    this.flush();
  }

  /** The echo came: whatever the answer to the post was, the server has it. */
  arrived(clientActivityID) {
    const parcel = this.outbox.find(item => item.activity.channelData.clientActivityID === clientActivityID);
    if (parcel) this.settle(parcel, 'sent');
  }

  again(parcel) {
    parcel.state = 'waiting';
    if (!this.outbox.includes(parcel)) this.outbox.push(parcel);
    parcel.changed('sending');
    this.flush();
  }

  settle(parcel, state, detail) {
    if (parcel.state === 'sent') return;
    parcel.state = state;
    if (state === 'sent') this.outbox = this.outbox.filter(item => item !== parcel);
    parcel.changed(state, detail);
  }

  async flush() {
    if (this.flushing || this.ended) return;
    this.flushing = true;
    for (const parcel of this.outbox) {
      if (parcel.state === 'failed' && parcel.retryable) parcel.state = 'waiting';
    }
    let parcel;
    while (!this.ended && this.conversationId && (parcel = this.outbox.find(item => item.state === 'waiting'))) {
      await this.deliver(parcel);
    }
    this.flushing = false;
  }

  async deliver(parcel) {
    parcel.changed('sending');
    for (let attempt = 0; !this.ended && this.conversationId && parcel.state === 'waiting'; attempt++) {
      try {
        await (parcel.file ? this.upload(parcel) : this.post(parcel));
        return this.settle(parcel, 'sent');
      } catch (problem) {
        const status = problem.status || 0;
        parcel.retryable = status === 0 || status === 429 || status >= 500;
        if (!parcel.retryable || attempt === Waits.length - 1) return this.settle(parcel, 'failed', problem.reason);
      }
      await this.sleep(Waits[attempt] * 1000);
    }
  }

  post(parcel) {
    return this.call(`/conversations/${encodeURIComponent(this.conversationId)}/activities`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(parcel.activity),
    });
  }

  async upload(parcel) {
    const used = this.token;
    try {
      return await this.uploadOnce(parcel);
    } catch (problem) {
      if (problem.status !== 401 && problem.status !== 403) throw problem;
      await this.renewed(used);
      return this.uploadOnce(parcel);
    }
  }

  /** XMLHttpRequest, because only it tells how far a big photo has come. */
  uploadOnce(parcel) {
    const form = new FormData();
    form.append('activity', new Blob([JSON.stringify(parcel.activity)], { type: 'application/vnd.microsoft.activity' }), 'blob');
    form.append('file', parcel.file, parcel.file.name);
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', `${Base}/conversations/${encodeURIComponent(this.conversationId)}/upload?userId=`);
      request.setRequestHeader('Authorization', `Bearer ${this.token}`);
      request.timeout = 180e3;
      request.upload.onprogress = ({ loaded, total }) => {
        if (parcel.state === 'waiting') parcel.changed('sending', loaded < total ? `${Math.floor(loaded / total * 100)}%` : '');
      };
      request.onerror = request.ontimeout = () => reject(new Refused(0));
      request.onload = async () => {
        if (request.status < 300) resolve();
        else reject(new Refused(request.status, await reasonOf(new Response(request.responseText))));
      };
      request.send(form);
    });
  }

  sleep(milliseconds) {
    return new Promise(resolve => {
      const timer = setTimeout(done, milliseconds);
      const wakers = this.wakers;
      function done() {
        clearTimeout(timer);
        wakers.delete(done);
        resolve();
      }
      wakers.add(done);
    });
  }

  wake() {
    for (const waker of [...this.wakers]) waker();
  }
}
