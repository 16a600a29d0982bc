// A service that tells what it was given. DELAY_MS holds back its first healthy answer, EXIT_CODE makes it end at once.
var exitCode = Environment.GetEnvironmentVariable("EXIT_CODE");

if (exitCode is not null)
{
    Console.WriteLine("about to end");
    return int.Parse(exitCode, System.Globalization.CultureInfo.InvariantCulture);
}

var started = TimeProvider.System.GetTimestamp();
var delay = TimeSpan.FromMilliseconds(int.Parse(Environment.GetEnvironmentVariable("DELAY_MS") ?? "0", System.Globalization.CultureInfo.InvariantCulture));
var app = WebApplication.CreateBuilder(args).Build();

app.MapGet("/health", () => TimeProvider.System.GetElapsedTime(started) < delay ? Results.StatusCode(503) : Results.Ok());
app.MapGet("/environment", () => Environment.GetEnvironmentVariables());
app.MapGet("/arguments", () => args);

await app.RunAsync();
return 0;
