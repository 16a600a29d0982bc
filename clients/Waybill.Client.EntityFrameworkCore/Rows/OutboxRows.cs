using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Waybill.Client.EntityFrameworkCore.Rows;

/// <summary>
/// The table as relays use it. Each change is one statement with a condition on what it finds, so that any relational database serves, and any number of
/// relays: none holds a lock or a transaction while it waits for Waybill.
/// </summary>
internal sealed class OutboxRows<TContext>(IServiceScopeFactory scopes, IOptionsMonitor<WaybillOutboxOptions> options, TimeProvider time)
    where TContext : DbContext
{
    /// <summary>Of one call, with its keys well below the 8 MiB that Waybill takes; and the most that a relay holds in memory.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>What one look at the backlog reads at the most.</summary>
    internal const int MaxCounted = 10_000;

    /// <param name="most">Rows, at least 1.</param>
    public async Task<TakenRows> TakeAsync(int most, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = Rows(scope);
        var now = Now();
        var due = await rows
            .Where(row => row.DueAt <= now)
            .OrderBy(row => row.DueAt)
            .ThenBy(row => row.Id)
            .Take(most)
            .Select(row => new SizedRow(row.Id, row.Size))
            .ToListAsync(cancellationToken);

        if (due.Count == 0)
        {
            return TakenRows.None;
        }

        var ids = Fitting(due);
        var lease = Guid.NewGuid();
        DateTime? until = now + Options.Lease;

        // Another relay may have seen the same rows: the condition is judged once more, on each row as it is when it is written.
        await rows
            .Where(row => ids.Contains(row.Id) && row.DueAt <= now)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Lease, lease).SetProperty(one => one.DueAt, until), cancellationToken);

        var taken = await rows.Where(row => ids.Contains(row.Id) && row.Lease == lease).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

        return new TakenRows(lease, taken, MayBeMore: due.Count == most || taken.Count < due.Count);
    }

    /// <summary>Waybill has them, whoever else may have taken them over by now.</summary>
    public async Task DeleteAsync(List<Guid> ids, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Rows(scope).Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>It stays, and is not tried again.</summary>
    public async Task RefuseAsync(Guid id, Guid lease, WaybillProblem problem, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        DateTime? now = Now();
        var text = Text(problem);

        await Held(scope, [id], lease).ExecuteUpdateAsync(
            row => row
                .SetProperty(one => one.Lease, (Guid?)null)
                .SetProperty(one => one.DueAt, (DateTime?)null)
                .SetProperty(one => one.Problem, text)
                .SetProperty(one => one.RefusedAt, now),
            cancellationToken);
    }

    /// <summary>It alone is tried again later.</summary>
    public async Task PostponeAsync(Guid id, Guid lease, TimeSpan pause, WaybillProblem problem, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        DateTime? then = Now() + pause;
        var text = Text(problem);

        await Held(scope, [id], lease).ExecuteUpdateAsync(
            row => row
                .SetProperty(one => one.Lease, (Guid?)null)
                .SetProperty(one => one.DueAt, then)
                .SetProperty(one => one.Attempts, one => one.Attempts + 1)
                .SetProperty(one => one.Problem, text),
            cancellationToken);
    }

    /// <summary>As if they had not been taken: each is back at its place in the order.</summary>
    public async Task ReleaseAsync(List<Guid> ids, Guid lease, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();

        await Held(scope, ids, lease).ExecuteUpdateAsync(
            row => row.SetProperty(one => one.Lease, (Guid?)null).SetProperty(one => one.DueAt, one => (DateTime?)one.CreatedAt),
            cancellationToken);
    }

    public async Task<Backlog> BacklogAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();

        var waiting = await Rows(scope)
            .Where(row => row.DueAt != null)
            .OrderBy(row => row.DueAt)
            .Take(MaxCounted)
            .GroupBy(_ => 1)
            .Select(all => new { Count = all.Count(), Oldest = all.Min(row => row.CreatedAt) })
            .SingleOrDefaultAsync(cancellationToken);

        return waiting is null ? Backlog.Empty : new Backlog(waiting.Count, Age(waiting.Oldest));
    }

    private WaybillOutboxOptions Options => options.Get(typeof(TContext).Name);

    private DateTime Now() => time.GetUtcNow().UtcDateTime;

    private TimeSpan Age(DateTime createdAt) => Now() - createdAt is var age && age > TimeSpan.Zero ? age : TimeSpan.Zero;

    /// <summary>Whatever filters the application has for its own queries.</summary>
    private static IQueryable<OutboxRow> Rows(AsyncServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<TContext>().Set<OutboxRow>().AsNoTracking().IgnoreQueryFilters();

    private static IQueryable<OutboxRow> Held(AsyncServiceScope scope, List<Guid> ids, Guid lease) =>
        Rows(scope).Where(row => ids.Contains(row.Id) && row.Lease == lease);

    private static string Text(WaybillProblem problem) => JsonSerializer.Serialize(problem, OutboxJson.Default.WaybillProblem);

    /// <returns>The first ones that fit into a call together; at least one.</returns>
    private static List<Guid> Fitting(List<SizedRow> due)
    {
        var bytes = 0L;
        return [.. due.TakeWhile((row, index) => (bytes += row.Size) <= MaxBytes || index == 0).Select(row => row.Id)];
    }

    private sealed record SizedRow(Guid Id, int Size);
}
