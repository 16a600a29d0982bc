using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Waybill.StatusService.Tests.InternalApi.Batching;

/// <summary>Stands between the status service and the table, and lets requests that name one notification wait.</summary>
internal sealed class TableRelay : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly string _held;
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TableRelay(Uri table, string held)
    {
        _held = held;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = table };

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public string Url => _app.Urls.Single();

    public static async Task<TableRelay> StartAsync(Uri table, string held)
    {
        var relay = new TableRelay(table, held);
        await relay._app.StartAsync();
        return relay;
    }

    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();

        if (body.Contains(_held, StringComparison.Ordinal))
        {
            await _released.Task.WaitAsync(context.RequestAborted);
        }

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = null;

        foreach (var (name, value) in context.Request.Headers.Where(header => header.Key is not ("Host" or "Content-Length")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value.ToArray());
            }
        }

        using var answer = await _http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body);
    }
}
