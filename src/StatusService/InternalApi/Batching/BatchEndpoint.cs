using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Waybill.Notifications.StatusApi.Batching;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.StatusService.InternalApi.Batching;

/// <summary>
/// Many calls in one request. All are worked on at once; their answers go out together, but none waits for others for longer than
/// <see cref="HoldBack"/>.
/// </summary>
internal static class BatchEndpoint
{
    /// <summary>Long enough for the table's usual answer to all of them, short against anybody's timeout.</summary>
    private static readonly TimeSpan HoldBack = TimeSpan.FromMilliseconds(20);

    public static async Task HandleAsync(HttpContext context, [FromServices] BatchedCalls calls, [FromServices] TimeProvider time)
    {
        List<BatchedCall> batch = [];

        try
        {
            await foreach (var line in BatchFormat.ReadLinesAsync(context.Request.BodyReader, context.RequestAborted))
            {
                batch.Add(BatchFormat.ReadCall(line));
            }
        }
        catch (JsonException exception)
        {
            await Problem.Create(StatusCodes.Status400BadRequest, "malformed-json", "A line is not a call.", exception.Message).ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = BatchFormat.MediaType;
        var pending = batch.Select(calls.AnswerAsync).Index().ToList();

        while (pending.Count > 0)
        {
            Task all = Task.WhenAll(pending.Select(entry => entry.Item));
            await all.WaitAsync(HoldBack, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // Once: what is done a moment later goes with the next.
            var done = pending.Where(entry => entry.Item.IsCompleted).ToList();
            pending = [.. pending.Except(done)];
            await WriteAsync(context.Response, done);
        }
    }

    private static async Task WriteAsync(HttpResponse response, IEnumerable<(int Index, Task<BatchedAnswer> Item)> done)
    {
        using var writer = BatchFormat.CreateWriter(response.BodyWriter);

        foreach (var (index, item) in done)
        {
            var answer = await item;
            BatchFormat.WriteAnswer(writer, index, answer.Status, answer.NothingWritten, answer.Body);
            BatchFormat.EndLine(writer, response.BodyWriter);
        }

        await response.BodyWriter.FlushAsync();
    }
}
