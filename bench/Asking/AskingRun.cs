using Waybill.Bench.Measuring;
using Waybill.Bench.Storing;
using Waybill.Bench.Systems;
using Waybill.TestSupport;

namespace Waybill.Bench.Asking;

/// <summary>Stores so many notifications, starts a status service and asks it everything.</summary>
internal static class AskingRun
{
    private const string RedeliveryOfTen = "bulk redelivery of the ten";

    /// <summary>An answer that is kept for a while would cost nothing.</summary>
    private static readonly Dictionary<string, string> KeepNothing = new() { ["Summary__KeepSeconds"] = "0" };

    public static async Task<AskingResult> RunAsync(int count, int times, BackendChoice backend, CancellationToken cancellationToken)
    {
        await using var backends = await Backends.StartAsync(backend with { IsLight = true }, cancellationToken);
        var stored = await Storage.FillAsync(new StoredSet(count, DateTimeOffset.UtcNow), backends.DynamoDb);

        await using var status = await StatusUnderTest.StartAsync(backends.Environment.Concat(TestKeys.Configuration).Concat(KeepNothing));
        var export = await Exporting.RunAsync(status, stored.Set, cancellationToken);
        var figures = await AskAsync(status, stored, times, cancellationToken);

        return new AskingResult(
            count,
            Math.Round(stored.Took.TotalSeconds, 1),
            [status.Service.Use, .. backends.Processes.Select(process => ProcessUse.Read(process.Key, process.Value))],
            figures,
            export);
    }

    private static async Task<IReadOnlyList<Figures>> AskAsync(StatusUnderTest status, Stored stored, int times, CancellationToken cancellationToken)
    {
        var figures = new List<Figures>();
        var meter = new Meter(status.Service, times);
        using var asker = new Asker(status.Service.Url);

        foreach (var question in Question.Of(stored))
        {
            figures.Add(await meter.MeasureAsync(question.Name, question.Limits, () => asker.AskAsync(question, cancellationToken), cancellationToken));
        }

        // Last, as it changes what is stored.
        using var redelivery = new BulkRedelivery(status, stored);
        figures.Add(await meter.MeasureAsync(
            RedeliveryOfTen,
            new Limits { Units = 200 },
            () => redelivery.RunAsync(cancellationToken),
            cancellationToken,
            before: () => redelivery.FailAgainAsync(cancellationToken)));

        return figures;
    }
}

/// <param name="Seconds">To store them.</param>
/// <param name="Processes">Of the status service and the backend, since their starts.</param>
internal sealed record AskingResult(int Count, double Seconds, IReadOnlyList<ProcessUse> Processes, IReadOnlyList<Figures> Figures, ExportFigures Export)
{
    /// <summary>
    /// Questions that cost more units in one of two results than in the other. Within one they are the same: figures of more have more digits, and counts that are a few bytes longer
    /// may begin another unit.
    /// </summary>
    public IEnumerable<string> DifferFrom(AskingResult other) => Figures.Zip(other.Figures)
        .Where(pair => Math.Abs(pair.First.Units - pair.Second.Units) > 1)
        .Select(pair => pair.First.Question);
}
