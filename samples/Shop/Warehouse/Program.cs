// Packs an order once, and only where the call is verified.
using System.Collections.Concurrent;
using System.Text.Json;
using OpenTelemetry;
using Waybill.Receiving;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddInMemoryWebhookDeduplication();
builder.Services.AddOpenTelemetry()
    .WithTracing(traces => traces.AddSource("Microsoft.AspNetCore"))
    .UseOtlpExporter();

var app = builder.Build();
var secret = app.Configuration["WEBHOOK_SECRET"] ?? throw new InvalidOperationException("Set WEBHOOK_SECRET.");
var packed = new ConcurrentQueue<string>();

app.MapGet("/health", () => Results.Ok());

app.MapWebhook("/orders", (Webhook webhook) =>
{
    using var body = JsonDocument.Parse(webhook.Body);
    packed.Enqueue($"order {body.RootElement.GetProperty("order")}, verified, {webhook.Id}");
})
    .VerifyStandardWebhook(secret)
    .WithoutRepeats();

app.MapGet("/", () => $"{packed.Count} packed\n{string.Join('\n', packed.Reverse())}\n");

await app.RunAsync();
