using System.Globalization;

namespace Waybill.Client.Retrying;

/// <summary>What became of an entry of a batch.</summary>
internal interface IBatchResult<out TSelf>
{
    /// <summary>In the request, from 0.</summary>
    int Index { get; }

    WaybillProblem? Problem { get; }

    /// <summary>The same, of another place.</summary>
    TSelf At(int index);
}

/// <summary>Sends those entries of a batch again that were refused by what passes. The others stay as they were answered.</summary>
internal static class BatchRepetition
{
    /// <param name="entries">Each with a key of its own.</param>
    /// <param name="sendAsync">Sends some of them, as one call.</param>
    /// <returns>In the order given.</returns>
    public static async Task<IReadOnlyList<TResult>> SendAsync<TEntry, TResult>(
        IReadOnlyList<TEntry> entries,
        Func<IReadOnlyList<TEntry>, Task<IReadOnlyList<TResult>>> sendAsync,
        Repetition repetition,
        CancellationToken cancellationToken)
        where TResult : class, IBatchResult<TResult>
    {
        var results = new TResult?[entries.Count];
        List<int> open = [.. Enumerable.Range(0, entries.Count)];
        var isFirst = true;

        do
        {
            try
            {
                foreach (var answer in await sendAsync([.. open.Select(place => entries[place])]))
                {
                    var place = PlaceOf(answer, open);
                    results[place] = answer.At(place);
                }
            }
            catch (Exception exception) when (!isFirst && exception is WaybillProblemException or HttpRequestException)
            {
                // What was stored before is not to be forgotten for that.
                break;
            }

            isFirst = false;
            open = [.. open.Where(place => results[place]?.Problem is { } problem && Passing.Is(problem))];
        }
        while (open.Count > 0 && await repetition.WaitAsync(null, Reason(results[open[0]]!.Problem!, open.Count), cancellationToken));

        return [.. results.OfType<TResult>()];
    }

    private static int PlaceOf<TResult>(IBatchResult<TResult> answer, List<int> sent) => answer.Index >= 0 && answer.Index < sent.Count
        ? sent[answer.Index]
        : throw new HttpRequestException($"An entry {answer.Index} was answered that was not sent, which is no answer of Waybill.");

    private static string Reason(WaybillProblem first, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{first.Status} {first.Name} for {count} {(count == 1 ? "entry" : "entries")}");
}
