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
            await WriteDoneAsync(context.Response, pending);
        }
    }

    private static async Task WriteDoneAsync(HttpResponse response, List<(int Index, Task<BatchedAnswer> Item)> pending)
    {
        using var writer = BatchFormat.CreateWriter(response.BodyWriter);

        foreach (var (index, done) in pending.Where(entry => entry.Item.IsCompleted))
        {
            var answer = await done;
            BatchFormat.WriteAnswer(writer, index, answer.Status, answer.NothingWritten, answer.Body);
            BatchFormat.EndLine(writer, response.BodyWriter);
        }

        pending.RemoveAll(entry => entry.Item.IsCompleted);
        await response.BodyWriter.FlushAsync();
    }
}
