using System.Collections.Concurrent;
using System.Net;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Waybill.LocalAws;
using Waybill.StatusService.Store.Table;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Store.Table;

/// <summary>Stands where DynamoDB would, on loopback: hears each call and answers as a test says.</summary>
internal sealed class TableListener : IAsyncDisposable
{
    private readonly Func<HeardCall, CancellationToken, Task<GivenAnswer?>> _answer;
    private readonly ConcurrentQueue<HeardCall> _calls = new();
    private WebApplication _app = null!;

    private TableListener(Func<HeardCall, CancellationToken, Task<GivenAnswer?>> answer) => _answer = answer;

    public Uri Url { get; } = new($"http://127.0.0.1:{LoopbackPort.Pick()}");

    public IReadOnlyList<HeardCall> Calls => [.. _calls];

    /// <summary>Of the latest answer.</summary>
    public int AnswerBytes { get; private set; }

    public IEnumerable<string> Operations => Calls.Select(call => call.Operation);

    /// <param name="answer">Null cuts the connection.</param>
    public static async Task<TableListener> StartAsync(Func<HeardCall, CancellationToken, Task<GivenAnswer?>> answer)
    {
        var listener = new TableListener(answer);
        var builder = WebApplication.CreateSlimBuilder();

        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(listener.Url.ToString());
        listener._app = builder.Build();
        listener._app.Run(listener.HandleAsync);

        await listener._app.StartAsync();
        return listener;
    }

    public static Task<TableListener> StartAsync(int status, string body) => StartAsync((_, _) => Task.FromResult<GivenAnswer?>(new(status, body)));

    /// <summary>Passes calls on to a table, each once <paramref name="before"/> lets it, unless <paramref name="instead"/> has an answer.</summary>
    public static Task<TableListener> StartBeforeAsync(
        Uri table,
        Func<HeardCall, Task>? before = null,
        Func<HeardCall, GivenAnswer, GivenAnswer>? after = null,
        Func<HeardCall, GivenAnswer?>? instead = null)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = table };

        return StartAsync(async (call, cancellationToken) =>
        {
            await (before?.Invoke(call) ?? Task.CompletedTask);

            if (instead?.Invoke(call) is { } given)
            {
                return given;
            }

            var answer = await PassOnAsync(http, call, cancellationToken);
            return after?.Invoke(call, answer) ?? answer;
        });
    }

    /// <summary>A call that arrives once more, as one that was given up may.</summary>
    public static async Task<GivenAnswer> SendAgainAsync(Uri table, HeardCall call)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = table };
        return await PassOnAsync(http, call, CancellationToken.None);
    }

    public TableClient CreateClient(TimeSpan? timeout = null, TimeProvider? time = null, AWSCredentials? credentials = null)
    {
        var config = Config(Url, timeout);
        config.DefaultAWSCredentials = credentials ?? config.DefaultAWSCredentials;
        return new TableClient(config, time ?? TimeProvider.System);
    }

    /// <summary>The SDK's own, with the same configuration.</summary>
    public SdkTableClient CreateSdkClient() => new(new AmazonDynamoDBClient(Config(Url)));

    public static AmazonDynamoDBConfig Config(Uri endpoint, TimeSpan? timeout = null) => new()
    {
        ServiceURL = endpoint.ToString(),
        AuthenticationRegion = LocalBackends.Region,
        DefaultAWSCredentials = new BasicAWSCredentials(LocalBackends.AccessKey, LocalBackends.AccessKey),
        MaxErrorRetry = 0,
        Timeout = timeout ?? Eventually.Deadline,
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<GivenAnswer> PassOnAsync(HttpClient table, HeardCall call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(call.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", call.ContentType);
        request.Headers.TryAddWithoutValidation("X-Amz-Target", call.Target);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", call.Date);
        request.Headers.TryAddWithoutValidation("Authorization", call.Authorization);

        using var response = await table.SendAsync(request, cancellationToken);
        return new GivenAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;

        var call = new HeardCall(
            headers["X-Amz-Target"].ToString(),
            headers["X-Amz-Date"].ToString(),
            headers.Authorization.ToString(),
            headers.Host.ToString(),
            context.Request.ContentType ?? "",
            headers.UserAgent.ToString(),
            body.ToArray());

        _calls.Enqueue(call);

        if (await _answer(call, context.RequestAborted) is not { } answer)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/x-amz-json-1.0";
        context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = ((HttpStatusCode)answer.Status).ToString();
        context.Response.ContentLength = answer.Bytes.Length;
        AnswerBytes = answer.Bytes.Length;
        await context.Response.Body.WriteAsync(answer.Bytes);
    }
}

internal sealed record HeardCall(string Target, string Date, string Authorization, string Host, string ContentType, string UserAgent, byte[] Body)
{
    public string Operation => Target.Split('.')[^1];

    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}

internal sealed record GivenAnswer(int Status, string Body)
{
    /// <summary>DynamoDB is down.</summary>
    public static GivenAnswer Unavailable { get; } = new(500, """{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"down"}""");

    /// <summary>DynamoDB does not take what it was asked for.</summary>
    public static GivenAnswer Invalid { get; } = new(400, """{"__type":"com.amazon.coral.validate#ValidationException","message":"One or more parameter values were invalid"}""");

    public byte[] Bytes => System.Text.Encoding.UTF8.GetBytes(Body);
}
