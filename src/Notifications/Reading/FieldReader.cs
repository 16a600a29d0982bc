using System.Buffers;
using System.Text.Json;

namespace Waybill.Notifications.Reading;

/// <summary>
/// The fields of one JSON object: unknown ones and those given twice are noted as errors. A field that is null counts as left
/// out, as many clients write every field they know; only a payload may be null, which is JSON as any other.
/// </summary>
public sealed class FieldReader
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly JsonOutline _json;

    public FieldReader(JsonOutline json, IReadOnlyCollection<string> known, FieldErrors errors)
    {
        _json = json;
        Errors = errors;
        var root = json.Root;

        if (root.ValueKind != JsonValueKind.Object)
        {
            errors.Add(FieldErrors.Body, $"must be a JSON object with the fields {string.Join(", ", known)}.");
            return;
        }

        foreach (var property in root.EnumerateObject())
        {
            Take(property, known);
        }
    }

    public FieldErrors Errors { get; }

    /// <summary>It is given, and null.</summary>
    public bool IsNull(string name) => _fields.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Null;

    /// <summary>Null when the field is left out or null.</summary>
    public JsonElement? Find(string name) =>
        _fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The value, byte for byte, of a field that was found and lies apart.</summary>
    public ReadOnlySequence<byte> Whole(string name) => _json.Whole(name);

    /// <param name="allowed">What the field may be; completes "must be …".</param>
    public string? Text(string name, string allowed)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.TryGetText(out var text))
        {
            return text;
        }

        Errors.Add(name, $"must be {allowed}.");
        return null;
    }

    /// <returns>Null when the field is left out or wrong.</returns>
    public int? WholeNumber(string name, int min, int max)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.TryGetWholeNumber(out var number) && number >= min && number <= max)
        {
            return number;
        }

        Errors.Add(name, $"must be a whole number from {min} to {max}.");
        return null;
    }

    /// <returns>Null when the field is left out or wrong.</returns>
    public bool? TruthValue(string name)
    {
        switch (Find(name)?.ValueKind)
        {
            case null:
                return null;
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                Errors.Add(name, "must be true or false.");
                return null;
        }
    }

    private void Take(JsonProperty property, IReadOnlyCollection<string> known)
    {
        if (!property.TryGetName(out var name))
        {
            Errors.Add(FieldErrors.Body, "has a field whose name is not Unicode text.");
        }
        else if (!known.Contains(name))
        {
            Errors.Add(name, $"is not a known field. Known are: {string.Join(", ", known)}.");
        }
        else if (!_fields.TryAdd(name, property.Value))
        {
            Errors.Add(name, "is given more than once; give it once.");
        }
    }
}
