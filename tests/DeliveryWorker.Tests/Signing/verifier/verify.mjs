// Reads {"secret", "headers", "body"} from stdin; prints "verified", or why not.
import { Webhook } from "standardwebhooks";
import { text } from "node:stream/consumers";

const { secret, headers, body } = JSON.parse(await text(process.stdin));

try {
  new Webhook(secret).verify(body, headers);
  console.log("verified");
} catch (error) {
  console.log(error.message);
}
