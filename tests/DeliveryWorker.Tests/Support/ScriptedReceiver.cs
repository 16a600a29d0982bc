using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary>A host on loopback that answers as the test says and notes when it was called.</summary>
internal sealed class ScriptedReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<(long At, int Status)> _calls = [];

    private ScriptedReceiver(WebApplication app) => _app = app;

    /// <summary>The status that each call is answered with; a 429 asks for <see cref="RetryAfterSeconds"/>.</summary>
    public required Func<int> Answer { get; set; }

    public int? RetryAfterSeconds { get; init; }

    public string Url => Urls.Single();

    /// <summary>One for each host, which differ by their port.</summary>
    public IReadOnlyList<string> Urls => [.. _app.Urls.Select(url => url + "/hook")];

    /// <summary>Seconds since the first call, and its answer, for each call.</summary>
    public IReadOnlyList<(double Seconds, int Status)> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls.Select(call => (Stopwatch.GetElapsedTime(_calls[0].At, call.At).TotalSeconds, call.Status))];
            }
        }
    }

    public static async Task<ScriptedReceiver> StartAsync(Func<int> answer, int? retryAfterSeconds = null, int hosts = 1)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
        {
            for (var host = 0; host < hosts; host++)
            {
                server.Listen(IPAddress.Loopback, port: 0);
            }
        });

        var app = builder.Build();
        var receiver = new ScriptedReceiver(app) { Answer = answer, RetryAfterSeconds = retryAfterSeconds };
        app.Run(receiver.AnswerAsync);
        await app.StartAsync();

        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        lock (_gate)
        {
            var status = Answer();
            _calls.Add((Stopwatch.GetTimestamp(), status));
            context.Response.StatusCode = status;

            if (status == StatusCodes.Status429TooManyRequests && RetryAfterSeconds is { } seconds)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            return Task.CompletedTask;
        }
    }
}
