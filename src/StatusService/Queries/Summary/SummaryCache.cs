using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Waybill.StatusService.Store.Table;

namespace Waybill.StatusService.Queries.Summary;

/// <summary>
/// Gives a summary that was made a moment ago again, to those who may see the same, and makes a few at a time only: however many
/// pages refresh, the table is read for a few.
/// </summary>
internal sealed class SummaryCache(SummaryMaker maker, IOptions<SummaryOptions> options, TimeProvider time) : IDisposable
{
    private const int MostKept = 1000;
    private const int MadeAtOnce = 2;

    /// <summary>Read units a second that one page which refreshes may cost: $4 a month at most, at $0.125 for a million.</summary>
    private const double UnitsPerSecond = 12;

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });
    private readonly SemaphoreSlim _making = new(MadeAtOnce);

    /// <param name="owner">Whose notifications; null for everybody's.</param>
    public async Task<SummaryResponse> GetAsync(SummaryQuery query, string? owner, CancellationToken cancellationToken)
    {
        var key = (owner, query.AskedFrom, query.AskedTo);

        if (Kept(key) is { } kept)
        {
            return kept;
        }

        await _making.WaitAsync(cancellationToken);

        try
        {
            // Somebody who was first in the line may have asked for the same.
            return Kept(key) ?? await MakeAsync(query, owner, key, cancellationToken);
        }
        finally
        {
            _making.Release();
        }
    }

    public void Dispose()
    {
        _kept.Dispose();
        _making.Dispose();
    }

    private SummaryResponse? Kept(object key) =>
        _kept.TryGetValue(key, out Entry? entry) && time.GetElapsedTime(entry!.MadeAt) < entry.KeptFor ? entry.Summary : null;

    private async Task<SummaryResponse> MakeAsync(SummaryQuery query, string? owner, object key, CancellationToken cancellationToken)
    {
        var meter = Consumption.Measure();
        var summary = await maker.MakeAsync(query.From, query.To, owner, cancellationToken);

        if (options.Value.KeepSeconds > 0)
        {
            var keptFor = TimeSpan.FromSeconds(Math.Max(options.Value.KeepSeconds, meter.Units / UnitsPerSecond));
            _kept.Set(key, new Entry(summary, time.GetTimestamp(), keptFor), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = keptFor });
        }

        return summary;
    }

    /// <param name="MadeAt">By the clock of <see cref="TimeProvider.GetTimestamp"/>.</param>
    private sealed record Entry(SummaryResponse Summary, long MadeAt, TimeSpan KeptFor);
}
