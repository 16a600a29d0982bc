using Waybill.LightBackend;

// LightBackend PORT [LATENCY]: DynamoDB and SQS in memory on one loopback port; every call takes LATENCY milliseconds (0) longer than it must.
var latency = args.Length > 1 ? TimeSpan.FromMilliseconds(double.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture)) : TimeSpan.Zero;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls($"http://127.0.0.1:{args[0]}");

var app = builder.Build();
app.Run(new AwsEndpoint(latency).AnswerAsync);
await app.StartAsync();
Console.WriteLine($"The light backend is listening on http://127.0.0.1:{args[0]}");
await app.WaitForShutdownAsync();
