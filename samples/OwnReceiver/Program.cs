// Believes a notification only after its signature was checked, and takes each one once.
using System.Text;
using Waybill.Receiving;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddInMemoryWebhookDeduplication();

var app = builder.Build();
var secret = app.Configuration["WEBHOOK_SECRET"] ?? throw new InvalidOperationException("Set WEBHOOK_SECRET.");
var address = $"http://localhost:{app.Configuration["PORT"] ?? "5198"}";

app.MapWebhook("/{**path}", (Webhook webhook) =>
{
    Console.WriteLine($"verified {webhook.Id}: {Encoding.UTF8.GetString(webhook.Body.Span)}");
    return Results.NoContent();
})
    .VerifyStandardWebhook(secret)
    .WithoutRepeats();

app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"waiting on {address}"));
await app.RunAsync(address);
