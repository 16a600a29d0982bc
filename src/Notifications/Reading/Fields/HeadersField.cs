using System.Text.Json;

namespace Waybill.Notifications.Reading.Fields;

/// <summary>
/// <c>headers</c>: an object of names and values. Space and tab around a value are removed, as HTTP gives them no meaning.
/// </summary>
public static class HeadersField
{
    public const string Name = "headers";
    public const int MaxCount = 32;

    /// <summary>All names and values together, in bytes.</summary>
    public const int MaxTotal = 16 * 1024;

    public static IReadOnlyDictionary<string, string> Read(FieldReader fields)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

        if (fields.Find(Name) is not { } value)
        {
            return headers;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            fields.Errors.Add(Name, "must be an object of header names and texts, such as { \"X-Tenant\": \"42\" }.");
            return headers;
        }

        foreach (var header in value.EnumerateObject())
        {
            Take(header, headers, fields.Errors);
        }

        if (value.GetPropertyCount() > MaxCount)
        {
            fields.Errors.Add(Name, $"must hold at most {MaxCount} headers.");
        }

        if (headers.Sum(header => header.Key.Length + header.Value.Length) > MaxTotal)
        {
            fields.Errors.Add(Name, $"must have at most {MaxTotal} bytes in all names and values together.");
        }

        return headers;
    }

    private static void Take(JsonProperty header, Dictionary<string, string> headers, FieldErrors errors)
    {
        if (!header.TryGetName(out var name))
        {
            errors.Add(Name, HeaderRules.NameAllowed);
            return;
        }

        var path = $"{Name}.{name}";
        var text = header.Value.TryGetText(out var given) ? given.Trim(' ', '\t') : null;

        if (HeaderRules.WhyNotName(name) is { } wrongName)
        {
            errors.Add(path, wrongName);
        }

        if (HeaderRules.WhyNotValue(text) is { } wrongValue)
        {
            errors.Add(path, wrongValue);
        }

        if (!headers.TryAdd(name, text ?? ""))
        {
            errors.Add(path, "is given more than once; header names are the same in upper and lower case.");
        }
    }
}
