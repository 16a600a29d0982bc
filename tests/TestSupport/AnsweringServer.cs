using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace Waybill.TestSupport;

/// <summary>A server on loopback that answers as the test says.</summary>
public sealed class AnsweringServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<string> _asked = [];

    private AnsweringServer(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.Run(context =>
        {
            _asked.Enqueue(context.Request.GetEncodedPathAndQuery());
            return answer(context);
        });
    }

    public Uri Url => new(_server.Urls.Single());

    /// <summary>Path and query of each request.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    public static async Task<AnsweringServer> StartAsync(RequestDelegate answer)
    {
        var server = new AnsweringServer(answer);
        await server._server.StartAsync();
        return server;
    }

    /// <summary>One whose whole answer is that.</summary>
    public static Task<AnsweringServer> StartAsync(string contentType, string body, int status = StatusCodes.Status200OK) => StartAsync(context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body);
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
