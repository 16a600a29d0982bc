using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Waybill.Client.EntityFrameworkCore.Rows;

namespace Waybill.Client.EntityFrameworkCore.Relay;

/// <summary>Hands rows over to Waybill, each with its id as its idempotency key.</summary>
internal sealed class OutboxPoster(WaybillClient client)
{
    /// <param name="rows">Of one kind; 1–100.</param>
    /// <param name="deadline">Ends with the time that the rows may be in hand.</param>
    public async Task<BatchAnswer> PostAsync(OutboxKind kind, IReadOnlyList<OutboxRow> rows, CancellationToken deadline)
    {
        try
        {
            return Judgement.AsAWhole(new BatchAnswer.Judged(await JudgeAsync(kind, rows, deadline)));
        }
        catch (WaybillProblemException exception)
        {
            return Judgement.Of(exception, rows.Count);
        }
        catch (HttpRequestException exception)
        {
            return Judgement.Of(exception);
        }
        catch (OperationCanceledException)
        {
            return new BatchAnswer.Failed("No answer in time", RetryAfter: null, MayBeOfRows: false);
        }
    }

    /// <summary>A row that cannot be read holds up no other.</summary>
    private async Task<RowOutcome[]> JudgeAsync(OutboxKind kind, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var outcomes = new RowOutcome[rows.Count];
        var answers = kind == OutboxKind.Event
            ? await SendAsync(
                Read(rows, outcomes, OutboxJson.Default.EventBatchDraft, (draft, key) => draft with { IdempotencyKey = key }),
                async drafts => (await client.PublishBatchAsync(drafts, cancellationToken)).Select(result => (result.Index, result.Id, result.Problem)))
            : await SendAsync(
                Read(rows, outcomes, OutboxJson.Default.BatchDraft, (draft, key) => draft with { IdempotencyKey = key }),
                async drafts => (await client.SubmitBatchAsync(drafts, cancellationToken)).Select(result => (result.Index, result.Id, result.Problem)));

        foreach (var (place, id, problem) in answers)
        {
            outcomes[place] = Judgement.Of(id, problem);
        }

        for (var place = 0; place < outcomes.Length; place++)
        {
            outcomes[place] ??= Judgement.Of(id: null, problem: null);
        }

        return outcomes;
    }

    /// <returns>The drafts of rows that can be read, by their places; the others have their outcomes.</returns>
    private static SortedList<int, TDraft> Read<TDraft>(IReadOnlyList<OutboxRow> rows, RowOutcome[] outcomes, JsonTypeInfo<TDraft> type, Func<TDraft, string, TDraft> withKey)
        where TDraft : class
    {
        var drafts = new SortedList<int, TDraft>(rows.Count);

        for (var place = 0; place < rows.Count; place++)
        {
            try
            {
                var draft = JsonSerializer.Deserialize(rows[place].Content, type) ?? throw new JsonException("It is null.");
                drafts.Add(place, withKey(draft, rows[place].Id.ToString()));
            }
            catch (JsonException exception)
            {
                outcomes[place] = new RowOutcome.Postponed(LocalProblem.Unreadable(exception.Message));
            }
        }

        return drafts;
    }

    /// <returns>Each answer with the place of its row.</returns>
    private static async Task<IReadOnlyList<(int Place, string? Id, WaybillProblem? Problem)>> SendAsync<TDraft>(
        SortedList<int, TDraft> drafts,
        Func<IReadOnlyList<TDraft>, Task<IEnumerable<(int Index, string? Id, WaybillProblem? Problem)>>> sendAsync)
    {
        if (drafts.Count == 0)
        {
            return [];
        }

        var answers = await sendAsync([.. drafts.Values]);

        return [.. answers.Where(answer => answer.Index >= 0 && answer.Index < drafts.Count).Select(answer => (drafts.Keys[answer.Index], answer.Id, answer.Problem))];
    }
}
