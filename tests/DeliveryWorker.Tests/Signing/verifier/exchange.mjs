// Takes a list of {"secret", "id", "timestamp", "body", "signature"}; prints for each what the library signs, and what it says of that signature.
import { Webhook } from "standardwebhooks";

const verdict = (webhook, body, headers) => {
  try {
    webhook.verify(body, headers);
    return "verified";
  } catch (error) {
    // A body that is no JSON is verified before it is parsed.
    return error instanceof SyntaxError ? "verified" : error.message;
  }
};

const exchanged = JSON.parse(process.argv[2]).map(({ secret, id, timestamp, body, signature }) => {
  const webhook = new Webhook(secret);
  const headers = { "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": signature };

  return {
    signature: webhook.sign(id, new Date(timestamp * 1000), body),
    verdict: verdict(webhook, body, headers),
    verdictOnAnotherBody: verdict(webhook, `${body} `, headers),
  };
});

console.log(JSON.stringify(exchanged));
