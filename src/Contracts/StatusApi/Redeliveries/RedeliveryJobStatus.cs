using System.Text.Json.Serialization;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;

namespace Waybill.Notifications.StatusApi.Redeliveries;

/// <summary>Where a bulk redelivery is. Only <see cref="Running"/> is worked on.</summary>
[JsonConverter(typeof(VocabularyConverter<RedeliveryJobStatus>))]
public readonly record struct RedeliveryJobStatus : IVocabulary<RedeliveryJobStatus>
{
    private readonly string? _text;

    private RedeliveryJobStatus(string text) => _text = text;

    /// <summary>At work, or waiting for an intake service that works on it.</summary>
    public static RedeliveryJobStatus Running { get; } = new("RUNNING");

    /// <summary>Everything in its window has been looked at.</summary>
    public static RedeliveryJobStatus Completed { get; } = new("COMPLETED");

    /// <summary>An operator stopped it; what it had redelivered stays so.</summary>
    public static RedeliveryJobStatus Cancelled { get; } = new("CANCELLED");

    public static IReadOnlyList<RedeliveryJobStatus> Known { get; } = [Running, Completed, Cancelled];

    public static RedeliveryJobStatus Of(string text) => new(text);

    public string Text() => _text ?? "";

    public override string ToString() => Text();
}
