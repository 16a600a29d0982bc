using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Waybill.Outbox.Tests.Proof;

/// <summary>Kills its own process (SIGKILL) at a named point.</summary>
internal sealed class Death(CrashPoint point)
{
    /// <summary>As long as what dies during it may take.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(4);

    private int _left = point.Times;

    public IInterceptor[] Interceptors => [new Commits(this), new Commands(this)];

    public DelegatingHandler Handler() => new Posts(this);

    private static void Kill()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    private bool Begins(Step step) => Reaches(step, Moment.Before) || Reaches(step, Moment.During);

    private void Ends(Step step) => Reaches(step, Moment.After);

    private bool Reaches(Step step, Moment moment)
    {
        if (point.Step != step || point.Moment != moment || Interlocked.Decrement(ref _left) != -1)
        {
            return false;
        }

        if (moment == Moment.During)
        {
            new Thread(KillSoon) { IsBackground = true, Priority = ThreadPriority.Highest }.Start();
        }
        else
        {
            Kill();
        }

        return true;
    }

    private static void KillSoon()
    {
        var wait = Longest * Random.Shared.NextDouble();
        var begun = Stopwatch.GetTimestamp();
        SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(begun) >= wait);
        Kill();
    }

    private sealed class Commits(Death death) : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction,
            TransactionEventData eventData,
            InterceptionResult result,
            CancellationToken cancellationToken = default)
        {
            death.Begins(Step.Commit);
            return ValueTask.FromResult(result);
        }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            death.Ends(Step.Commit);
            return Task.CompletedTask;
        }
    }

    private sealed class Commands(Death death) : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default)
        {
            if (Of(command) is { } step)
            {
                death.Begins(step);
            }

            return ValueTask.FromResult(result);
        }

        public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            if (Of(command) is { } step)
            {
                death.Ends(step);
            }

            return ValueTask.FromResult(result);
        }

        private static Step? Of(DbCommand command) => command.CommandText switch
        {
            { } text when text.StartsWith("UPDATE", StringComparison.Ordinal) => Step.Lease,
            { } text when text.StartsWith("DELETE", StringComparison.Ordinal) => Step.Delete,
            _ => null,
        };
    }

    private sealed class Posts(Death death) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            death.Begins(Step.Post);
            var response = await base.SendAsync(request, cancellationToken);
            death.Ends(Step.Post);
            return response;
        }
    }
}
