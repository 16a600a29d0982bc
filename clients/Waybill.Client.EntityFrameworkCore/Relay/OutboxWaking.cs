using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Waybill.Client.EntityFrameworkCore.Relay;

/// <summary>Which contexts have rows that are not committed yet. A context is one thread's at a time.</summary>
internal static class OutboxWaking
{
    private static readonly ConditionalWeakTable<DbContext, object> Adding = [];

    public static void Note(DbContext db) => Adding.AddOrUpdate(db, db);

    /// <summary>What is there to be read now: wakes the relay, once for all that the context has added.</summary>
    public static void Committed<TContext>(DbContext? db, OutboxSignal<TContext> signal)
    {
        if (db is not null && Adding.Remove(db))
        {
            signal.Set();
        }
    }
}

/// <summary>For what is saved without a transaction of the application's own.</summary>
internal sealed class SaveWakes<TContext>(OutboxSignal<TContext> signal) : SaveChangesInterceptor
{
    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Saved(eventData.Context);
        return ValueTask.FromResult(result);
    }

    private void Saved(DbContext? db)
    {
        if (db?.Database.CurrentTransaction is null)
        {
            OutboxWaking.Committed(db, signal);
        }
    }
}

/// <summary>For what is saved within one.</summary>
internal sealed class CommitWakes<TContext>(OutboxSignal<TContext> signal) : DbTransactionInterceptor
{
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => OutboxWaking.Committed(eventData.Context, signal);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        OutboxWaking.Committed(eventData.Context, signal);
        return Task.CompletedTask;
    }
}
