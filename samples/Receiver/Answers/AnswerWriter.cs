using System.Text;

namespace Waybill.Receiver.Answers;

/// <summary>Sends an answer. Waiting ends when the client hangs up, and when the receiver stops.</summary>
public sealed class AnswerWriter(IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const int ChunkSize = 16_384;

    private static readonly TimeSpan DripInterval = TimeSpan.FromMilliseconds(20);
    private static readonly byte[] Filler = [.. Enumerable.Repeat((byte)'x', ChunkSize)];

    public async Task WriteAsync(HttpContext context, Answer answer)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);

        try
        {
            await Task.Delay(answer.Delay, time, ended.Token);
            await WriteAsync(context.Response, answer, ended.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task WriteAsync(HttpResponse response, Answer answer, CancellationToken cancellationToken)
    {
        response.StatusCode = answer.Status;
        WriteHeaders(response, answer);

        if (!MayHaveBody(answer.Status))
        {
            return;
        }

        response.ContentType ??= answer.ContentType;

        if (answer.Size is not { } size)
        {
            await response.WriteAsync(Words(answer), Encoding.UTF8, cancellationToken);
            return;
        }

        response.ContentLength = size;

        if (HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            return;
        }

        await WriteFillerAsync(response, size, answer.Drip, cancellationToken);
    }

    private static void WriteHeaders(HttpResponse response, Answer answer)
    {
        if (answer.RetryAfter is not null)
        {
            response.Headers.RetryAfter = answer.RetryAfter;
        }

        foreach (var (name, value) in answer.Headers)
        {
            response.Headers.Append(name, value);
        }
    }

    /// <summary>Spreads the body evenly over <paramref name="drip"/>: the headers at once, the last byte at its end.</summary>
    private async Task WriteFillerAsync(HttpResponse response, long size, TimeSpan drip, CancellationToken cancellationToken)
    {
        var steps = Math.Clamp((long)(drip / DripInterval), 1, Math.Max(1, size));

        await response.StartAsync(cancellationToken);

        for (var step = 1L; step <= steps; step++)
        {
            await Task.Delay(drip / steps, time, cancellationToken);
            await WriteFillerAsync(response, Share(size, step, steps) - Share(size, step - 1, steps), cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
    }

    private static async Task WriteFillerAsync(HttpResponse response, long count, CancellationToken cancellationToken)
    {
        for (var left = count; left > 0; left -= ChunkSize)
        {
            await response.Body.WriteAsync(Filler.AsMemory(0, (int)Math.Min(left, ChunkSize)), cancellationToken);
        }
    }

    private static long Share(long size, long step, long steps) => size * step / steps;

    private static string Words(Answer answer) => answer.Status < 300 ? "ok" : $"answered {answer.Status} as the URL asks";

    private static bool MayHaveBody(int status) =>
        status is not (StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified);
}
