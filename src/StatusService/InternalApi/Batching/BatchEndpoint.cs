using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Batching;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.StatusService.InternalApi.Batching;

/// <summary>
/// Calls, one or many, in one request. All are worked on at once; their answers go out together, but none waits for others for longer than
/// <see cref="HoldBack"/>, and one that is alone for nobody.
/// </summary>
internal static class BatchEndpoint
{
    /// <summary>Of one request; clients send a quarter of it.</summary>
    private const int MaxCalls = 256;

    /// <summary>Long enough for the table's usual answer to all of them, short against anybody's timeout.</summary>
    private static readonly TimeSpan HoldBack = TimeSpan.FromMilliseconds(20);

    public static async Task HandleAsync(HttpContext context, [FromServices] BatchedCalls calls, [FromServices] CallMemory memory, [FromServices] TimeProvider time)
    {
        List<BatchedCall> batch = [];

        try
        {
            await foreach (var line in BatchFormat.ReadLinesAsync(context.Request.BodyReader, context.RequestAborted))
            {
                batch.Add(batch.Count < MaxCalls ? BatchFormat.ReadCall(line) : throw new JsonException($"More calls than {MaxCalls}."));
            }
        }
        catch (JsonException exception)
        {
            await Problem.Create(StatusCodes.Status400BadRequest, "malformed-json", "A line is not a call.", exception.Message).ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = BatchFormat.MediaType;
        var pending = batch.Select(call => AnswerAsync(call, calls, memory)).Index().ToList();

        try
        {
            while (pending.Count > 0)
            {
                Task all = Task.WhenAll(pending.Select(entry => entry.Item));
                await (pending.Count > 1 ? all.WaitAsync(HoldBack, time) : all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

                // Once: what is done a moment later goes with the next.
                var done = pending.Where(entry => entry.Item.IsCompleted).ToList();
                await WriteAsync(context.Response, done);
                pending = [.. pending.Except(done)];
            }
        }
        finally
        {
            // Where nobody reads any more.
            pending.ForEach(entry => _ = GiveBackAsync(entry.Item));
        }
    }

    /// <summary>What a claim fetches has room until it is sent.</summary>
    private static async Task<(BatchedResponse Answer, IDisposable? Room)> AnswerAsync(BatchedCall call, BatchedCalls calls, CallMemory memory)
    {
        var room = call.Transition == StatusClient.Claim ? await memory.ForClaimAsync(CancellationToken.None) : null;

        return (await calls.AnswerAsync(call), room);
    }

    private static async Task WriteAsync(HttpResponse response, IReadOnlyList<(int Index, Task<(BatchedResponse Answer, IDisposable? Room)> Item)> answers)
    {
        using var writer = BatchFormat.CreateWriter(response.BodyWriter);

        foreach (var (index, item) in answers)
        {
            var (answer, _) = await item;
            BatchFormat.WriteAnswer(writer, index, answer.Status, answer.NothingWritten, answer.Body);
            BatchFormat.EndLine(writer, response.BodyWriter);
        }

        await response.BodyWriter.FlushAsync();

        foreach (var (_, item) in answers)
        {
            await GiveBackAsync(item);
        }
    }

    private static async Task GiveBackAsync(Task<(BatchedResponse Answer, IDisposable? Room)> answer) => (await answer).Room?.Dispose();
}
