using System.Text;
using Microsoft.AspNetCore.Http;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Batching;

namespace Waybill.Notifications.Tests.StatusApi;

/// <summary>A request that waits for the test to answer it.</summary>
internal sealed class HeldRequest(HttpContext context, string body)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Path { get; } = context.Request.Path;

    public string? Traceparent { get; } = context.Request.Headers.TraceParent;

    public string? ContentType { get; } = context.Request.ContentType;

    public string Body => body;

    public bool IsBatch => Path == StatusRoutes.Prefix + StatusRoutes.Batch;

    public IReadOnlyList<BatchedCall> Calls { get; } = context.Request.Path == StatusRoutes.Prefix + StatusRoutes.Batch
        ? [.. body.TrimEnd('\n').Split('\n').Select(line => BatchFormat.ReadCall(Encoding.UTF8.GetBytes(line)))]
        : [];

    public Task Ended => _ended.Task;

    /// <summary>The whole answer.</summary>
    public async Task AnswerAsync(int status, string answer = "", bool nothingWritten = false)
    {
        context.Response.StatusCode = status;

        if (nothingWritten)
        {
            context.Response.Headers[StatusClient.NothingWrittenHeader] = "true";
        }

        await context.Response.WriteAsync(answer);
        End();
    }

    /// <summary>Part of an answer, which the client gets at once.</summary>
    public async Task WriteAsync(string part)
    {
        await context.Response.WriteAsync(part);
        await context.Response.Body.FlushAsync();
    }

    public Task WriteLineAsync(int call, int status, string? json = null, bool nothingWritten = false)
    {
        var nothing = nothingWritten ? ",\"nothingWritten\":true" : "";
        var member = json is null ? "" : $",\"body\":{json}";
        return WriteAsync($"{{\"call\":{call},\"status\":{status}{nothing}{member}}}\n");
    }

    public void End() => _ended.TrySetResult();

    /// <summary>Cuts the connection.</summary>
    public void Cut()
    {
        context.Abort();
        End();
    }
}
