// Believes a notification only after the official library has checked its signature.
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.WEBHOOK_SECRET);
const port = process.env.PORT ?? 5198;

const server = createServer(async (request, response) => {
  const body = await text(request); // as it came: JSON that was read and written again is another text

  try {
    webhook.verify(body, request.headers);
    console.log(`verified ${request.headers["webhook-id"]}: ${body}`);
    response.writeHead(204).end();
  } catch (error) {
    console.log(`refused: ${error.message}`);
    response.writeHead(401).end(error.message);
  }
});

server.listen(port, "127.0.0.1", () => console.log(`waiting on http://localhost:${port}`));
