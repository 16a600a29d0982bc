using Waybill.Notifications.Records;

namespace Waybill.Bench.Storing;

/// <summary>One that is stored to be asked for, or to be there besides.</summary>
/// <param name="Took">From its post to its end.</param>
internal sealed record StoredNotification(string Owner, string Host, DateTimeOffset CreatedAt, TimeSpan Took, string CorrelationId)
{
    public string Id { get; } = NotificationId.New(CreatedAt);

    /// <summary>For good.</summary>
    public bool Fails { get; init; }

    /// <summary>What it is stored for; null for one among the many.</summary>
    public StoredFor? For { get; init; }
}

/// <summary>Those that a question is to find.</summary>
internal enum StoredFor
{
    /// <summary>The ten that failed within an hour of the day.</summary>
    Failures,

    /// <summary>Ten that failed in as many hours, two days before.</summary>
    ScatteredFailures,

    /// <summary>The few to one host among many that failed, the day before.</summary>
    FailuresOfOneHost,

    /// <summary>The three with one correlation id.</summary>
    Correlation,
}
