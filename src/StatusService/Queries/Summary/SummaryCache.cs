using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Waybill.StatusService.Queries.Summary;

/// <summary>
/// Gives a summary that was made a moment ago again, to those who may see the same, and makes a few at a time only: however many
/// pages refresh, the table is read for a few.
/// </summary>
internal sealed class SummaryCache(SummaryMaker maker, IOptions<SummaryOptions> options) : IDisposable
{
    private const int MostKept = 1000;
    private const int MadeAtOnce = 2;

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });
    private readonly SemaphoreSlim _making = new(MadeAtOnce);

    /// <param name="owner">Whose notifications; null for everybody's.</param>
    public async Task<SummaryResponse> GetAsync(SummaryQuery query, string? owner, CancellationToken cancellationToken)
    {
        var key = (owner, query.AskedFrom, query.AskedTo);

        if (_kept.TryGetValue(key, out SummaryResponse? kept))
        {
            return kept!;
        }

        await _making.WaitAsync(cancellationToken);

        try
        {
            // Somebody who was first in the line may have asked for the same.
            return _kept.TryGetValue(key, out kept) ? kept! : Keep(key, await maker.MakeAsync(query.From, query.To, owner, cancellationToken));
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

    private SummaryResponse Keep(object key, SummaryResponse summary)
    {
        if (options.Value.KeepSeconds > 0)
        {
            _kept.Set(key, summary, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(options.Value.KeepSeconds) });
        }

        return summary;
    }
}
