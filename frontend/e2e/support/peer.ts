import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Somebody who is sent messages, and who answers as a test tells him. */
export type Peer = {
  url: string;
  /** The event ids of what came, in their order. */
  came: string[];
  /** Answers what came and is not answered yet; without a status the line is cut instead. */
  answer: (status?: number) => void;
  /** From now on everything is answered at once. */
  answerAll: (status: number) => void;
  close: () => Promise<void>;
};

/** Starts a peer that answers the first message with 200 and lets the next ones wait. */
export async function startPeer(): Promise<Peer> {
  const came: string[] = [];
  const open: ServerResponse[] = [];
  let always = 0;
  const server: Server = createServer((asked: IncomingMessage, answer) => {
    asked.resume().on("end", () => {
      came.push(String(asked.headers["webhook-id"]));
      if (always > 0 || came.length === 1) answer.writeHead(always || 200).end();
      else open.push(answer);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    came,
    answer: (status) => {
      for (const one of open.splice(0)) {
        if (status === undefined) one.destroy();
        else one.writeHead(status).end();
      }
    },
    answerAll: (status) => {
      always = status;
    },
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
