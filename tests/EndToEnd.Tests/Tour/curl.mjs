// As much of curl as the documents use, as a build machine may have none: -s, -X, -H, -d and a URL. Prints the answer.

const [, , ...parts] = process.argv;
const request = { headers: {} };
let url;

while (parts.length > 0) {
  const part = parts.shift();

  switch (part) {
    case "-s":
      break;

    case "-X":
      request.method = parts.shift();
      break;

    case "-H": {
      const [name, value] = parts.shift().split(": ");
      request.headers[name] = value;
      break;
    }

    case "-d":
      request.method ??= "POST";
      request.body = parts.shift();
      break;

    default:
      url = new URL(part);
  }
}

const answer = await fetch(url, request);
process.stdout.write(await answer.text());
