// A service that tells what it was given. DELAY_MS holds back its first healthy answer, EXIT_CODE makes it end at once.
using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

if (Environment.GetEnvironmentVariable("EXIT_CODE") is { } exitCode)
{
    Console.WriteLine("about to end");
    return int.Parse(exitCode, CultureInfo.InvariantCulture);
}

var delay = TimeSpan.FromMilliseconds(int.Parse(Environment.GetEnvironmentVariable("DELAY_MS") ?? "0", CultureInfo.InvariantCulture));
var started = TimeProvider.System.GetTimestamp();

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);

// Telemetry goes where the AppHost says, and only there: an exporter that nobody answers holds up the end of the process.
using var traces = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is null
    ? null
    : Sdk.CreateTracerProviderBuilder()
        .ConfigureResource(resource => resource.AddEnvironmentVariableDetector())
        .AddSource("Microsoft.AspNetCore")
        .AddOtlpExporter()
        .Build();

var app = builder.Build();

app.MapGet("/health", () => TimeProvider.System.GetElapsedTime(started) < delay ? Results.StatusCode(503) : Results.Ok());
app.MapGet("/environment", () => Environment.GetEnvironmentVariables());
app.MapGet("/arguments", () => args);

await app.RunAsync();
return 0;
