using Waybill.DeliveryWorker.Delivery;

namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary>Calls of a server that reads the request and then does what the test says.</summary>
internal static class RudeCall
{
    private const int DeadlineSeconds = 1;

    /// <summary>5 % is the promise; the rest is for a machine that runs other tests at the same time.</summary>
    private static readonly TimeSpan LatestEnd = TimeSpan.FromSeconds(DeadlineSeconds * 3);

    public static async Task<AttemptOutcome> ExpectTimeoutAsync(Func<RawConnection, Task> serve, FailureKind expected)
    {
        await using var server = Server(serve);
        using var attempt = new TestAttempt();

        var (outcome, elapsed) = await attempt.MeasureAsync(server.Url, DeadlineSeconds);

        Assert.Equal(expected, outcome.Failure?.Kind);
        Assert.InRange(elapsed, TimeSpan.FromSeconds(DeadlineSeconds * 0.95), LatestEnd);
        return outcome;
    }

    public static async Task ExpectFailureAsync(Func<RawConnection, Task> serve, FailureKind expected)
    {
        var outcome = await CallAsync(serve);

        Assert.Equal(expected, outcome.Failure?.Kind);
        Assert.NotEmpty(outcome.Failure!.Message);
    }

    public static async Task<AttemptOutcome> CallAsync(Func<RawConnection, Task> serve)
    {
        await using var server = Server(serve);
        using var attempt = new TestAttempt();
        return await attempt.PostAsync(server.Url);
    }

    private static RawServer Server(Func<RawConnection, Task> serve) => new(async connection =>
    {
        await connection.ReadRequestAsync();
        await serve(connection);
    });

    public static async Task RepeatAsync(RawConnection connection, string text, TimeSpan pause)
    {
        while (!connection.Stopping.IsCancellationRequested)
        {
            await connection.WriteAsync(text);

            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, connection.Stopping);
            }
        }
    }
}
