using System.Text.Json.Serialization;
using Waybill.Notifications.Json;

namespace Waybill.Notifications.Records;

/// <summary>
/// Where a notification is. <see cref="Failed"/> with a next attempt time waits for its retry;
/// <see cref="Failed"/> without one, and <see cref="Success"/>, are final. Of a status that this release does not know nothing is
/// claimed: it is not known to be final, and no row of the transition table starts from it.
/// </summary>
[JsonConverter(typeof(VocabularyConverter<NotificationStatus>))]
public readonly record struct NotificationStatus : IVocabulary<NotificationStatus>
{
    private readonly string? _text;

    private NotificationStatus(string text) => _text = text;

    public static NotificationStatus Pending { get; } = new("PENDING");

    public static NotificationStatus Queued { get; } = new("QUEUED");

    public static NotificationStatus Processing { get; } = new("PROCESSING");

    public static NotificationStatus Success { get; } = new("SUCCESS");

    public static NotificationStatus Failed { get; } = new("FAILED");

    public static IReadOnlyList<NotificationStatus> Known { get; } = [Pending, Queued, Processing, Success, Failed];

    public static NotificationStatus Of(string text) => new(text);

    /// <summary>Whether nothing will happen any more, unless somebody asks for a redelivery.</summary>
    /// <param name="nextAttemptAt">When its retry is due; null when there is none.</param>
    public bool IsFinal(DateTimeOffset? nextAttemptAt) => this == Success || (this == Failed && nextAttemptAt is null);

    public string Text() => _text ?? "";

    public override string ToString() => Text();
}
