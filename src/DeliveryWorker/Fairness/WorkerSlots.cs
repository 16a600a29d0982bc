namespace Waybill.DeliveryWorker.Fairness;

/// <summary>
/// What all hosts share: as many calls at a time as <c>Delivery:Concurrency</c> says, twice as many deliveries that are claimed, and
/// several times as many that wait in line to be claimed.
/// </summary>
internal sealed class WorkerSlots(int concurrency)
{
    /// <summary>Deliveries in line for each call: what a worker that has just started does not get done in its first second.</summary>
    private const int InLineForEachCall = 8;

    /// <summary>Without a suspect's call that begins or ends, while none can begin.</summary>
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(1);

    private long _suspectsMovedAt;

    private readonly SemaphoreSlim _claims = new(MostClaimed(concurrency));
    private readonly SemaphoreSlim _claimsOfSuspects = new(concurrency);

    public SharedSlots Calls { get; } = new(concurrency);

    public SharedSlots Line { get; } = new(MostInLine(concurrency));

    /// <summary>Claimed deliveries that wait for one host's turn: a long backlog of one host leaves room for the others.</summary>
    public int MostWaitingPerHost { get; } = ShareOfOneHost(concurrency);

    public int MostInLinePerHost { get; } = ShareOfOneHost(MostInLine(concurrency));

    /// <summary>Messages that a worker takes out of the queue at a time.</summary>
    public static int MostInHand(int concurrency) => MostClaimed(concurrency) + MostInLine(concurrency);

    public static int MostClaimed(int concurrency) => concurrency * 2;

    /// <summary>A call to a suspect begins or ends.</summary>
    public void NoteSuspectsMove(TimeProvider clock) => Interlocked.Exchange(ref _suspectsMovedAt, clock.GetTimestamp());

    /// <summary>The calls of suspects hang: asked when none more can begin.</summary>
    public bool SuspectsAreStuck(TimeProvider clock) => clock.GetElapsedTime(Interlocked.Read(ref _suspectsMovedAt)) >= StuckAfter;

    /// <summary>Waits until one more may be claimed. Those of suspects are half of all at most.</summary>
    public async Task TakeClaimAsync(bool suspect)
    {
        if (suspect)
        {
            await _claimsOfSuspects.WaitAsync();
        }

        await _claims.WaitAsync();
    }

    public void GiveBackClaim(bool suspect)
    {
        _claims.Release();

        if (suspect)
        {
            _claimsOfSuspects.Release();
        }
    }

    private static int MostInLine(int concurrency) => concurrency * InLineForEachCall;

    private static int ShareOfOneHost(int all) => Math.Max(1, all * 3 / 4);
}
