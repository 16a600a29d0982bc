using System.Text.Json;
using Waybill.Hosting.Egress;
using Waybill.Notifications.Delivery;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Reading;
using Waybill.Notifications.Reading.Fields;

namespace Waybill.Hosting.Endpoints;

/// <summary>The fields of an endpoint, one by one, so that one answer names everything that is wrong.</summary>
public sealed class EndpointFields(FieldReader fields, EgressGuard egress)
{
    public const string Description = "description";
    public const string Types = "types";
    public const string TimeoutSeconds = "timeoutSeconds";
    public const string MaxPerSecond = "maxPerSecond";
    public const string Paused = "paused";

    public const int MaxDescription = 256;
    public const int MaxTypes = 50;

    /// <summary>The most calls a second that a bound may allow.</summary>
    public const int MostPerSecond = 1_000;

    private static readonly string DescriptionAllowed = $"a text of at most {MaxDescription} characters, without control characters";
    private static readonly string TypesAllowed = $"an array of 1 to {MaxTypes} texts, each {EventTypes.PatternAllowed}";

    /// <summary>The fields that can be changed, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Known { get; } = [UrlField.Name, Description, Types, HeadersField.Name, TimeoutSeconds, RetryScheduleField.Name, MaxPerSecond];

    /// <summary>A pause is part of what is created; later it has requests of its own.</summary>
    public static IReadOnlyList<string> KnownAtCreation { get; } = [.. Known, Paused];

    /// <summary>Also as null.</summary>
    public bool IsGiven(string name) => fields.Find(name) is not null || fields.IsNull(name);

    public bool IsNull(string name) => fields.IsNull(name);

    /// <summary>What the worker would refuse for the URL alone is refused at once.</summary>
    /// <returns>Null when it is left out or wrong.</returns>
    public string? Url()
    {
        if (UrlField.Read(fields) is not { } url || !TargetUrl.TryCreate(url, out var target))
        {
            return null;
        }

        var refusal = egress.JudgeTarget(target.Scheme, target.Port) ?? (System.Net.IPAddress.TryParse(target.IdnHost, out var address) ? egress.JudgeAddress(address) : null);

        if (refusal is not null)
        {
            fields.Errors.Add(UrlField.Name, $"must be one that is delivered to. {refusal.Message}");
        }

        return url;
    }

    public string? DescriptionText()
    {
        var text = fields.Text(Description, DescriptionAllowed);

        if (text is not null && (text.CodePoints() > MaxDescription || text.Any(char.IsControl)))
        {
            fields.Errors.Add(Description, $"must be {DescriptionAllowed}.");
        }

        return text;
    }

    /// <returns>Null when it is left out or wrong.</returns>
    public IReadOnlyList<string>? TypePatterns()
    {
        if (fields.Find(Types) is not { } value)
        {
            fields.Errors.Add(Types, $"is required: {TypesAllowed}.");
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is 0 or > MaxTypes)
        {
            fields.Errors.Add(Types, $"must be {TypesAllowed}.");
            return null;
        }

        return [.. value.EnumerateArray().Select(Pattern).Distinct(StringComparer.Ordinal)];
    }

    public IReadOnlyDictionary<string, string> Headers() => HeadersField.Read(fields);

    public int? Timeout() => fields.WholeNumber(TimeoutSeconds, DeliveryTiming.MinTimeoutSeconds, DeliveryTiming.MaxTimeoutSeconds);

    public IReadOnlyList<int>? Schedule() => RetryScheduleField.Read(fields);

    public int? Bound() => fields.WholeNumber(MaxPerSecond, 1, MostPerSecond);

    public bool IsPaused()
    {
        if (fields.Find(Paused) is not { } value)
        {
            return false;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            fields.Errors.Add(Paused, "must be true or false.");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    private string Pattern(JsonElement entry, int index)
    {
        if (entry.TryGetText(out var text) && EventTypes.IsPattern(text))
        {
            return text;
        }

        fields.Errors.Add($"{Types}[{index}]", $"must be {EventTypes.PatternAllowed}.");
        return "";
    }
}
