using System.Data.Common;
using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Waybill.Receiving.Repeats;

namespace Waybill.Receiving.EntityFrameworkCore;

/// <summary>
/// Writes the id and runs the handler in one transaction of the request's own context, so that both are there or neither is. The row comes first: a call with the same id that comes
/// meanwhile waits at the database for this transaction's end, in whichever process it is.
/// </summary>
internal sealed class DatabaseDeduplication<TContext>(TContext database, TimeProvider time) : IWebhookDeduplication
    where TContext : DbContext
{
    public async Task<WebhookTurn> RunOnceAsync(WebhookKey key, Func<Task<bool>> handle, CancellationToken cancellationToken)
    {
        // A strategy that tries again must have all of a transaction in hand. But nothing is tried again here: the sender does so, and a handler must not run twice for one call.
        var (turn, error) = await database.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            try
            {
                return (await RunInTransactionAsync(key, handle, cancellationToken), (ExceptionDispatchInfo?)null);
            }
            catch (Exception exception)
            {
                return (WebhookTurn.Run, ExceptionDispatchInfo.Capture(exception));
            }
        });

        error?.Throw();
        return turn;
    }

    private async Task<WebhookTurn> RunInTransactionAsync(WebhookKey key, Func<Task<bool>> handle, CancellationToken cancellationToken)
    {
        if (await IsRecordedAsync(key, cancellationToken))
        {
            return WebhookTurn.Repeated;
        }

        try
        {
            await using var transaction = await BeginAsync(cancellationToken);
            await RecordAsync(key, cancellationToken);

            if (await handle())
            {
                // What the handler has left unsaved would be gone without a word, and its webhook not come again. Whoever has gone meanwhile changes nothing of what is done.
                await database.SaveChangesAsync(CancellationToken.None);
                await transaction.CommitAsync(CancellationToken.None);
            }

            return WebhookTurn.Run;
        }
        catch (NotRecordedException exception)
        {
            // The transaction has ended. Either another call's has committed in the meantime, or the database would not wait for it any longer.
            if (await IsRecordedAsync(key, cancellationToken))
            {
                return WebhookTurn.Repeated;
            }

            return exception.IsPassing ? WebhookTurn.Busy : throw exception.InnerException!;
        }
    }

    private Task<bool> IsRecordedAsync(WebhookKey key, CancellationToken cancellationToken) =>
        database.Set<ReceivedWebhook>().AsNoTracking().AnyAsync(row => row.Scope == key.Scope && row.WebhookId == key.Id, cancellationToken);

    /// <summary>Where a database has one writer at a time, it is here that a call waits.</summary>
    private async Task<IDbContextTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await database.Database.BeginTransactionAsync(cancellationToken);
        }
        catch (DbException exception)
        {
            throw new NotRecordedException(exception);
        }
    }

    private async Task RecordAsync(WebhookKey key, CancellationToken cancellationToken)
    {
        var row = database.Add(ReceivedWebhook.Of(key, time.GetUtcNow()));

        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception)
        {
            throw new NotRecordedException(exception);
        }
        finally
        {
            row.State = EntityState.Detached;
        }
    }

    /// <summary>The row could not be written.</summary>
    private sealed class NotRecordedException(Exception cause) : Exception(cause.Message, cause)
    {
        /// <summary>Whether trying again may help: the wait for another transaction took too long, or one of two had to give way.</summary>
        public bool IsPassing => InnerException is DbException { IsTransient: true } || InnerException!.InnerException is TimeoutException or DbException { IsTransient: true };
    }
}
