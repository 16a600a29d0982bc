using System.Text.Json.Serialization;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;

namespace Waybill.Notifications.Endpoints;

/// <summary>What becomes of events that an endpoint matches.</summary>
[JsonConverter(typeof(VocabularyConverter<EndpointStatus>))]
public readonly record struct EndpointStatus : IVocabulary<EndpointStatus>
{
    private readonly string? _text;

    private EndpointStatus(string text) => _text = text;

    /// <summary>It gets them.</summary>
    public static EndpointStatus Active { get; } = new("ACTIVE");

    /// <summary>What comes is held until the pause ends: nothing is dropped, and no attempt is used up.</summary>
    public static EndpointStatus Paused { get; } = new("PAUSED");

    /// <summary>What comes is on record as failed (<see cref="DisableReasons"/> says why), and is delivered when it is asked for again.</summary>
    public static EndpointStatus Disabled { get; } = new("DISABLED");

    /// <summary>It is no more; clients never see one. What was open for it ends.</summary>
    public static EndpointStatus Deleted { get; } = new("DELETED");

    public static IReadOnlyList<EndpointStatus> Known { get; } = [Active, Paused, Disabled, Deleted];

    public static EndpointStatus Of(string text) => new(text);

    public string Text() => _text ?? "";

    public override string ToString() => Text();
}
