using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waybill.LocalAws;

namespace Waybill.EndToEnd.Tests.Browser.Support;

/// <summary>Answers each path with the status codes in it, one after the other, the last one for ever: /503/200. The body is the test's.</summary>
public sealed class ScriptedReceiver : IAsyncDisposable
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly WebApplication _app;

    private ScriptedReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();

        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Url);
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public string Url { get; } = $"http://127.0.0.1:{LoopbackPort.Pick()}";

    /// <summary>The body of every answer.</summary>
    public string Body { get; set; } = "as the path says";

    public static async Task<ScriptedReceiver> StartAsync()
    {
        var receiver = new ScriptedReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var codes = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var call = _calls.AddOrUpdate(context.Request.Headers["webhook-id"].ToString(), 0, (_, before) => before + 1);

        context.Response.StatusCode = int.Parse(codes[Math.Min(call, codes.Length - 1)], CultureInfo.InvariantCulture);
        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync(Body);
    }
}
