using Waybill.Notifications.Records;

namespace Waybill.Simulation.Model;

/// <summary>
/// One notification and all that is at work on it, cut to what decides what may happen next. Times are only "not yet" or "come",
/// and a fence is only "still right" or "passed", so that there are finitely many states.
/// </summary>
internal readonly record struct ModelState
{
    private static readonly NotificationStatus[] Statuses = [.. NotificationStatus.Known];

    /// <summary>Null: no such record.</summary>
    public NotificationStatus? Status { get; init; }

    public NotificationStatus? PreviousStatus { get; init; }

    public LeaseHolder Lease { get; init; }

    public bool LeaseEnded { get; init; }

    public Moment NextAttempt { get; init; }

    public Moment Due { get; init; }

    public byte Attempts { get; init; }

    public byte Claims { get; init; }

    /// <summary>Messages in the queue. Receiving leaves them there; only an acknowledgement takes one away.</summary>
    public byte Copies { get; init; }

    public IntakeStep Intake { get; init; }

    /// <summary>The version that intake knows is still the record's.</summary>
    public bool IntakeVersion { get; init; }

    public DispatcherStep Dispatcher { get; init; }

    /// <summary>The due time that was read for the Dispatcher is still the record's.</summary>
    public bool DispatcherDue { get; init; }

    /// <summary>The version that was read for it, or that it marked, is still the record's.</summary>
    public bool DispatcherVersion { get; init; }

    public WorkerStep First { get; init; }

    public WorkerStep Second { get; init; }

    public bool ClientIsDone { get; init; }

    public bool Cancelled { get; init; }

    public bool Called { get; init; }

    /// <summary>Calls whose result is not recorded, those under way included.</summary>
    public byte OpenCalls { get; init; }

    /// <summary>Crashes and lease overruns that may each have cost a call.</summary>
    public byte Excuses { get; init; }

    public byte CrashesLeft { get; init; }

    /// <summary>
    /// How often, besides crashes, a live worker may be slower than its lease, or the queue lose a message, repeat a deleted one, or
    /// take one that it seemed to refuse.
    /// </summary>
    public byte OtherFaultsLeft { get; init; }

    /// <summary>Its endpoint is.</summary>
    public bool Paused { get; init; }

    /// <summary>It waits for the end of a pause.</summary>
    public bool Held { get; init; }

    /// <summary>Its owner is still to be told of its end.</summary>
    public bool Owed { get; init; }

    public bool IsFinal => Status == NotificationStatus.Success || (Status == NotificationStatus.Failed && NextAttempt == Moment.None);

    public WorkerStep Worker(LeaseHolder worker) => worker == LeaseHolder.First ? First : Second;

    public ModelState With(LeaseHolder worker, WorkerStep step) => worker == LeaseHolder.First ? this with { First = step } : this with { Second = step };

    /// <summary>
    /// The same state without what no longer decides anything, and with the workers in a fixed order, as they are alike: fewer
    /// states to visit, none of them lost.
    /// </summary>
    public ModelState Reduced()
    {
        var state = First > Second ? Swapped() : this;
        var rollBackIsOpen = state.IntakeVersion || state.Dispatcher is DispatcherStep.Marked or DispatcherStep.SendFailed;

        if (state.IsFinal)
        {
            return state with { PreviousStatus = null, Attempts = 0, Claims = 0, Cancelled = false, Called = false, ClientIsDone = true, Paused = false, Held = false };
        }

        return rollBackIsOpen ? state : state with { PreviousStatus = null };
    }

    private ModelState Swapped() => this with
    {
        First = Second,
        Second = First,
        Lease = Lease switch
        {
            LeaseHolder.First => LeaseHolder.Second,
            LeaseHolder.Second => LeaseHolder.First,
            _ => Lease,
        },
    };

    /// <summary>All of it in 64 bits, for hashing.</summary>
    public ulong Pack()
    {
        var packed = 0UL;
        Add(ref packed, NumberOf(Status), 3);
        Add(ref packed, NumberOf(PreviousStatus), 3);
        Add(ref packed, (int)Lease, 2);
        Add(ref packed, LeaseEnded ? 1 : 0, 1);
        Add(ref packed, (int)NextAttempt, 2);
        Add(ref packed, (int)Due, 2);
        Add(ref packed, Attempts, 2);
        Add(ref packed, Claims, 3);
        Add(ref packed, Copies, 2);
        Add(ref packed, (int)Intake, 3);
        Add(ref packed, IntakeVersion ? 1 : 0, 1);
        Add(ref packed, (int)Dispatcher, 3);
        Add(ref packed, DispatcherDue ? 1 : 0, 1);
        Add(ref packed, DispatcherVersion ? 1 : 0, 1);
        Add(ref packed, (int)First, 3);
        Add(ref packed, (int)Second, 3);
        Add(ref packed, ClientIsDone ? 1 : 0, 1);
        Add(ref packed, Cancelled ? 1 : 0, 1);
        Add(ref packed, Called ? 1 : 0, 1);
        Add(ref packed, OpenCalls, 3);
        Add(ref packed, Excuses, 3);
        Add(ref packed, CrashesLeft, 2);
        Add(ref packed, OtherFaultsLeft, 2);
        Add(ref packed, Paused ? 1 : 0, 1);
        Add(ref packed, Held ? 1 : 0, 1);
        Add(ref packed, Owed ? 1 : 0, 1);
        return packed;
    }

    /// <summary>From 1, in the order in which they are listed; 0 for none.</summary>
    public static int NumberOf(NotificationStatus? status)
    {
        for (var number = 0; status is not null && number < Statuses.Length; number++)
        {
            if (Statuses[number] == status)
            {
                return number + 1;
            }
        }

        return 0;
    }

    private static void Add(ref ulong packed, int value, int bits)
    {
        if (value >= 1 << bits)
        {
            throw new InvalidOperationException($"{value} does not fit in {bits} bits.");
        }

        packed = (packed << bits) | (uint)value;
    }
}
