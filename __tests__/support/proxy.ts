/** A proxy on this machine as companies have them: forwards plain requests, opens tunnels, keeps a list of both. */
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';

export interface TestProxy {
  /** `http://127.0.0.1:<port>`. */
  readonly address: string;
  /** `CONNECT host:port` or `GET http://host:port/path`, in order. */
  readonly seen: readonly string[];
  /** Values of Proxy-Authorization that came along. */
  readonly credentials: readonly string[];
  close(): Promise<void>;
}

/** Starts one. `hosts` says where a name really is: `ghes.example:443` -> a port of this machine. */
export async function startProxy(hosts: Readonly<Record<string, number>> = {}): Promise<TestProxy> {
  const seen: string[] = [];
  const credentials: string[] = [];
  const sockets = new Set<net.Socket>();
  const note = (request: http.IncomingMessage): void => {
    seen.push(`${request.method} ${request.url}`);
    const credential = request.headers['proxy-authorization'];
    if (credential !== undefined) credentials.push(credential);
  };
  const parsePlace = (host: string, port: string): { host: string; port: number } => {
    const own = hosts[`${host}:${port}`];
    return own === undefined ? { host, port: Number(port) } : { host: '127.0.0.1', port: own };
  };
  const server = http.createServer((request, response) => {
    note(request);
    const url = new URL(request.url ?? '', 'http://none.invalid');
    const place = parsePlace(url.hostname, url.port || '80');
    const { 'proxy-connection': _, 'proxy-authorization': __, ...headers } = request.headers;
    const forwarded = http.request(
      { ...place, method: request.method ?? 'GET', path: `${url.pathname}${url.search}`, headers, agent: false },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    forwarded.on('error', () => response.writeHead(502).end());
    request.pipe(forwarded);
  });
  server.on('connect', (request: http.IncomingMessage, client: net.Socket, first: Buffer) => {
    note(request);
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(request.url ?? '') ?? [];
    const upstream = net.connect(parsePlace(host, port), () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(first);
      upstream.pipe(client).pipe(upstream);
    });
    sockets.add(upstream).add(client);
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    seen,
    credentials,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
