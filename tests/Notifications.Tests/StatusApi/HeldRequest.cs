using System.Text;
using Microsoft.AspNetCore.Http;
using Waybill.Notifications.StatusApi.Batching;

namespace Waybill.Notifications.Tests.StatusApi;

/// <summary>A request that waits for the test to answer it.</summary>
internal sealed class HeldRequest(HttpContext context, string body)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Path { get; } = context.Request.Path;

    public string? Traceparent { get; } = context.Request.Headers.TraceParent;

    public string? ContentType { get; } = context.Request.ContentType;

    public IReadOnlyList<BatchedCall> Calls { get; } =
        [.. body.TrimEnd('\n').Split('\n').Select(line => BatchFormat.ReadCall(Encoding.UTF8.GetBytes(line)))];

    public Task Ended => _ended.Task;

    /// <summary>The whole answer, to all of it.</summary>
    public async Task RefuseAsync(int status, string answer)
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(answer);
        End();
    }

    /// <summary>The whole answer to each of its calls: that it applied.</summary>
    public async Task ApplyAsync()
    {
        foreach (var call in Enumerable.Range(0, Calls.Count))
        {
            await WriteLineAsync(call, 200);
        }

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
